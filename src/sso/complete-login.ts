// The IdP's answer → a ticket for the tab that asked. Order: cheap refusals, signature, read, rules, policy; only then is
// anything spent (pending request, assertion id), so garbage cannot burn an honest person's sign-in.

import { SsoError } from '../core/errors';
import { noSpans } from '../core/spans';
import { resolveMember, type MemberIdentity } from '../policy/member';
import { checkFreshAuthentication } from '../policy/authentication';
import { acceptResponse, type VerifiedAssertion } from '../saml/gate';
import { decodeSamlResponse } from '../saml/login/decode';
import {
  parseResponse,
  peekFailureStatus,
  peekInResponseTo,
  type UnverifiedResponse,
} from '../saml/login/response';
import { peekKeyEvidence, peekSignatures } from '../saml/signature/peek-signatures';
import { landingPageUrl } from '../wix/site';
import { sessionSubjectOf } from '../wix/session-subject';
import { issueTicket } from '../wix/ticket';
import type { Connection } from './connection';
import type { SsoContext } from './context';
import { assertionIdHash, claimAssertion } from './assertion-claim';
import { readyConnection } from './directory';
import { returnNotSignedIn } from './no-passive';
import { peekConnection, takePendingRequest, type PendingRequest } from './pending-request';
import { requireProof } from './require-proof';
import { askSecondOpinion } from './second-opinion';
import { endedSince } from './session-ended';
import { nameSignIn, signInOf } from './sign-in';
import { restartUnsolicited } from './unsolicited';

export interface LoginAnswer {
  /** The form fields of the HTTP-POST binding; octets where they come straight from a form. */
  readonly samlResponse: string | Uint8Array;
  readonly relayState: string | undefined;
  /**
   * Asked with the request that an answer names, where no handle of ours says what it is for: whether that was none of a
   * sign-in, and has been dealt with. Then the browser goes where it says.
   */
  readonly elsewhere?: (requestId: string) => Promise<string | undefined>;
  /** For the log. */
  readonly reference: string;
}

/**
 * Judges an IdP's answer.
 *
 * @returns where the browser goes: the landing page with ticket and state, or with `start=1` for an unsolicited answer
 * @throws SsoError SAML_…, POLICY_…, CONNECTION_NOT_READY, STATE_UNAVAILABLE
 */
export async function completeLogin(
  context: SsoContext,
  answer: LoginAnswer,
): Promise<{ readonly location: string }> {
  const { spans = noSpans } = context;
  const response = spans('acs.decode', () =>
    parseResponse(decodeSamlResponse(answer.samlResponse, context.maxMessageBytes)),
  );
  try {
    return await judgeAnswer(context, answer, response);
  } catch (error) {
    const { samlResponse, reference, relayState } = answer;
    const named = peekInResponseTo(response);
    if (error instanceof SsoError)
      context.signInWatch?.refused({
        refusal: error,
        reference,
        samlResponse,
        requestId: named ?? relayState,
      });
    throw nameSignIn(error, named);
  }
}

async function judgeAnswer(
  context: SsoContext,
  answer: LoginAnswer,
  response: UnverifiedResponse,
): Promise<{ readonly location: string }> {
  const named = peekInResponseTo(response);
  const elsewhere = named === undefined ? undefined : await answer.elsewhere?.(named);
  if (elsewhere !== undefined) return { location: elsewhere };
  const notSignedIn = returnNotSignedIn(context, response, answer);
  if (notSignedIn !== undefined) return notSignedIn;
  refuseFailureStatus(response);
  const requestId = named;
  const unsolicited = restartUnsolicited(context, response, answer);
  if (unsolicited !== undefined) return unsolicited;
  // Without InResponseTo, our own RelayState still says which request this ought to answer.
  const routed = requestId ?? answer.relayState;
  const { spans = noSpans } = context;
  const { assertion, connection } = await spans('acs.verify', () =>
    acceptOnce(context, connectionOf(context, routed), response, routed),
  );
  const member = spans('acs.policy', () =>
    resolveMember(assertion, connection.policy, context.clock.now(), connection.clockSkewMs),
  );
  await requireProof(context, connection, member.email);

  const pending = await spans('acs.store', () => takeRequest(context, connection, assertion));
  if (connection.secondOpinion) await askSecondOpinion(context, connection, response, assertion);
  return {
    location: await issueTicketAndLocation(
      context,
      connection,
      { assertion, member, pending },
      answer.reference,
    ),
  };
}

