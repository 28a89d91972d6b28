// A sign-in that was started → the message that takes the browser to the IdP, always signed, by the binding that the IdP
// offers. Trusts the connection's metadata for the address; takes nothing from the browser's request.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { Binding, Endpoint, IdentityProvider } from '../identity-provider';
import { createRequestTemplates, fillTemplate, type RequestTemplates } from './authn-request-template';
import type { ServiceProvider } from '../service-provider';
import { postField, redirectLocation } from '../signature/signed-message';
import { signingFor } from '../signature/signing-methods';

export interface AuthnRequestInput {
  readonly serviceProvider: ServiceProvider;
  readonly identityProvider: IdentityProvider;
  /** The other one is used when the IdP does not offer it. */
  readonly preferredBinding: Binding;
  /** xs:ID, unguessable (SAML Core §1.3.4: at least 128 random bits). */
  readonly requestId: string;
  /** At most 80 bytes (SAML Bindings §3.4.3). */
  readonly relayState: string;
  /** Milliseconds since 1970. */
  readonly issueInstant: number;
  readonly forceAuthn?: boolean | undefined;
  readonly isPassive?: boolean | undefined;
  /** AuthnContextClassRefs, any one of which satisfies; absent or empty: the IdP decides. */
  readonly requestedAuthnContext?: readonly string[] | undefined;
  /** Saves writing what all requests to one IdP have in common. */
  readonly templates?: RequestTemplates | undefined;
}

/** What the browser is to do: follow an address, or post a form. */
export type OutgoingMessage =
  | { readonly binding: 'redirect'; readonly location: string }
  | {
      readonly binding: 'post';
      readonly location: string;
      readonly fields: { readonly SAMLRequest: string; readonly RelayState: string };
    };

/**
 * Builds and signs an AuthnRequest (SAML Profiles §4.1.4.1) with the first signing key,
 * or as the IdP says that it verifies (IIP-MD10). Always: `WantAuthnRequestsSigned` cannot ask for more, and none is sent plain.
 *
 * @throws SsoError LOGIN_BINDING_UNSUPPORTED
 */
export async function buildAuthnRequest(input: AuthnRequestInput): Promise<OutgoingMessage> {
  const { serviceProvider, requestId, relayState } = input;
  if (!/^[A-Za-z_][\w.-]*$/.test(requestId)) throw new TypeError('the request ID is not an xs:ID');
  if (relayState === '' || Buffer.byteLength(relayState) > limits.relayStateBytes) {
    throw new TypeError('RelayState is empty or longer than 80 bytes');
  }
  const endpoint = chooseEndpoint(input);
  const templates = input.templates ?? createRequestTemplates();
  const template = await templates.of(input.identityProvider, {
    issuer: serviceProvider.entityId,
    destination: endpoint.location,
    assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
    forceAuthn: input.forceAuthn ?? false,
    isPassive: input.isPassive ?? false,
    requestedAuthnContext: input.requestedAuthnContext ?? [],
  });
  const xml = fillTemplate(template, requestId, input.issueInstant);
  const signing = signingFor(serviceProvider, input.identityProvider.algorithms);
  return endpoint.binding === 'redirect'
    ? {
        binding: 'redirect',
        location: await redirectLocation(
          endpoint.location,
          { name: 'SAMLRequest', xml, relayState },
          signing,
        ),
      }
    : {
        binding: 'post',
        location: endpoint.location,
        fields: {
          SAMLRequest: await postField(xml, signing),
          RelayState: relayState,
        },
      };
}

function chooseEndpoint({ identityProvider, preferredBinding }: AuthnRequestInput): Endpoint {
  const { singleSignOnServices: offered, entityId } = identityProvider;
  const endpoint = offered.find(({ binding }) => binding === preferredBinding) ?? offered[0];
  if (endpoint === undefined) throw new SsoError('LOGIN_BINDING_UNSUPPORTED', { identityProvider: entityId });
  return endpoint;
}
