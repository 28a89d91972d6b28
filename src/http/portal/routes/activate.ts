// Step 5: the admin is done and hands over; the operator activates. Nothing is live by a click here.

import { readinessOf, sameSource, type Readiness } from '../../../admin/setup/decided-source';
import { readLive, writeDraft, type LiveRecord } from '../../../admin/setup/documents';
import { markup, type Html } from '../../html';
import { redirect } from '../../reply';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { experienceWith } from '../experience';
import { sourceInWords } from '../pages/findings';
import { instant } from '../pages/frame';
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
  noMetadata: ['Your metadata is missing.', '/setup/metadata', 'Bring it'],
  notTested: ['These settings have not passed a test yet.', '/setup/test', 'Test them'],
  undecided: ['It is not decided which address counts.', '/setup/test', 'Decide it'],
} as const;

async function show(step: Step): Promise<void> {
  const ready = readiness(step);
  const { draft, session, parts } = step;
  const { value: live } = await readLive(parts.documents, session.link.connection);
  const identityProvider = draft.connection?.identityProvider;
  const experience =
    ready.kind === 'ready' && identityProvider !== undefined && !isLive(step, ready, live)
      ? await experienceWith(step, { identityProvider, emailFrom: ready.emailFrom })
      : undefined;
  const content = markup`<h1>Activate</h1>
${live.live === undefined ? undefined : markup`<div class="note good"><p><strong>This connection is live</strong> since ${instant(live.live.at)}. People sign in by it.</p></div>`}
${experience}
${isLive(step, ready, live) ? undefined : ready.kind === 'ready' ? readyPart(step, ready) : missingPart(step, missing[ready.kind])}
${historyOf(live)}
${draft.value.handedOver === undefined || isLive(step, ready, live) ? undefined : markup`<p class="soft">Handed over ${instant(draft.value.handedOver.at)}.</p>`}`;
  sendStep(step, { title: 'Activate', at }, content);
}

/** What stands in the draft is what people sign in by. */
function isLive({ draft }: Step, ready: Readiness, { live }: LiveRecord): boolean {
  const isSame = live !== undefined && live.metadata.xml === draft.value.metadata?.xml;
  return isSame && ready.kind === 'ready' && sameSource(ready.emailFrom, live.emailFrom);
}

/** Who brought it by which link, when it became live, and what it was; the latest first. */
function historyOf({ live, before }: LiveRecord): Html | undefined {
  const all = [...(live === undefined ? [] : [live]), ...before];
  if (all.length === 0) return undefined;
  return markup`<h2>History</h2><ul>${all.map(
    ({ at: since, summary, metadata }) =>
      markup`<li>Activated ${instant(since)}, brought by link <code>${metadata.by}</code> ${instant(metadata.at)}: ${summary}</li>`,
  )}</ul>`;
}

const missingPart = (step: Step, [problem, path, label]: (typeof missing)[keyof typeof missing]): Html =>
  markup`<div class="note odd"><p><strong>${problem}</strong></p></div>
<div class="actions"><a class="button" href="${addressOf(step, path)}">${label}</a></div>`;

function readyPart(step: Step, { emailFrom }: Extract<Readiness, { kind: 'ready' }>): Html {
  const { draft } = step;
  const entityId = draft.connection?.identityProvider.entityId ?? '';
  return markup`<p>The test has passed. This is what becomes live:</p>
<dl><dt>Identity provider</dt><dd><code>${entityId}</code></dd><dt>Address of a person</dt><dd>${sourceInWords(emailFrom)}</dd></dl>
${
  draft.value.handedOver === undefined
    ? markup`<form method="post" action="${addressOf(step, at)}">${ownInputs(step)}
<p>With this you are done. Whoever runs the site is told, looks at it and activates it.</p>
<button type="submit">Hand over for activation</button></form>`
    : markup`<div class="note"><p><strong>You are done.</strong> Whoever runs the site activates it with <code>wix-saml connections activate ${step.session.link.connection}</code>.</p></div>`
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
