// The list of attempts, with what narrows it. A table, because it is one; on a narrow screen each row is a block.

import { attemptStates, type Attempt } from '../../../admin/sign-in-log/attempts';
import { markup, type Html } from '../../html';
import { code as asCode, named } from '../../text/values';
import type { Words } from '../../text/words';
import { attemptPath, logCsvPath, logPath } from '../log-paths';

/** What the address of the page holds, as it was written. */
export interface ShownFilter {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly reference?: string | undefined;
  readonly person?: string | undefined;
  readonly before?: string | undefined;
}

export interface LogView {
  readonly words: Words;
  readonly attempts: readonly Attempt[];
  readonly filter: ShownFilter;
  /** There is no log. */
  readonly isOff: boolean;
  /** Where the list of older ones begins. */
  readonly olderBefore: number | undefined;
  /** What a form carries of the session. */
  readonly own: readonly Html[];
  readonly urlOf: (path: string) => string;
}

export function logContent(view: LogView): Html {
  const { attempts, filter, urlOf, olderBefore, isOff, words } = view;
  const { log: say } = words;
  const older = olderBefore === undefined ? undefined : { ...filter, before: String(olderBefore) };
  return markup`<h1>${say.title}</h1>
<p>${say.intro}</p>
${filtersOf(view)}
${attempts.length === 0 ? markup`<div class="note"><p>${isOff ? say.off : say.none}</p></div>` : tableOf(view)}
<div class="actions">${older === undefined ? undefined : markup`<a class="button plain" href="${urlOf(logPath + queryOf(older))}">${say.older}</a>`}<a class="button plain" href="${urlOf(logCsvPath + queryOf({ ...filter, before: undefined }))}" download>${say.csv}</a></div>`;
}

/** The filter as a query; `?` only where there is something. */
export function queryOf(filter: ShownFilter): string {
  const fields = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(fields).toString();
  return query === '' ? '' : `?${query}`;
}

export const instant = (at: number): Html => {
  const iso = new Date(at).toISOString();
  return markup`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
};

function filtersOf({ filter, own, urlOf, words }: LogView): Html {
  const { log: say, setup } = words;
  const isNarrow = Object.values(filter).some((value) => value !== undefined);
  const { person, state, code, reference } = filter;
  return markup`<form method="get" action="${urlOf(logPath)}" class="filter"><fieldset><legend>${say.filter}</legend>
${person === undefined ? undefined : markup`<input type="hidden" name="person" value="${person}"><p>${say.ofOne}</p>`}
<div class="grid">
<div><label for="state">${say.state}</label><select id="state" name="state"><option value="">${say.all}</option>${attemptStates.map(
    (each) =>
      markup`<option value="${each}"${each === state ? markup` selected` : undefined}>${say.states[each]}</option>`,
  )}</select></div>
<div><label for="code">${setup.findings.code}</label><input id="code" name="code" value="${code ?? ''}" autocomplete="off" spellcheck="false"></div>
<div><label for="reference">${say.reference}</label><input id="reference" name="reference" value="${reference ?? ''}" autocomplete="off" spellcheck="false"></div>
</div></fieldset>
<div class="actions"><button type="submit">${say.go}</button>${isNarrow ? markup`<a class="button plain" href="${urlOf(logPath)}">${say.reset}</a>` : undefined}</div></form>
<details class="after"><summary>${say.onePerson}</summary><form method="post" action="${urlOf(logPath)}">${own}
<div class="field"><label for="address">${say.person}</label><div class="row"><input id="address" name="address" type="email" required autocomplete="off"><button type="submit">${say.personGo}</button></div><p>${say.personNote}</p></div></form></details>`;
}

function tableOf({ attempts, urlOf, words }: LogView): Html {
  const { log: say } = words;
  return markup`<table><thead><tr><th scope="col">${say.began}</th><th scope="col">${say.state}</th><th scope="col">${say.person}</th><th scope="col"><span class="hidden-text">${say.open}</span></th></tr></thead><tbody>
${attempts.map(
  (
    attempt,
  ) => markup`<tr><td>${instant(attempt.at)}</td><td>${stateOf(attempt, words)}</td><td>${named(attempt.address ?? claimedOf(attempt))}</td>
<td>${attempt.count === undefined ? markup`<a href="${urlOf(attemptPath + queryOf({ reference: attempt.id }))}">${say.open}<span class="hidden-text"> ${named(attempt.id)}</span></a>` : undefined}</td></tr>
`,
)}</tbody></table>`;
}

/** What a refused answer says of itself, masked. */
const claimedOf = ({ verdicts }: Attempt): string => verdicts?.findings.nameId?.value ?? '';

const classes = {
  inProgress: 'unknown',
  signedIn: 'pass',
  refused: 'fail',
  timedOut: 'fail',
  notCollected: 'amber',
  notSignedIn: 'unknown',
} as const;

export function stateOf({ state, code, count }: Attempt, { log: say }: Words): Html {
  return markup`<span class="state ${classes[state]}"><span class="verdict">${say.states[state]}</span></span>${code === undefined ? undefined : markup` ${asCode(code)}`}${count === undefined ? undefined : markup` ×&nbsp;${String(count)}`}`;
}
