// What we say to an IdP about a logout → a signed message by the binding that it offers (SAML Profiles §4.4.4). Addresses come
// from the connection's metadata; whose session ends, from what the IdP itself said at the sign-in, to the letter.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { NameId } from '../assertion';
import type { Binding, Endpoint, IdentityProvider } from '../identity-provider';
import { ns, statusPartialLogout, statusResponder, statusSuccess } from '../names';
import type { ServiceProvider } from '../service-provider';
import { signingFor } from '../signature/signing-methods';
import { postField, redirectLocation, type UnsignedMessage } from '../signature/signed-message';
import { document, element, type Markup } from '../xml/writer';

/** What the browser is to do: follow an address, or post a form. */
export type OutgoingLogout =
  | { readonly binding: 'redirect'; readonly location: string }
  | {
      readonly binding: 'post';
      readonly location: string;
      readonly fields: Readonly<Record<string, string>>;
    };

interface Parties {
  readonly serviceProvider: ServiceProvider;
  readonly identityProvider: IdentityProvider;
  /** xs:ID, unguessable. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly issueInstant: number;
  readonly relayState?: string | undefined;
}

export interface LogoutRequestInput extends Parties {
  /** As the IdP sent it: an IdP compares every qualifier (SAML Core §3.3.4). */
  readonly nameId: NameId;
  readonly sessionIndex?: string | undefined;
}

export interface LogoutResponseInput extends Parties {
  readonly inResponseTo: string;
  /** `partly`: something of it could not be ended here and now. */
  readonly outcome: 'everywhere' | 'partly';
  /** The request came by this one; another is used when the IdP takes no answer by it. */
  readonly preferredBinding: Binding;
}

/** Whether there is an address to send a LogoutRequest to. */
export const offersLogout = ({ singleLogoutServices }: IdentityProvider): boolean =>
  singleLogoutServices.length > 0;

/**
 * Builds and signs a LogoutRequest, by Redirect where the IdP takes it (SDP-SP25).
 *
 * @throws SsoError LOGIN_BINDING_UNSUPPORTED
 */
export async function buildLogoutRequest(input: LogoutRequestInput): Promise<OutgoingLogout> {
  const { identityProvider, nameId, sessionIndex, issueInstant } = input;
  const endpoint = endpointOf(identityProvider, 'redirect');
  const attributes = {
    ...messageAttributes(input, endpoint.location),
    NotOnOrAfter: new Date(issueInstant + limits.logoutMessageMs).toISOString(),
  };
  const xml = messageOf('samlp:LogoutRequest', attributes, input, [
    element('saml:NameID', qualifiersOf(nameId), [nameId.value]),
    sessionIndex === undefined ? undefined : element('samlp:SessionIndex', {}, [sessionIndex]),
  ]);
  return send(input, endpoint.binding, endpoint.location, { name: 'SAMLRequest', xml });
}

/**
 * Builds and signs a LogoutResponse (SAML Core §3.7.2), to the address that the IdP names for answers.
 *
 * @throws SsoError LOGIN_BINDING_UNSUPPORTED
 */
export async function buildLogoutResponse(input: LogoutResponseInput): Promise<OutgoingLogout> {
  const { identityProvider, inResponseTo, outcome, preferredBinding } = input;
  const { binding, location, responseLocation = location } = endpointOf(identityProvider, preferredBinding);
  const status =
    outcome === 'everywhere'
      ? statusCode(statusSuccess)
      : statusCode(statusResponder, statusCode(statusPartialLogout));
  const attributes = { ...messageAttributes(input, responseLocation), InResponseTo: inResponseTo };
  const xml = messageOf('samlp:LogoutResponse', attributes, input, [element('samlp:Status', {}, [status])]);
  return send(input, binding, responseLocation, { name: 'SAMLResponse', xml });
}

const statusCode = (Value: string, second?: Markup): Markup =>
  element('samlp:StatusCode', { Value }, [second]);

function qualifiersOf({ format, nameQualifier, spNameQualifier, spProvidedId }: NameId) {
  return {
    Format: format,
    NameQualifier: nameQualifier,
    SPNameQualifier: spNameQualifier,
    SPProvidedID: spProvidedId,
  };
}

const messageAttributes = ({ id, issueInstant }: Parties, destination: string) => ({
  'xmlns:samlp': ns.samlp,
  'xmlns:saml': ns.saml,
  ID: id,
  Version: '2.0',
  IssueInstant: new Date(issueInstant).toISOString(),
  Destination: destination,
});

function messageOf(
  name: string,
  attributes: Readonly<Record<string, string>>,
  { serviceProvider }: Parties,
  content: readonly (Markup | undefined)[],
): string {
  const issuer = element('saml:Issuer', {}, [serviceProvider.entityId]);
  return document(element(name, attributes, [issuer, ...content]));
}

function endpointOf({ singleLogoutServices, entityId }: IdentityProvider, preferred: Binding): Endpoint {
  const endpoint =
    singleLogoutServices.find(({ binding }) => binding === preferred) ?? singleLogoutServices[0];
  if (endpoint === undefined) throw new SsoError('LOGIN_BINDING_UNSUPPORTED', { identityProvider: entityId });
  return endpoint;
}

async function send(
  { serviceProvider, identityProvider, relayState }: Parties,
  binding: Binding,
  location: string,
  message: UnsignedMessage,
): Promise<OutgoingLogout> {
  const signing = signingFor(serviceProvider, identityProvider.algorithms);
  if (binding === 'redirect')
    return { binding, location: await redirectLocation(location, { ...message, relayState }, signing) };
  const fields = {
    [message.name]: await postField(message.xml, signing),
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  };
  return { binding, location, fields };
}