/** An IdP that says no usually signs nothing; refusing needs no proof. Nothing is spent. */
function refuseFailureStatus(response: UnverifiedResponse): void {
  const failure = peekFailureStatus(response);
  if (failure === undefined) return;
  throw new SsoError('SAML_STATUS_NOT_SUCCESS', {
    unverifiedStatus: failure.codes.slice(0, 4),
    unverifiedMessage: failure.message,
  });
}

/** Whoever wrote the id: it only chooses whose keys and names must fit. */
function connectionOf(context: SsoContext, requestId: string | undefined): Connection {
  if (requestId === '') {
    const expected = 'the ID of a request of ours';
    throw new SsoError('SAML_IN_RESPONSE_TO_MISMATCH', { expected, received: 'an empty attribute' });
  }
  const name = requestId === undefined ? undefined : peekConnection(requestId);
  const entry = name === undefined ? undefined : context.connections.byName(name);
  if (entry === undefined) {
    throw new SsoError(requestId === undefined ? 'SAML_IN_RESPONSE_TO_MISMATCH' : 'SAML_REQUEST_UNKNOWN');
  }
  return readyConnection(entry, context.clock.now());
}

/**
 * An IdP may have changed its key without notice: then its metadata is asked for once more and the same answer judged
 * again. Not where the answer names a key that we hold, because then it was changed after it was signed.
 */
async function acceptOnce(
  context: SsoContext,
  connection: Connection,
  response: UnverifiedResponse,
  requestId: string | undefined,
): Promise<{ readonly assertion: VerifiedAssertion; readonly connection: Connection }> {
  try {
    return { assertion: accepted(context, connection, response, requestId), connection };
  } catch (error) {
    const mayBeNewKey = error instanceof SsoError && error.code === 'SAML_SIGNATURE_INVALID';
    if (!mayBeNewKey || requestId === undefined || namesHeldKey(response, connection)) throw error;
    if ((await context.refreshForUnknownKey?.(connection.name)) !== true) throw error;
    const renewed = connectionOf(context, requestId);
    return { assertion: accepted(context, renewed, response, requestId), connection: renewed };
  }
}

function namesHeldKey(response: UnverifiedResponse, { identityProvider }: Connection): boolean {
  const named = peekSignatures(response).map(({ thumbprint }) => thumbprint);
  return identityProvider.signingKeys.some(({ thumbprint }) => named.includes(thumbprint));
}

function acceptAnswer(
  context: SsoContext,
  connection: Connection,
  response: UnverifiedResponse,
  requestId: string | undefined,
): VerifiedAssertion {
  const { serviceProvider, decryptionThrottle, keyMemory } = context;
  const { identityProvider, allowSha1, allowCbc, clockSkewMs, requireSignedResponse = false } = connection;
  const privateKeys = serviceProvider.decryption.map(({ privateKey }) => privateKey);
  const decryption = decryptionThrottle.watch({ keys: privateKeys, allowCbc });
  const { signingKeys: keys } = identityProvider;
  const trust = { keys, allowSha1, keyMemory, decryption, requireSignedResponse };
  const expected = {
    identityProvider: identityProvider.entityId,
    serviceProvider: serviceProvider.entityId,
    assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
    requestId: requestId ?? '',
    clockSkewMs,
  };
  return acceptResponse(response, { trust, expected, now: context.clock.now() });
}

/** Nothing could have been opened: that is not the IdP's fault, and no secret. */
const withoutKey = (error: SsoError): SsoError =>
  new SsoError(
    error.code,
    { expected: 'a private key to decrypt with', received: 'none is configured or given' },
    error,
  );

