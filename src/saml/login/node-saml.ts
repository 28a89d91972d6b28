// The one door to node-saml, loaded when it is first needed. It writes the AuthnRequest, through its public API only and
// without a key: two things that it has no option for are settled on the unsigned text, before anything is signed. And it
// gives the second opinion, which can only refuse.

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

export interface SecondOpinionQuestion {
  /** The very form field that was accepted. */
  readonly samlResponse: string;
  readonly responseSigned: boolean;
  readonly assertionSigned: boolean;
  /** PEM certificates of the connection. */
  readonly certificates: readonly string[];
  readonly issuer: string;
  readonly assertionConsumerServiceUrl: string;
  readonly serviceProvider: string;
  /** PKCS #8 PEM keys that may decrypt; node-saml takes one, so each is tried. */
  readonly decryptionKeys: readonly string[];
  readonly clockSkewMs: number;
}

/**
 * What node-saml says about a message that the strict verifier accepted: its NameID, or its refusal as an Error. Every
 * signature that is present is demanded. It may only take away trust, never give any.
 */
export async function validateWithNodeSaml(question: SecondOpinionQuestion): Promise<string | undefined> {
  const { SAML } = await import('@node-saml/node-saml');
  const keys = question.decryptionKeys.length === 0 ? [undefined] : question.decryptionKeys;
  let refusal: unknown;
  for (const decryptionPvk of keys) {
    const saml = new SAML({
      callbackUrl: question.assertionConsumerServiceUrl,
      issuer: question.serviceProvider,
      audience: question.serviceProvider,
      idpIssuer: question.issuer,
      idpCert: [...question.certificates],
      wantAuthnResponseSigned: question.responseSigned,
      wantAssertionsSigned: question.assertionSigned,
      acceptedClockSkewMs: question.clockSkewMs,
      ...(decryptionPvk === undefined ? {} : { decryptionPvk }),
    });
    try {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: question.samlResponse });
      return profile?.nameID;
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
