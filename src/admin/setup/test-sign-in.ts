// A test sign-in: a real round trip to the draft's IdP that mints nothing. It is another kind of thing than a sign-in from
// its first byte on: its purpose stands in the authenticated handle and in the sealed record, which lies under another kind
// of key; both must agree. So an answer to a test finds no pending sign-in, and an answer to a sign-in finds no test. What
// comes out are verdicts, for the one session that began it.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { classesToAsk } from '../../policy/authentication';
import { buildAuthnRequest, type OutgoingMessage } from '../../saml/login/authn-request';
import type { Connection } from '../../sso/connection';
import type { SsoContext } from '../../sso/context';
import { writeHandle } from '../../sso/handle';
import { newRequestId, peekConnection } from '../../sso/pending-request';
import { signInOf } from '../../sso/sign-in';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { putSealed, takeSealed } from '../../stores/sealed-store';
import { readDraft, writeDraft, type Draft } from './documents';
import { draftConnection, settingsOf } from './draft-connection';
import { judgeTest, type TestFindings } from './judge-test';
import { testName, type SetupSession } from './links';
import { productById } from './product-words';
import { fieldText, questionOf } from './question';

/** What a session knows of its latest test. */
export interface TestRecord {
  /** The first digits of a hash of its request. */
  readonly test: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly findings?: TestFindings;
  /** Somebody changed the settings while the person was at the IdP. */
  readonly outdated?: true;
}

interface PendingTest {
  readonly purpose: 'test';
  readonly connection: string;
  /** Key of the session that began it. */
  readonly session: string;
  readonly by: string;
  readonly settings: string;
  readonly requestedAt: number;
}

/** The latest test of this session, and of nobody else's. */
export async function readTest(
  documents: SealedDocuments,
  { key }: Pick<SetupSession, 'key'>,
): Promise<TestRecord | undefined> {
  return (await documents.get(testName(key)))?.value as TestRecord | undefined;
}

/** @returns the message to the IdP of the draft; undefined while the draft has no metadata */
export async function beginTest(
  context: SsoContext,
  documents: SealedDocuments,
  session: SetupSession,
): Promise<OutgoingMessage | undefined> {
  const draft = await draftOf(context, documents, session.link.connection);
  if (draft.connection === undefined) return undefined;
  const { connection, settings } = draft;
  const requestId = newRequestId(context.random, connection.name);
  const requestedAt = context.clock.now();
  const message = await buildAuthnRequest({
    serviceProvider: context.serviceProvider,
    identityProvider: connection.identityProvider,
    preferredBinding: connection.requestBinding,
    requestId,
    relayState: writeHandle(context.handleKeys, requestId, 'test'),
    issueInstant: requestedAt,
    forceAuthn: connection.forceAuthn,
    requestedAuthnContext: classesToAsk(connection.policy),
  });
  const { key, link } = session;
  const pending: PendingTest = {
    ...{ purpose: 'test', connection: connection.name, session: key },
    ...{ by: link.id, settings, requestedAt },
  };
  await putSealed(context, { kind: 'test', id: requestId }, pending, { ttlMs: limits.pendingRequestMs });
  await writeTest(documents, key, { test: signInOf(requestId), startedAt: requestedAt });
  return message;
}

export interface TestAnswer {
  /** The form field, octets or text. */
  readonly samlResponse: string | Uint8Array;
  /** That an authenticated handle for a test stands for, or that the answer names. */
  readonly requestId: string;
  /** For the log. */
  readonly reference: string;
}

/** Judges an answer to a test; its findings are kept for the session. @throws SAML_REQUEST_UNKNOWN (rejects) when none is pending */
export async function completeTest(
  context: SsoContext,
  documents: SealedDocuments,
  answer: TestAnswer,
): Promise<void> {
  if (!(await completeTestIfPending(context, documents, answer)))
    throw new SsoError('SAML_REQUEST_UNKNOWN', { signIn: signInOf(answer.requestId) });
}

/**
 * The same for an answer of which no handle says that it is one to a test: the IdP did not bring our RelayState back, and only
 * the sealed record of the request says what it was for. Requests of sign-ins lie under another kind of key.
 *
 * @returns false when no test is pending under this id: nothing was done
 */
