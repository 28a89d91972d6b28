// What a test found: a verdict for every rule, what was expected beside what came, and the field to change in the words of
// the IdP. Failures stand first and open; what holds is one list to unfold.

import type { TestFindings, TestRow, TestSource } from '../../../admin/setup/judge-test';
import type { EmailSource } from '../../../policy/member-policy';
import { markup, type Html } from '../../html';

const words = { pass: 'Right', fail: 'Wrong', unknown: 'Not judged', amber: 'Odd' } as const;

export function findingsContent(findings: TestFindings, product: string): readonly Html[] {
  const { rows } = findings;
  const wrong = rows.filter(({ verdict }) => verdict === 'fail');
  const odd = rows.filter(({ verdict }) => verdict === 'amber');
  const rest = rows.filter(({ verdict }) => verdict === 'pass' || verdict === 'unknown');
  return [
    ...(wrong.length === 0 ? [] : [markup`<h2>What is wrong</h2>${rowList(wrong, product)}`]),
    ...(odd.length === 0 ? [] : [markup`<h2>What is odd, and does no harm</h2>${rowList(odd, product)}`]),
    whatCame(findings),
    markup`<details><summary>All that was looked at besides (${String(rest.length)})</summary>${rowList(rest, product)}</details>`,
  ];
}

const rowList = (rows: readonly TestRow[], product: string): Html =>
  markup`<ul class="rules">${rows.map((row) => rowItem(row, product))}</ul>`;

function rowItem(row: TestRow, product: string): Html {
  const { verdict, title, expected, received, field, remedy, clause, code } = row;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [`Change at ${product}`, field],
    ['What to do', remedy],
    ['Expected', expected],
    ['Received', received],
    ['Code', code],
    ['Rule', verdict === 'fail' ? clause : undefined],
  ];
  const shown = facts.filter(([, text]) => text !== undefined);
  return markup`<li class="${verdict}"><span class="verdict">${words[verdict]}:</span> ${title}
${shown.length === 0 ? undefined : markup`<dl>${shown.map(([label, text]) => markup`<dt>${label}</dt><dd>${text}</dd>`)}</dl>`}</li>`;
}

function whatCame({ nameId, attributes, clockAheadMs, keys, strangeKeys, authnMethods }: TestFindings): Html {
  return markup`<h2>What came</h2><dl>
<dt>NameID</dt><dd>${nameId === undefined ? 'none' : `${nameId.value}, format ${nameId.format}`}</dd>
${authnMethods.map((method) => markup`<dt>Signed in by</dt><dd><code>${method}</code></dd>`)}
${clockAheadMs === undefined ? undefined : markup`<dt>Clock</dt><dd>${clockInWords(clockAheadMs)}</dd>`}
${keys.map(({ subject, thumbprint, used }) => markup`<dt>Certificate ${used ? 'named in the answer' : 'on file'}</dt><dd>${subject} <code>${thumbprint}</code></dd>`)}
${strangeKeys.map((thumbprint) => markup`<dt>Certificate in the answer that is not on file</dt><dd><code>${thumbprint}</code></dd>`)}
${attributes.map(({ name, values }) => markup`<dt>${name}</dt><dd>${values.length === 0 ? 'no text' : values.join(', ')}</dd>`)}
</dl>${attributes.length === 0 ? markup`<p class="soft">No attributes came.</p>` : undefined}`;
}

function clockInWords(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= 5) return 'agrees with ours';
  return `${String(seconds)} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`;
}

/** "the NameID", or the attribute by its name. */
export const sourceInWords = (from: EmailSource): string =>
  from === 'nameId' ? 'the NameID' : `the attribute ${from.attribute}`;

export const sourceLine = ({ from, address }: TestSource): string => `${sourceInWords(from)} (${address})`;
