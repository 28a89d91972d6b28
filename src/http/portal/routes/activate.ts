// Step 5: the admin is done and hands over; the operator activates. Nothing is live by a click here.

import { readinessOf, sameSource, type Readiness } from '../../../admin/setup/decided-source';
import { readLive, writeDraft, type LiveRecord } from '../../../admin/setup/documents';
import { markup, type Html } from '../../html';
import { redirect } from '../../reply';
import { code, english } from '../../text/values';
import type { Words } from '../../text/words';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { sourceInWords } from '../pages/findings';
import type { SetupParts } from '../portal';
import { addressOf, ownInputs, readStepForm, sendStep, withStep, type Step } from '../step';

const at = '/setup/activate';

export const activateRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, show), POST: withStep(parts, handOver) },
  refusals: 'page',
});

function readiness({ visit, session, draft }: Step): Readiness {
  const entry = visit.context.connections.byName(session.link.connection);
  return entry === undefined ? { kind: 'noMetadata' } : readinessOf(entry, draft);
}

const missing = {
  noMetadata: ['noMetadata', '/setup/metadata', 'bringIt'],
  notTested: ['notTested', '/setup/test', 'testThem'],
  undecided: ['undecided', '/setup/test', 'decideIt'],
} as const;

async function show(step: Step): Promise<void> {
  const ready = readiness(step);
  const { draft, session, parts, words } = step;
  const say = words.setup.activate;
  const { value: live } = await readLive(parts.documents, session.link.connection);
  const content = markup`<h1>${say.title}</h1>
${live.live === undefined ? undefined : markup`<div class="note good"><p>${say.live(words.instant(live.live.at))}</p></div>`}
${isLive(step, ready, live) ? undefined : ready.kind === 'ready' ? readyPart(step, ready) : missingPart(step, missing[ready.kind])}
${historyOf(live, words)}
${draft.value.handedOver === undefined || isLive(step, ready, live) ? undefined : markup`<p class="soft">${say.handedOver(words.instant(draft.value.handedOver.at))}</p>`}`;
  sendStep(step, { title: say.title, at }, content);
}

/** What stands in the draft is what people sign in by. */
function isLive({ draft }: Step, ready: Readiness, { live }: LiveRecord): boolean {
  const isSame = live !== undefined && live.metadata.xml === draft.value.metadata?.xml;
  return isSame && ready.kind === 'ready' && sameSource(ready.emailFrom, live.emailFrom);
}

/** Who brought it by which link, when it became live, and what it was; the latest first. */
function historyOf({ live, before }: LiveRecord, { setup, instant }: Words): Html | undefined {
  const all = [...(live === undefined ? [] : [live]), ...before];
  if (all.length === 0) return undefined;
  const say = setup.activate;
  const lines = all.map(({ at: since, summary, metadata }) =>
    say.activated({
      ...{ time: instant(since), link: code(metadata.by) },
      ...{ brought: instant(metadata.at), summary: english(summary) },
    }),
  );
  return markup`<h2>${say.history}</h2><ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}

function missingPart(step: Step, [problem, path, label]: (typeof missing)[keyof typeof missing]): Html {
  const say = step.words.setup.activate;
  return markup`<div class="note odd"><p><strong>${say[problem]}</strong></p></div>
<div class="actions"><a class="button" href="${addressOf(step, path)}">${say[label]}</a></div>`;
}

function readyPart(step: Step, { emailFrom }: Extract<Readiness, { kind: 'ready' }>): Html {
  const { draft, session } = step;
  const { activate: say, findings } = step.words.setup;
  const entityId = draft.connection?.identityProvider.entityId ?? '';
  return markup`<p>${say.ready}</p>
<dl><dt>${say.identityProvider}</dt><dd>${code(entityId)}</dd><dt>${say.address}</dt><dd>${sourceInWords(emailFrom, findings)}</dd></dl>
${
  draft.value.handedOver === undefined
    ? markup`<form method="post" action="${addressOf(step, at)}">${ownInputs(step)}
<p>${say.handOverIntro}</p>
<button type="submit">${say.handOver}</button></form>`
    : markup`<div class="note"><p>${say.done(code(`wix-saml connections activate ${session.link.connection}`))}</p></div>`
}`;
}

async function handOver(step: Step): Promise<void> {
  const { visit, parts, session, draft } = step;
  await readStepForm(step, [], { changes: true });
  const { context, reference } = visit;
  const { connection, id: link } = session.link;
  if (readiness(step).kind === 'ready') {
    const value = { ...draft.value, handedOver: { by: link, at: context.clock.now() } };
    await inLine(visit, 0, () => writeDraft(parts.documents, connection, { value, version: draft.version }));
    context.events.emit({ type: 'setup.handedOver', reference, connection, link });
  }
  redirect(visit, 303, addressOf(step, at));
}
