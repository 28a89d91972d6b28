// A visitor who wants to sign in → the message that takes them to their IdP, the page that starts properly, or a choice.
// Trusts nothing of the link: names must be configured, the challenge must be one, the way back must be a path.
// Every request to an IdP has a challenge, so every answer is bound to the tab that asked.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { classesToAsk } from '../policy/authentication';
import { checkReturnTo } from '../policy/return-to';
import { buildAuthnRequest, type OutgoingMessage } from '../saml/login/authn-request';
import { landingPageUrl } from '../wix/site';
import { chooseConnection, type Choice, type Selector } from './choose-connection';
import type { Connection } from './connection';
import type { SiteWithExchange, SsoContext } from './context';
import { readyConnection, stateAt, type ConnectionEntry } from './directory';
import { comesFromElsewhere, type RequestOrigin } from './origin-of-request';
import { writeHandle } from './handle';
import { newRequestId, putPendingRequest } from './pending-request';
import { signInOf } from './sign-in';

export interface LoginRequest extends Selector {
  /** base64url(SHA-256(verifier)), 43 characters (RFC 7636 §4.2). Absent: the landing page starts properly. */
  readonly codeChallenge?: string | undefined;
  /** The page's own value, echoed with the ticket: printable ASCII, at most 128 characters. */
  readonly state?: string | undefined;
  /** Path on the site; default `/`. */
  readonly returnTo?: string;
  readonly forceAuthn?: boolean;
  readonly isPassive?: boolean;
  /** The connection was named by a link, not by the site's own page: with several, the person confirms it by a click. */
  readonly confirm?: boolean;
  /** Where the browser says that the request comes from. */
  readonly from?: RequestOrigin;
  /** For the log. */
  readonly reference: string;
}

/** One line of the chooser. */
export interface ChoosableConnection {
  readonly name: string;
  readonly displayName: string;
  /** It is shown and cannot be chosen: who looks for their organisation should find it. */
  readonly available: boolean;
  /** Addresses of its IdP. */
  readonly endpoints: readonly string[];
}

/** What a chooser page passes on when a person has chosen. */
export interface ChooserPage {
  readonly kind: 'chooser';
  readonly site: SiteWithExchange | undefined;
  readonly choices: readonly ChoosableConnection[];
  /** An address was given and did not decide: unknown and ambiguous alike, so that the page is no directory. */
  readonly emailUndecided: boolean;
  readonly codeChallenge: string | undefined;
  readonly state: string | undefined;
  readonly returnTo: string;
  readonly forceAuthn?: true;
  readonly isPassive?: true;
}

/** The named connection, shown before the person is taken to its IdP. */
export interface ConfirmPage {
  readonly kind: 'confirm';
  readonly site: SiteWithExchange;
  readonly connection: Connection;
  /** Fields of the request that go on unchanged, by their names in the form. */
  readonly passedOn: Readonly<Record<string, string>>;
}

export type LoginStep =
  | { readonly kind: 'message'; readonly message: OutgoingMessage }
  | { readonly kind: 'start-page'; readonly location: string }
  | ConfirmPage
  | ChooserPage;

const CODE_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const STATE = /^[\x21-\x7e]*$/;

/** @throws LOGIN_… or HTTP_FIELD_INVALID for a bad link, CONNECTION_NOT_READY, STATE_UNAVAILABLE when nothing can be remembered */
export async function beginLogin(context: SsoContext, request: LoginRequest): Promise<LoginStep> {
  const returnTo = checkReturnTo(request.returnTo);
  checkChallenge(request.codeChallenge);
  checkState(request.state);
  const choice = chooseConnection(context, request);
  const asked = withOwnChallenge(context, { ...request, returnTo }, choice.site);
  if (choice.kind === 'several') return several(context, asked, choice);
  const { entry, site } = choice;
  const { codeChallenge, reference } = asked;
  const connection = readyConnection(entry, context.clock.now());
  if (codeChallenge === undefined) {
    context.events.emit({
      type: 'login.startPage',
      reference,
      connection: connection.name,
      site: site.name,
    });
    return { kind: 'start-page', location: startPageUrl(site, connection.name, returnTo) };
  }
  if (request.confirm === true && isOneOfSeveral(context, connection)) {
    return { kind: 'confirm', site, connection, passedOn: passedOn(asked) };
  }
  return { kind: 'message', message: await sendRequest(context, connection, { ...asked, codeChallenge }) };
}