/** Says of a signature that no key verifies whether the message names a key that the connection has. */
function accepted(
  context: SsoContext,
  connection: Connection,
  response: UnverifiedResponse,
  requestId: string | undefined,
): VerifiedAssertion {
  try {
    return acceptAnswer(context, connection, response, requestId);
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    const hasKeys = context.serviceProvider.decryption.length > 0;
    if (error.code === 'SAML_DECRYPTION_FAILED' && !hasKeys) throw withoutKey(error);
    if (error.detail.problem !== 'signature value') throw error;
    const received = peekKeyEvidence(response, connection.identityProvider.signingKeys);
    throw new SsoError(error.code, { ...error.detail, received }, error);
  }
}

/** Takes the request that is answered: atomic, so of parallel copies exactly one goes on. */
async function takeRequest(
  context: SsoContext,
  connection: Connection,
  assertion: VerifiedAssertion,
): Promise<PendingRequest> {
  const pending = await takePendingRequest(context, assertion.inResponseTo);
  // The configuration may have changed while the person was away: a connection speaks for its present site only.
  if (pending?.connection !== connection.name || pending.site !== connection.site) {
    throw new SsoError('SAML_REQUEST_UNKNOWN');
  }
  if (pending.forceAuthn) {
    const { policy, clockSkewMs } = connection;
    checkFreshAuthentication(assertion.data, policy, pending.requestedAt, clockSkewMs);
  }
  return pending;
}

interface Accepted {
  readonly assertion: VerifiedAssertion;
  readonly member: MemberIdentity;
  readonly pending: PendingRequest;
}

async function issueTicketAndLocation(
  context: SsoContext,
  connection: Connection,
  { assertion, member, pending }: Accepted,
  reference: string,
): Promise<string> {
  const site = context.sites.get(pending.site);
  if (site === undefined) throw new SsoError('SAML_REQUEST_UNKNOWN', { site: pending.site });
  const signIn = signInOf(assertion.inResponseTo);
  const { entityId } = connection.identityProvider;
  const subject = sessionSubjectOf(assertion.data, pending.requestedAt);
  const arriving = { connection: connection.name, email: member.email, subject };
  // Side by side, because each may wait for a disk: nobody learns the ticket of an assertion that was used before.
  const { codeChallenge, state, returnTo } = pending;
  const grant = { site: site.name, connection: connection.name, identityProvider: entityId, signIn, subject };
  const { spans = noSpans } = context;
  const [isFirst, isEnded, ticket] = await spans('acs.store', () =>
    Promise.all([
      claimAssertion(context, entityId, assertion),
      endedSince(context, arriving),
      issueTicket(context, member, { ...grant, codeChallenge, state, returnTo }),
    ]),
  );
  if (!isFirst) throw new SsoError('SAML_ASSERTION_REPLAYED');
  if (isEnded) throw new SsoError('SAML_SESSION_ENDED');
  context.signInWatch?.accepted({ connection, signIn, reference, assertion, member });
  const { algorithms, encrypted, cbc, responseSigned, assertionSigned, thumbprints } = assertion.facts;
  if (cbc) context.cbcUsed?.(connection.name);
  const sha1 = algorithms.some((uri) => uri.endsWith('sha1'));
  context.events.emit({
    type: 'login.accepted',
    reference,
    signIn,
    connection: connection.name,
    site: site.name,
    member: context.pseudonym(member.email),
    signed: [...(responseSigned ? ['Response'] : []), ...(assertionSigned ? ['Assertion'] : [])],
    algorithms,
    keyThumbprints: [...new Set(thumbprints)],
    assertionIdHash: assertionIdHash(entityId, assertion),
    encrypted,
    ...(cbc ? { warning: 'The IdP encrypts with AES-CBC: choose AES-GCM there' } : {}),
    ...(sha1 ? { weakAlgorithm: 'The IdP signs with SHA-1: choose SHA-256 there' } : {}),
  });
  return landingPageUrl(site, { ticket: ticket.id.reveal(), state: pending.state });
}
