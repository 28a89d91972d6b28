// The IdP's answer → a ticket for the tab that asked. Order: cheap refusals, signature, read, rules, policy; only then is
// anything spent (pending request, assertion id), so garbage cannot burn an honest person's sign-in.

import { SsoError } from '../core/errors';
import { resolveMember, type MemberIdentity } from '../policy/member';
import { checkFreshAuthentication } from '../policy/authentication';
import { decodeSamlResponse } from '../saml/login/decode';
import { readAssertion } from '../saml/login/read';
import {
  parseResponse,
  peekFailureStatus,
  peekInResponseTo,
  type UnverifiedResponse,
} from '../saml/login/response';
import { checkAssertion, type VerifiedAssertion } from '../saml/login/rules/check';
import { verifyResponse } from '../saml/login/verify';
import { landingPageUrl } from '../wix/site';
import { issueTicket } from '../wix/ticket';
import type { Connection } from './connection';
import type { SsoContext } from './context';
import { claimAssertion } from './assertion-claim';
import { withDecryption } from './decryption-throttle';
import { peekConnection, takePendingRequest, type PendingRequest } from './pending-request';
import { askSecondOpinion } from './second-opinion';
import { nameSignIn, signInOf } from './sign-in';
import { restartUnsolicited } from './unsolicited';

export interface LoginAnswer {
  /** The form fields of the HTTP-POST binding; octets where they come straight from a form. */
  readonly samlResponse: string | Uint8Array;
  readonly relayState: string | undefined;
  /** For the log. */
  readonly reference: string;
}

/**
 * Judges an IdP's answer.
 *
 * @returns where the browser goes: the landing page with ticket and state, or with `start=1` for an unsolicited answer
 * @throws SsoError SAML_…, POLICY_…, STATE_UNAVAILABLE
 */
export async function completeLogin(
  context: SsoContext,
  answer: LoginAnswer,
): Promise<{ readonly location: string }> {
  const raw = decodeSamlResponse(answer.samlResponse, context.maxMessageBytes);
  const response = parseResponse(raw);
  try {
    return await judgeAnswer(context, answer, response);
  } catch (error) {
    throw nameSignIn(error, peekInResponseTo(response));
  }
}

async function judgeAnswer(
  context: SsoContext,
  answer: LoginAnswer,
  response: UnverifiedResponse,
): Promise<{ readonly location: string }> {
  refuseFailureStatus(response);
  const requestId = peekInResponseTo(response);
  const unsolicited = restartUnsolicited(context, response, answer);
  if (unsolicited !== undefined) return unsolicited;
  const connection = connectionOf(context, requestId ?? answer.relayState);

  const assertion = verifyAnswer(context, connection, response, requestId);
  const member = resolveMember(assertion, connection.policy, context.clock.now(), connection.clockSkewMs);

  const pending = await spend(context, connection, assertion);
  if (connection.secondOpinion) await askSecondOpinion(context, connection, response, assertion);
  return { location: await welcome(context, connection, { assertion, member, pending }, answer.reference) };
}

/** An IdP that says no usually signs nothing; refusing needs no proof. Nothing is spent. */
function refuseFailureStatus(response: UnverifiedResponse): void {
  const failure = peekFailureStatus(response);
  if (failure === undefined) return;
  throw new SsoError('SAML_STATUS_NOT_SUCCESS', {
    unverifiedStatus: failure.codes.slice(0, 4).map((code) => code.slice(0, 200)),
    unverifiedMessage: failure.message?.slice(0, 200),
  });
}

/** Whoever wrote the id: it only chooses whose keys and names must fit. */
function connectionOf(context: SsoContext, requestId: string | undefined): Connection {
  const name = requestId === undefined ? undefined : peekConnection(requestId);
  const connection = name === undefined ? undefined : context.connections.get(name);
  if (connection === undefined) {
    throw new SsoError(requestId === undefined ? 'SAML_IN_RESPONSE_TO_MISMATCH' : 'SAML_REQUEST_UNKNOWN');
  }
  return connection;
}

function verifyAnswer(
  context: SsoContext,
  connection: Connection,
  response: UnverifiedResponse,
  requestId: string | undefined,
): VerifiedAssertion {
  const { serviceProvider } = context;
  const { identityProvider, allowSha1, clockSkewMs } = connection;
  const assertion = withDecryption(context, connection, (decryption) =>
    readAssertion(
      verifyResponse(response, { keys: identityProvider.signingKeys, allowSha1, decryption }),
      decryption,
    ),
  );
  const expected = {
    identityProvider: identityProvider.entityId,
    serviceProvider: serviceProvider.entityId,
    assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
    requestId: requestId ?? '',
    clockSkewMs,
  };
  return checkAssertion(assertion, expected, context.clock.now());
}

/** Takes the request and claims the assertion id: both atomic, so of parallel copies exactly one goes on. */
async function spend(
  context: SsoContext,
  connection: Connection,
  assertion: VerifiedAssertion,
): Promise<PendingRequest> {
  const pending = await takePendingRequest(context, assertion.inResponseTo);
  // The configuration may have changed while the person was away: a connection speaks for its present site only.
  if (pending?.connection !== connection.name || pending.site !== connection.site) {
    throw new SsoError('SAML_REQUEST_UNKNOWN');
  }
  if (!(await claimAssertion(context, connection.identityProvider.entityId, assertion))) {
    throw new SsoError('SAML_ASSERTION_REPLAYED');
  }
  if (pending.forceAuthn) {
    checkFreshAuthentication(assertion.data, pending.requestedAt, connection.clockSkewMs);
  }
  return pending;
}

interface Accepted {
  readonly assertion: VerifiedAssertion;
  readonly member: MemberIdentity;
  readonly pending: PendingRequest;
}

async function welcome(
  context: SsoContext,
  connection: Connection,
  { assertion, member, pending }: Accepted,
  reference: string,
): Promise<string> {
  const site = context.sites.get(pending.site);
  if (site === undefined) throw new SsoError('SAML_REQUEST_UNKNOWN', { site: pending.site });
  const signIn = signInOf(assertion.inResponseTo);
  const ticket = await issueTicket(context, member, {
    site: site.name,
    connection: connection.name,
    identityProvider: connection.identityProvider.entityId,
    codeChallenge: pending.codeChallenge,
    state: pending.state,
    returnTo: pending.returnTo,
    signIn,
  });
  const { algorithms, encrypted, cbc, responseSigned, assertionSigned } = assertion.facts;
  const sha1 = algorithms.some((uri) => uri.endsWith('sha1'));
  context.log(cbc || sha1 ? 'warn' : 'info', 'login.accepted', {
    reference,
    signIn,
    connection: connection.name,
    site: site.name,
    member: context.pseudonym(member.email),
    signed: [...(responseSigned ? ['Response'] : []), ...(assertionSigned ? ['Assertion'] : [])],
    algorithms,
    encrypted,
    ...(cbc ? { warning: 'The IdP encrypts with AES-CBC: choose AES-GCM there' } : {}),
    ...(sha1 ? { weakAlgorithm: 'The IdP signs with SHA-1: choose SHA-256 there' } : {}),
  });
  return landingPageUrl(site, { ticket: ticket.id.reveal(), state: pending.state });
}
