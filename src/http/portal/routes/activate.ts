// The last step: the admin is done and hands over, and the operator activates. Where the operator allows it and every domain is
// proven, the admin activates alone.

import { SsoError } from '../../../core/errors';
import { activate, isWhollyProven, undoActivation } from '../../../admin/setup/activate';
import { readinessOf, sameSource, type Readiness } from '../../../admin/setup/decided-source';
import { noteChange } from '../../../admin/setup/history';
import { readLive, writeDraft, type LiveRecord } from '../../../admin/setup/documents';
import { markup, type Html } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import { redirect } from '../../reply';
import { code, english } from '../../text/values';
import type { Words } from '../../text/words';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { experienceWith } from '../experience';
import { sourceInWords } from '../pages/findings';
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
  noMetadata: ['noMetadata', '/setup/metadata', 'bringIt'],
  notTested: ['notTested', '/setup/test', 'testThem'],
  undecided: ['undecided', '/setup/test', 'decideIt'],
  notProven: ['notProven', '/setup/domains', 'prove'],
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
  const { draft, session, parts, words } = step;
  const say = words.setup.activate;
  const { value: live } = await readLive(parts.documents, session.link.connection);
  const identityProvider = draft.connection?.identityProvider;
  const experience =
    ready.kind === 'ready' && identityProvider !== undefined && !isLive(step, ready, live)
      ? await experienceWith(step, { identityProvider, emailFrom: ready.emailFrom })
      : undefined;
  const content = markup`<h1>${say.title}</h1>
${live.live === undefined ? undefined : markup`<div class="note good"><p>${say.live(words.instant(live.live.at))}</p></div>`}
${experience}
${isLive(step, ready, live) ? undefined : ready.kind === 'ready' ? readyPart(step, ready) : missingPart(step, missing[ready.kind])}
${isSelf(step) && live.before.length > 0 ? undoPart(step) : undefined}
${historyOf(live, words)}
${draft.value.handedOver === undefined || isLive(step, ready, live) ? undefined : markup`<p class="soft">${say.handedOver(words.instant(draft.value.handedOver.at))}</p>`}`;
  sendStep(step, { title: say.title, at }, content);
}

/** What stands in the draft is what people sign in by. */
function isLive({ draft }: Step, ready: Ready, { live }: LiveRecord): boolean {
  const isSame = live !== undefined && live.metadata.xml === draft.value.metadata?.xml;
  return isSame && ready.kind === 'ready' && sameSource(ready.emailFrom, live.emailFrom);
}

/** Who brought it by which link, when it became live, and what it was; the latest first. */
function historyOf({ live, before }: LiveRecord, { setup, instant }: Words): Html | undefined {
  const all = [...(live === undefined ? [] : [live]), ...before];
  if (all.length === 0) return undefined;
  const say = setup.activate;
  const lines = all.map(({ at: since, by, summary, metadata }) => [
    ...(by === 'operator' ? [] : [markup`${say.byLink(code(by))} `]),
    say.activated({
      ...{ time: instant(since), link: code(metadata.by) },
      ...{ brought: instant(metadata.at), summary: english(summary) },
    }),
  ]);
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
  isSelf(step)
    ? selfPart(step)
    : draft.value.handedOver === undefined
      ? markup`<form method="post" action="${addressOf(step, at)}">${ownInputs(step)}
<p>${say.handOverIntro}</p>
<button type="submit">${say.handOver}</button></form>`
      : markup`<div class="note"><p>${say.done(code(`wix-saml connections activate ${session.link.connection}`))}</p></div>`
}`;
}

function selfPart(step: Step): Html {
  const { activate: say } = step.words.setup;
  return actionForm(step, 'activate', say.alone, say.activateNow);
}

function undoPart(step: Step): Html {
  const { activate: say } = step.words.setup;
  return markup`<h2>${say.undoTitle}</h2>${actionForm(step, 'undo', say.undoMeaning, say.undo)}`;
}

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
    if (action === 'undo')
      return (
        await undoActivation(documents, connection, {
          keepOne: true,
          act: { by: link, at: context.clock.now() },
        })
      )?.live;
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
    const act = { by: link, at: context.clock.now() };
    const value = { ...draft.value, handedOver: act };
    const now = draft.connection?.identityProvider.entityId ?? '';
    await inLine(visit, 0, async () => {
      await writeDraft(parts.documents, connection, { value, version: draft.version });
      await noteChange(parts.documents, connection, { ...act, what: 'handedOver', now });
    });
    context.events.emit({ type: 'setup.handedOver', reference, connection, link });
  }
}