type Asked = LoginRequest & { readonly returnTo: string };

/** A challenge that did not come from the site's own page is a stranger's: it counts as none. */
function withOwnChallenge(context: SsoContext, request: Asked, site: SiteWithExchange | undefined): Asked {
  if (request.codeChallenge === undefined || !comesFromElsewhere(context, site, request.from ?? {}))
    return request;
  context.events.emit({ type: 'login.fromElsewhere', reference: request.reference, site: site?.name });
  return { ...request, codeChallenge: undefined, state: undefined };
}

function several(context: SsoContext, asked: Asked, choice: Extract<Choice, { kind: 'several' }>): LoginStep {
  const { site, choices } = choice;
  const { codeChallenge, state, returnTo, reference } = asked;
  context.events.emit({ type: 'login.chooser', reference, site: site?.name, choices: choices.length });
  return {
    kind: 'chooser',
    site,
    choices: choices.map((entry) => choosable(entry, context.clock.now())),
    emailUndecided: asked.email !== undefined,
    ...{ codeChallenge, state, returnTo },
    ...(asked.forceAuthn === true ? { forceAuthn: true } : {}),
    ...(asked.isPassive === true ? { isPassive: true } : {}),
  };
}

function choosable(entry: ConnectionEntry, now: number): ChoosableConnection {
  const { name } = entry.settings;
  const state = stateAt(entry, now);
  if (state.kind !== 'ready')
    return { name, displayName: entry.settings.displayName ?? name, available: false, endpoints: [] };
  const { displayName, identityProvider } = state.connection;
  const endpoints = identityProvider.singleSignOnServices.map(({ location }) => location);
  return { name, displayName, available: true, endpoints };
}

function isOneOfSeveral({ connections }: SsoContext, { site, name }: Connection): boolean {
  return connections.forSite(site).some(({ settings }) => settings.name !== name);
}

function passedOn({ codeChallenge, state, returnTo, forceAuthn, isPassive }: Asked): Record<string, string> {
  return {
    ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge }),
    ...(state === undefined ? {} : { state }),
    return_to: returnTo,
    ...(forceAuthn === true ? { force_authn: 'true' } : {}),
    ...(isPassive === true ? { is_passive: 'true' } : {}),
  };
}

async function sendRequest(
  context: SsoContext,
  connection: Connection,
  asked: Asked & { readonly codeChallenge: string },
): Promise<OutgoingMessage> {
  const requestId = newRequestId(context.random, connection.name);
  const message = await requestAuthn(context, connection, { ...asked, requestId });
  const { name, site, identityProvider } = connection;
  context.events.emit({
    type: 'login.requested',
    reference: asked.reference,
    signIn: signInOf(requestId),
    connection: name,
    site,
    identityProvider: identityProvider.entityId,
    binding: message.binding,
  });
  return message;
}

/** The landing page with what it needs to start a sign-in of its own. */
export function startPageUrl(
  site: SiteWithExchange,
  connection: string | undefined,
  returnTo: string,
  { forceAuthn = false }: { readonly forceAuthn?: boolean } = {},
): string {
  const forced = forceAuthn ? { force_authn: 'true' } : {};
  return landingPageUrl(site, { start: '1', connection, return_to: returnTo, ...forced });
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
    relayState: writeHandle(context.handleKeys, requestId),
    issueInstant,
    forceAuthn,
    isPassive: request.isPassive === true,
    requestedAuthnContext: classesToAsk(connection.policy),
    templates: context.requestTemplates,
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
