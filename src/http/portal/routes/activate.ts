// The last step: the admin is done and hands over, and the operator activates. Where the operator allows it and every domain is
// proven, the admin activates alone.

import { SsoError } from '../../../core/errors';
import { activate, isWhollyProven, undoActivation } from '../../../admin/setup/activate';
import { readinessOf, sameSource, type Readiness } from '../../../admin/setup/decided-source';
import { readLive, writeDraft, type LiveRecord } from '../../../admin/setup/documents';
import { markup, type Html } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import { redirect } from '../../reply';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { activationWords as words } from '../pages/activation-words';
import { sourceInWords } from '../pages/findings';
import { instant } from '../pages/frame';
import type { SetupParts } from '../portal';
import { addressOf, ownInputs, readStepForm, sendStep, withStep, type Step } from '../step';

const at = '/setup/activate';

export const activateRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, show), POST: withStep(parts, finish) },
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
  notProven: [words.notProven, '/setup/domains', words.prove],
} as const;

type Ready = Readiness | { readonly kind: 'notProven' };

const isSelf = ({ parts }: Step): boolean => parts.isSelf?.() === true;

/** For who activates alone, every domain has to be proven besides. */
async function readinessFor(step: Step): Promise<Ready> {
  const ready = readiness(step);
  const { context } = step.visit;
  const entry = context.connections.byName(step.session.link.connection);
  if (ready.kind !== 'ready' || entry === undefined || !isSelf(step)) return ready;
  return (await isWhollyProven(entry, context.domainProofs)) ? ready : { kind: 'notProven' };
}

async function show(step: Step): Promise<void> {
  const ready = await readinessFor(step);
  const { draft, session, parts } = step;
  const { value: live } = await readLive(parts.documents, session.link.connection);
  const content = markup`<h1>Activate</h1>
${live.live === undefined ? undefined : markup`<div class="note good"><p><strong>This connection is live</strong> since ${instant(live.live.at)}. People sign in by it.</p></div>`}
${isLive(step, ready, live) ? undefined : ready.kind === 'ready' ? readyPart(step, ready) : missingPart(step, missing[ready.kind])}
${isSelf(step) && live.before.length > 0 ? undoPart(step) : undefined}
${historyOf(live)}
${draft.value.handedOver === undefined || isLive(step, ready, live) ? undefined : markup`<p class="soft">Handed over ${instant(draft.value.handedOver.at)}.</p>`}`;
  sendStep(step, { title: 'Activate', at }, content);
}

/** What stands in the draft is what people sign in by. */
function isLive({ draft }: Step, ready: Ready, { live }: LiveRecord): boolean {
  const isSame = live !== undefined && live.metadata.xml === draft.value.metadata?.xml;
  return isSame && ready.kind === 'ready' && sameSource(ready.emailFrom, live.emailFrom);
}

/** Who brought it by which link, when it became live, and what it was; the latest first. */
function historyOf({ live, before }: LiveRecord): Html | undefined {
  const all = [...(live === undefined ? [] : [live]), ...before];
  if (all.length === 0) return undefined;
  return markup`<h2>History</h2><ul>${all.map(
    ({ at: since, by, summary, metadata }) =>
      markup`<li>${by === 'operator' ? undefined : `${words.live(by)} `}Activated ${instant(since)}, brought by link <code>${metadata.by}</code> ${instant(metadata.at)}: ${summary}</li>`,
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
  isSelf(step)
    ? selfPart(step)
    : draft.value.handedOver === undefined
      ? markup`<form method="post" action="${addressOf(step, at)}">${ownInputs(step)}
<p>With this you are done. Whoever runs the site is told, looks at it and activates it.</p>
<button type="submit">Hand over for activation</button></form>`
      : markup`<div class="note"><p><strong>You are done.</strong> Whoever runs the site activates it with <code>wix-saml connections activate ${step.session.link.connection}</code>.</p></div>`
}`;
}

const selfPart = (step: Step): Html => actionForm(step, 'activate', words.consequence, words.activate);

const undoPart = (step: Step): Html =>
  markup`<h2>${words.undoTitle}</h2>${actionForm(step, 'undo', words.undoMeaning, words.undo)}`;

const actionForm = (step: Step, action: string, meaning: string, label: string): Html =>
  markup`<form method="post" action="${addressOf(step, at)}">${ownInputs(step)}${hiddenInputs([['action', action]])}
<p>${meaning}</p>
<button type="submit"${action === 'undo' ? markup` class="plain"` : undefined}>${label}</button></form>`;

async function finish(step: Step): Promise<void> {
  const { action } = await readStepForm(step, ['action'], { changes: true });
  if (action === undefined) await handOver(step);
  else if (isSelf(step) && (action === 'activate' || action === 'undo')) await actAlone(step, action);
  else throw new SsoError('HTTP_FIELD_INVALID', { field: 'action', form: 'a button of the page' });
  redirect(step.visit, 303, addressOf(step, at));
}

/** Every process finds out by itself; who did it is told here, once. */
async function actAlone(step: Step, action: 'activate' | 'undo'): Promise<void> {
  const { visit, parts, session } = step;
  const { context, reference } = visit;
  const { connection, id: link } = session.link;
  const { documents } = parts;
  const site = context.connections.byName(connection)?.settings.site ?? '';
  const live = await inLine(visit, 0, async () => {
    if (action === 'undo') return (await undoActivation(documents, connection, { keepOne: true }))?.live;
    const self = { link, proofs: context.domainProofs };
    const activation = await activate(context, documents, connection, self);
    return activation.kind === 'activated' ? activation.live : undefined;
  });
  if (live === undefined) return;
  const { summary } = live;
  context.events.emit({ type: 'connection.activated', reference, connection, site, link, action, summary });
}

async function handOver(step: Step): Promise<void> {
  const { visit, parts, session, draft } = step;
  const { context, reference } = visit;
  const { connection, id: link } = session.link;
  if (readiness(step).kind === 'ready') {
    const value = { ...draft.value, handedOver: { by: link, at: context.clock.now() } };
    await inLine(visit, 0, () => writeDraft(parts.documents, connection, { value, version: draft.version }));
    context.events.emit({ type: 'setup.handedOver', reference, connection, link });
  }
}
