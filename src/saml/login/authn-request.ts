// A sign-in that was started → the message that takes the browser to the IdP, always signed, by the binding that the IdP
// offers. Trusts the connection's metadata for the address; takes nothing from the browser's request.

import { deflateRawSync } from 'node:zlib';
import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { Binding, Endpoint, IdentityProvider } from '../identity-provider';
import { createRequestTemplates, fillTemplate, type RequestTemplates } from './authn-request-template';
import type { ServiceProvider } from '../service-provider';
import { signBytes, signDocument } from '../signature/sign-xml';
import { signingFor, type Signing } from '../signature/signing-methods';

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
    ? { binding: 'redirect', location: await redirectLocation(endpoint.location, xml, relayState, signing) }
    : {
        binding: 'post',
        location: endpoint.location,
        fields: {
          SAMLRequest: Buffer.from(
            await signDocument(xml, signing.keyPair, 'after Issuer', signing),
          ).toString('base64'),
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

/** A request has less than a kilobyte: a window of one finds as much in it as one of 32, for which zlib would set aside 256. */
const DEFLATE = { windowBits: 10, memLevel: 3, chunkSize: 1024 } as const;

/**
 * HTTP-Redirect with DEFLATE (SAML Bindings §3.4.4.1). The signature covers exactly the octets that are sent, in this order;
 * the endpoint's own query stays in front, untouched.
 */
async function redirectLocation(
  endpoint: string,
  xml: string,
  relayState: string,
  { keyPair: { privateKey }, method }: Signing,
): Promise<string> {
  const message = deflateRawSync(xml, DEFLATE).toString('base64');
  const signed = [
    `SAMLRequest=${encodeURIComponent(message)}`,
    `RelayState=${encodeURIComponent(relayState)}`,
    `SigAlg=${encodeURIComponent(method.uri)}`,
  ].join('&');
  const signature = (await signBytes(Buffer.from(signed), privateKey, method)).toString('base64');
  return `${endpoint}${endpoint.includes('?') ? '&' : '?'}${signed}&Signature=${encodeURIComponent(signature)}`;
}
