// A visitor who wants to sign in → the message that takes them to their IdP, the page that starts properly, or a choice.
// Trusts nothing of the link: names must be configured, the challenge must be one, the way back must be a path.
// Every request to an IdP has a challenge, so every answer is bound to the tab that asked.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { checkReturnTo } from '../policy/return-to';
import { buildAuthnRequest, type OutgoingMessage } from '../saml/login/authn-request';
import { landingPageUrl } from '../wix/site';
import { chooseConnection, type Selector } from './choose-connection';
import type { Connection } from './connection';
import type { SiteWithExchange, SsoContext } from './context';
import { writeHandle } from './handle';
import { newRequestId, putPendingRequest } from './pending-request';
import { signInOf } from './sign-in';

export interface LoginRequest extends Selector {
  /** base64url(SHA-256(verifier)), 43 characters (RFC 7636 §4.2). Absent: the landing page starts properly. */
  readonly codeChallenge?: string;
  /** The page's own value, echoed with the ticket: printable ASCII, at most 128 characters. */
  readonly state?: string;
  /** Path on the site; default `/`. */
  readonly returnTo?: string;
  readonly forceAuthn?: boolean;
  readonly isPassive?: boolean;
  /** For the log. */
  readonly reference: string;
}

/** What a chooser page passes on when a person has chosen. */
export interface ChooserPage {
  readonly kind: 'chooser';
  readonly site: SiteWithExchange | undefined;
  readonly choices: readonly Connection[];
  /** An address was given and did not decide: unknown and ambiguous alike, so that the page is no directory. */
  readonly emailUndecided: boolean;
  readonly codeChallenge: string | undefined;
  readonly state: string | undefined;
  readonly returnTo: string;
  readonly forceAuthn?: true;
  readonly isPassive?: true;
}

export type LoginStep =
  | { readonly kind: 'message'; readonly message: OutgoingMessage }
  | { readonly kind: 'start-page'; readonly location: string }
  | ChooserPage;

const CODE_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const STATE = /^[\x21-\x7e]*$/;

/** @throws LOGIN_… or HTTP_FIELD_INVALID for a bad link, STATE_UNAVAILABLE when nothing can be remembered */
export async function beginLogin(context: SsoContext, request: LoginRequest): Promise<LoginStep> {
  const returnTo = checkReturnTo(request.returnTo);
  checkChallenge(request.codeChallenge);
  checkState(request.state);
  const choice = chooseConnection(context, request);
  const { codeChallenge, state, reference } = request;
  if (choice.kind === 'several') {
    context.log('info', 'login.chooser', {
      reference,
      site: choice.site?.name,
      choices: choice.choices.length,
    });
    const { site, choices } = choice;
    const emailUndecided = request.email !== undefined;
    const wishes = {
      ...(request.forceAuthn === true ? { forceAuthn: true as const } : {}),
      ...(request.isPassive === true ? { isPassive: true as const } : {}),
    };
    return { kind: 'chooser', site, choices, emailUndecided, codeChallenge, state, returnTo, ...wishes };
  }
  const { connection, site } = choice;
  if (codeChallenge === undefined) {
    context.log('info', 'login.startPage', { reference, connection: connection.name, site: site.name });
    return { kind: 'start-page', location: startPageUrl(site, connection.name, returnTo) };
  }
  const requestId = newRequestId(context.random, connection.name);
  const message = await requestAuthn(context, connection, { ...request, codeChallenge, returnTo, requestId });
  const { name, identityProvider } = connection;
  context.log('info', 'login.requested', {
    reference,
    signIn: signInOf(requestId),
    connection: name,
    site: site.name,
    identityProvider: identityProvider.entityId,
    binding: message.binding,
  });
  return { kind: 'message', message };
}

/** The landing page with what it needs to start a sign-in of its own. */
export function startPageUrl(
  site: SiteWithExchange,
  connection: string | undefined,
  returnTo: string,
): string {
  return landingPageUrl(site, { start: '1', connection, return_to: returnTo });
}

async function requestAuthn(
  context: SsoContext,
  connection: Connection,
  request: LoginRequest & Readonly<Record<'codeChallenge' | 'returnTo' | 'requestId', string>>,
): Promise<OutgoingMessage> {
  const { requestId } = request;
  const issueInstant = context.clock.now();
  const forceAuthn = connection.forceAuthn || request.forceAuthn === true;
  const message = await buildAuthnRequest({
    serviceProvider: context.serviceProvider,
    identityProvider: connection.identityProvider,
    preferredBinding: connection.requestBinding,
    requestId,
    relayState: writeHandle(context.handleKey, requestId),
    issueInstant,
    forceAuthn,
    isPassive: request.isPassive === true,
    requestedAuthnContext: connection.policy.requestedAuthnContext,
  });
  // After the message stands: what cannot be sent need not be remembered.
  await putPendingRequest(context, requestId, {
    connection: connection.name,
    site: connection.site,
    codeChallenge: request.codeChallenge,
    state: request.state ?? '',
    returnTo: request.returnTo,
    forceAuthn,
    requestedAt: issueInstant,
  });
  return message;
}

function checkChallenge(value: string | undefined): void {
  if (value === undefined || CODE_CHALLENGE.test(value)) return;
  throw new SsoError('LOGIN_CHALLENGE_INVALID', { length: value.length });
}

function checkState(value: string | undefined): void {
  if (value === undefined || (value.length <= limits.stateChars && STATE.test(value))) return;
  throw new SsoError('HTTP_FIELD_INVALID', {
    field: 'state',
    form: 'at most 128 printable ASCII characters',
  });
}
