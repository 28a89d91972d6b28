// A tested draft becomes what people sign in by; and the way back. The operator's act, or the IT admin's own where every
// domain is proven; on a document that every process of
// the service reads: nothing is restarted, and a sign-in under way keeps what it began with.

import type { SsoContext } from '../../sso/context';
import type { ConnectionEntry } from '../../sso/directory';
import type { DomainProofs } from '../../sso/domain-proofs';
import { changesBetween, type MetadataChanges } from '../../sso/metadata-changes';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { readinessOf, sourceText, type Readiness } from './decided-source';
import { readLive, writeLive, type Act, type Live } from './documents';
import { judgeBrought } from './draft-connection';
import { noteChange } from './history';
import { draftOf } from './test-sign-in';

export type SetupGround = Pick<SsoContext, 'connections' | 'serviceProvider' | 'clock'>;

export type Activation =
  | {
      readonly kind: 'activated' | 'unchanged';
      readonly live: Live;
      /** Against what was live before; absent for the first time. */
      readonly changes?: MetadataChanges;
    }
  | {
      readonly kind: 'refused';
      readonly missing: Exclude<Readiness['kind'], 'ready'> | 'notSetup' | 'notProven';
    };

/** An IT admin who activates alone: the id of the link, and what the DNS says. */
export interface SelfActivation {
  readonly link: string;
  readonly proofs: DomainProofs | undefined;
}

/** @param self absent: the operator does it. @throws SETUP_CONFLICT, STATE_UNAVAILABLE (rejects) */
export async function activate(
  ground: SetupGround,
  documents: SealedDocuments,
  name: string,
  self?: SelfActivation,
): Promise<Activation> {
  const entry = ground.connections.byName(name);
  if (entry === undefined || !('setup' in entry.metadata.from))
    return { kind: 'refused', missing: 'notSetup' };
  if (self !== undefined && !(await isWhollyProven(entry, self.proofs)))
    return { kind: 'refused', missing: 'notProven' };
  const draft = await draftOf(ground, documents, name);
  const ready = readinessOf(entry, draft);
  if (ready.kind !== 'ready') return { kind: 'refused', missing: ready.kind };
  const { metadata } = draft.value;
  if (metadata === undefined || draft.connection === undefined)
    return { kind: 'refused', missing: 'noMetadata' };
  const seen = await readLive(documents, name);
  const { live: before } = seen.value;
  const now = ground.clock.now();
  const { identityProvider } = draft.connection;
  const keys = identityProvider.signingKeys.map(({ thumbprint }) => thumbprint.slice(0, 16)).join(', ');
  const summary = `${identityProvider.entityId}, keys ${keys}, address from ${sourceText(ready.emailFrom)}`;
  const live: Live = { by: self?.link ?? 'operator', at: now, metadata, emailFrom: ready.emailFrom, summary };
  if (before?.metadata.xml === metadata.xml && before.summary === summary)
    return { kind: 'unchanged', live: before };
  await writeLive(documents, name, {
    ...{ seen, live },
    before: before === undefined ? seen.value.before : [before, ...seen.value.before],
  });
  await noteChange(documents, name, { by: live.by, at: now, what: 'activated', now: summary });
  const judged = { now, ours: ground.serviceProvider.entityId };
  const state = before && judgeBrought(entry, before.metadata, before.emailFrom, judged);
  const changes =
    state?.kind === 'ready' ? changesBetween(state.connection.identityProvider, identityProvider) : undefined;
  return { kind: 'activated', live, ...(changes === undefined ? {} : { changes }) };
}

/** Nobody activates alone what the DNS does not say is theirs, nor where nothing can say it. */
export async function isWhollyProven(
  { settings: { name, policy } }: ConnectionEntry,
  proofs: DomainProofs | undefined,
): Promise<boolean> {
  if (proofs === undefined || policy.emailDomains === '*') return false;
  const views = await proofs.views(name, [...policy.emailDomains]);
  return views.every(({ standing }) => standing === 'proven');
}

/**
 * Brings back what was live before the last activation, or nothing.
 *
 * @param act whose it is, for the history
 * @param keepOne only where something was: an IT admin does not switch their people's sign-in off by it
 * @returns undefined when there is nothing to undo
 */
export async function undoActivation(
  documents: SealedDocuments,
  name: string,
  { keepOne = false, act }: { readonly keepOne?: boolean; readonly act?: Act } = {},
): Promise<{ readonly live: Live | undefined } | undefined> {
  const seen = await readLive(documents, name);
  if (seen.value.live === undefined) return undefined;
  const [live, ...before] = seen.value.before;
  if (live === undefined && keepOne) return undefined;
  await writeLive(documents, name, { seen, before, ...(live === undefined ? {} : { live }) });
  const now = live?.summary ?? 'nothing: it waits for its set-up';
  if (act !== undefined) await noteChange(documents, name, { ...act, what: 'undone', now });
  return { live };
}
