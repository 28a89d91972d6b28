// The one door to node-saml, loaded when it is first needed. It writes the AuthnRequest, through its public API only and
// without a key: two things that it has no option for are settled on the unsigned text, before anything is signed.

import type { SamlConfig } from '@node-saml/node-saml';

export interface AuthnRequestContent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly issueInstant: number;
  readonly issuer: string;
  readonly destination: string;
  readonly assertionConsumerServiceUrl: string;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  /** AuthnContextClassRefs, Comparison="exact". Empty: no RequestedAuthnContext (SDP-SP07). */
  readonly requestedAuthnContext: readonly string[];
}

/** The unsigned `samlp:AuthnRequest`. */
export async function writeAuthnRequest(content: AuthnRequestContent): Promise<string> {
  const { SAML } = await import('@node-saml/node-saml');
  const { requestedAuthnContext } = content;
  const options: SamlConfig = {
    entryPoint: content.destination,
    callbackUrl: content.assertionConsumerServiceUrl,
    issuer: content.issuer,
    // Demanded by the constructor; a request is not verified with it.
    idpCert: 'unused',
    generateUniqueId: () => content.id,
    identifierFormat: null,
    forceAuthn: content.forceAuthn,
    passive: content.isPassive,
    disableRequestedAuthnContext: requestedAuthnContext.length === 0,
    authnContext: [...requestedAuthnContext],
    racComparison: 'exact',
    skipRequestCompression: true,
  };
  const { SAMLRequest: encoded } = await new SAML(options).getAuthorizeMessageAsync('');
  if (typeof encoded !== 'string') throw new TypeError('node-saml wrote no SAMLRequest');
  return settle(Buffer.from(encoded, 'base64').toString('utf8'), content.issueInstant);
}

/**
 * IssueInstant from our clock, and no NameIDPolicy at all (SDP-SP04, IIP-SP03): node-saml takes the system's clock and always
 * writes `AllowCreate`. Names and markup cannot stand in escaped text or attribute values, so each pattern has one place.
 */
function settle(xml: string, issueInstant: number): string {
  const instant = new Date(issueInstant).toISOString();
  const withInstant = replaceOnce(xml, / IssueInstant="[^"]*"/, ` IssueInstant="${instant}"`);
  return replaceOnce(withInstant, /<samlp:NameIDPolicy [^<>]*\/>/, '');
}

function replaceOnce(xml: string, pattern: RegExp, replacement: string): string {
  if (!pattern.test(xml))
    throw new TypeError(`node-saml writes requests of another shape: ${pattern.source}`);
  return xml.replace(pattern, replacement);
}
