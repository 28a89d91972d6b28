// One attempt: its steps with their times, and the verdicts of a refused one as a test shows them.

import type { Attempt } from '../../../admin/sign-in-log/attempts';
import type { Entry } from '../../../admin/sign-in-log/entries';
import { remedyOf } from '../../../core/remedies';
import { markup, type Html } from '../../html';
import { code as asCode, english, named } from '../../text/values';
import type { Words } from '../../text/words';
import { findingsContent } from './findings';
import { instant, stateOf } from './log-table';

export interface AttemptView {
  readonly attempt: Attempt;
  /** The name of the IdP's product; undefined for one that we do not know. */
  readonly product: Html | undefined;
  readonly words: Words;
  readonly backUrl: string;
}

export function attemptContent({ attempt, product, words, backUrl }: AttemptView): Html {
  const { log: say, setup } = words;
  const { state, steps, code, verdicts, person, address } = attempt;
  const hint = state === 'timedOut' || state === 'notCollected' ? say[state] : undefined;
  // A verdict that failed says what to do itself, and where.
  const isJudged = verdicts?.findings.rows.some(({ verdict }) => verdict === 'fail') === true;
  const remedy = code === undefined || isJudged ? undefined : remedyOf(code, {});
  return markup`<h1>${say.attempt}</h1>
<p>${stateOf(attempt, words)}${address === undefined ? undefined : markup` ${named(address)}`}</p>
${hint === undefined ? undefined : markup`<div class="note odd"><p>${hint}</p></div>`}
${remedy === undefined ? undefined : markup`<div class="note bad"><p><strong>${setup.findings.whatToDo}:</strong> ${english(remedy)}</p></div>`}
<h2>${say.happened}</h2><ol>${steps.map((step) => stepItem(step, words))}</ol>
${person === undefined ? undefined : markup`<dl><dt>${say.personCode}</dt><dd>${asCode(person)}</dd></dl>`}
${verdicts === undefined ? (code === undefined ? undefined : markup`<p class="soft">${say.noVerdicts}</p>`) : findingsContent({ findings: verdicts.findings, product, words })}
<div class="actions"><a class="button plain" href="${backUrl}">${say.back}</a></div>`;
}

function stepItem(step: Entry, { log: say, setup: { findings } }: Words): Html {
  const facts: readonly (readonly [string, string | undefined])[] = [
    [findings.code, step.step === 'refused' ? step.code : undefined],
    [findings.expected, step.step === 'refused' ? step.expected : undefined],
    [findings.received, step.step === 'refused' ? step.received : undefined],
    [say.keys, step.step === 'accepted' ? step.keys.join(', ') : undefined],
    [say.reference, step.step === 'manyRefused' ? undefined : step.reference],
  ];
  const shown = facts.filter(([, text]) => text !== undefined);
  return markup`<li>${instant(step.at)} ${say.steps[step.step]}<dl>${shown.map(([label, text]) => markup`<dt>${label}</dt><dd>${english(text ?? '')}</dd>`)}</dl></li>`;
}