export async function completeTestIfPending(
  context: SsoContext,
  documents: SealedDocuments,
  { samlResponse, requestId, reference }: TestAnswer,
): Promise<boolean> {
  const pending = readPending(await takeSealed(context, 'test', requestId));
  const now = context.clock.now();
  if (
    pending?.connection !== peekConnection(requestId) ||
    pending === undefined ||
    now >= pending.requestedAt + limits.pendingRequestMs
  )
    return false;
  const draft = await draftOf(context, documents, pending.connection);
  const test = { test: signInOf(requestId), startedAt: pending.requestedAt, endedAt: now };
  if (draft.connection === undefined || draft.settings !== pending.settings) {
    await writeTest(documents, pending.session, { ...test, outdated: true });
    return true;
  }
  const findings = judgeTest({
    answer: questionOf(context, draft.connection, { samlResponse: fieldText(samlResponse), requestId, now }),
    connection: draft.connection,
    product: draft.value.product,
    operatorsSource: context.connections.byName(pending.connection)?.settings.policy.emailFrom,
    requestedAt: pending.requestedAt,
    provenDomains: await provenDomainsOf(context, draft.connection),
  });
  await writeTest(documents, pending.session, { ...test, findings });
  if (findings.passed) await notePassed(documents, pending, findings, now);
  const passed = findings.passed ? 'passed' : 'failed';
  context.events.emit({
    type: 'setup.tested',
    ...{ reference, connection: pending.connection, link: pending.by, outcome: passed },
  });
  return true;
}

/** Undefined where domains need no proof. */
async function provenDomainsOf(
  { domainProofs }: Pick<SsoContext, 'domainProofs'>,
  { name, policy: { emailDomains } }: Connection,
): Promise<ReadonlySet<string> | undefined> {
  if (domainProofs === undefined) return undefined;
  const views = await domainProofs.views(name, emailDomains === '*' ? [] : [...emailDomains]);
  return new Set(views.filter(({ standing }) => standing !== 'unproven').map(({ domain }) => domain));
}

/** A page may have changed the draft meanwhile: then what is judged is not what is there, and nothing is noted. */
async function notePassed(
  documents: SealedDocuments,
  { connection, by, settings }: PendingTest,
  { sources }: TestFindings,
  at: number,
): Promise<void> {
  const { value, version } = await readDraft(documents, connection);
  const passed = { by, at, settings, sources: sources.map(({ from }) => from) };
  await writeDraft(documents, connection, { value: { ...value, passed }, version });
}

async function writeTest(documents: SealedDocuments, session: string, record: TestRecord): Promise<void> {
  const before = await documents.get(testName(session));
  // One browser: whoever began a later test meanwhile wants to see that one.
  await documents.putIf(testName(session), record, before?.version);
}

export interface DraftAtHand {
  readonly value: Draft;
  readonly version: string | undefined;
  readonly connection: Connection | undefined;
  /** Names what a test of it is about. */
  readonly settings: string;
}

/** The draft of a connection and what it would be now. */
export async function draftOf(
  { connections, serviceProvider, clock }: Pick<SsoContext, 'connections' | 'serviceProvider' | 'clock'>,
  documents: SealedDocuments,
  name: string,
): Promise<DraftAtHand> {
  const entry = connections.byName(name);
  const { value, version } = await readDraft(documents, name);
  if (entry === undefined) return { value, version, connection: undefined, settings: '' };
  const { entityId: ours, assertionConsumerServiceUrl } = serviceProvider;
  const connection = draftConnection(entry, value, { now: clock.now(), ours });
  return {
    value,
    version,
    connection,
    settings: settingsOf(entry, value, assertionConsumerServiceUrl, ours),
  };
}

function readPending(value: unknown): PendingTest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = new Map<string, unknown>(Object.entries(value));
  const texts = ['connection', 'session', 'by', 'settings'];
  const isRight =
    record.get('purpose') === 'test' &&
    texts.every((name) => typeof record.get(name) === 'string') &&
    typeof record.get('requestedAt') === 'number';
  return isRight ? (value as PendingTest) : undefined;
}

/** The menu path under which the product of a draft assigns people. */
/** The field of a product for a fixed RelayState, which takes the place of ours where it is filled in. */
export const relayStateFieldOf = (product: string | undefined): string | undefined =>
  productById(product)?.ourValues.relayState?.[0];

/** Where a product has our ACS URL, and beside it the binding. */
export const acsFieldOf = (product: string | undefined): string | undefined =>
  productById(product)?.fieldsToChange.acs;

export const assignmentOf = (product: string | undefined): string | undefined =>
  productById(product)?.fieldsToChange.assignment;
