// What a test found: a verdict for every rule, what was expected beside what came, and the field to change in the words of
// the IdP. Failures stand first and open; what holds is one list to unfold.

import type { TestFindings, TestRow, TestSource } from '../../../admin/setup/judge-test';
import type { EmailSource } from '../../../policy/member-policy';
import { markup, type Html, type HtmlValue } from '../../html';
import type { RuleText } from '../../text/rules/en';
import type { SetupText } from '../../text/setup/en';
import { code, english, named } from '../../text/values';
import type { Words } from '../../text/words';

export interface FindingsView {
  readonly findings: TestFindings;
  /** Its name; undefined for one that we do not know. */
  readonly product: Html | undefined;
  readonly words: Words;
}

export function findingsContent({ findings, product, words }: FindingsView): readonly Html[] {
  const { rows } = findings;
  const say = words.setup.findings;
  const listed = (...verdicts: readonly TestRow['verdict'][]): readonly Html[] =>
    rows.filter(({ verdict }) => verdicts.includes(verdict)).map((row) => rowItem(row, product, words));
  const wrong = listed('fail');
  const odd = listed('amber');
  const rest = listed('pass', 'unknown');
  const count = markup`${new Intl.NumberFormat(words.language).format(rest.length)}`;
  return [
    ...(wrong.length === 0 ? [] : [markup`<h2>${say.wrong}</h2>${rowList(wrong)}`]),
    ...(odd.length === 0 ? [] : [markup`<h2>${say.odd}</h2>${rowList(odd)}`]),
    whatCame(findings, say),
    markup`<details><summary>${say.rest(count)}</summary>${rowList(rest)}</details>`,
  ];
}

const rowList = (items: readonly Html[]): Html => markup`<ul class="rules">${items}</ul>`;

type Say = SetupText['findings'];

/** A rule that is newer than the translations keeps its English words. */
const titleOf = ({ id, title }: TestRow, rules: RuleText): HtmlValue =>
  Object.entries(rules).find(([rule]) => rule === id)?.[1] ?? english(title);

function rowItem(row: TestRow, product: Html | undefined, { setup, rules }: Words): Html {
  const say = setup.findings;
  const { verdict, expected, received, field, remedy, clause, code: errorCode } = row;
  const facts: readonly (readonly [HtmlValue, string | undefined])[] = [
    [say.changeAt(product), field],
    [say.whatToDo, remedy],
    [say.expected, expected],
    [say.received, received],
    [say.code, errorCode],
    [say.rule, verdict === 'fail' ? clause : undefined],
  ];
  const shown = facts.flatMap(([label, text]) =>
    text === undefined ? [] : [markup`<dt>${label}</dt><dd>${english(text)}</dd>`],
  );
  return markup`<li class="${verdict}"><span class="verdict">${say.verdict(say.verdicts[verdict])}</span> ${titleOf(row, rules)}
${shown.length === 0 ? undefined : markup`<dl>${shown}</dl>`}</li>`;
}

function whatCame(findings: TestFindings, say: Say): Html {
  const { nameId, attributes, clockAheadMs, keys, strangeKeys, authnMethods } = findings;
  return markup`<h2>${say.whatCame}</h2><dl>
<dt><bdi dir="ltr">NameID</bdi></dt><dd>${nameId === undefined ? say.none : say.nameId(named(nameId.value), english(nameId.format))}</dd>
${authnMethods.map((method) => markup`<dt>${say.signedInBy}</dt><dd>${code(method)}</dd>`)}
${clockAheadMs === undefined ? undefined : markup`<dt>${say.clock}</dt><dd>${clockInWords(clockAheadMs, say)}</dd>`}
${keys.map(({ subject, thumbprint, used }) => markup`<dt>${used ? say.certificateUsed : say.certificateHeld}</dt><dd>${named(subject)} ${code(thumbprint)}</dd>`)}
${strangeKeys.map((thumbprint) => markup`<dt>${say.certificateStrange}</dt><dd>${code(thumbprint)}</dd>`)}
${attributes.map(({ name, values }) => markup`<dt>${named(name)}</dt><dd>${values.length === 0 ? say.noText : named(values.join(', '))}</dd>`)}
</dl>${attributes.length === 0 ? markup`<p class="soft">${say.noAttributes}</p>` : undefined}`;
}

function clockInWords(aheadMs: number, say: Say): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= 5) return say.clockAgrees;
  return aheadMs > 0 ? say.clockAhead(seconds) : say.clockBehind(seconds);
}

/** "the NameID", or the attribute by its name. */
export const sourceInWords = (from: EmailSource, say: Say): Html =>
  from === 'nameId' ? markup`${say.sourceNameId}` : say.sourceAttribute(code(from.attribute));

export const sourceLine = ({ from, address }: TestSource, say: Say): Html =>
  say.sourceWith(sourceInWords(from, say), named(address));
