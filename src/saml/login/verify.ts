// An unverified Response and the connection's trust → verified XML: the very bytes that a key of this IdP signed,
// parsed again, with the first tree thrown away. Every signature that is present must verify, and at least one must
// cover the Assertion (SAML Profiles §4.1.4.5, errata E26). Nothing here knows names, times or addresses.

import { SsoError } from '../../core/errors';
import { decryptElement, type Decryption } from '../encryption/decrypt';
import { ns } from '../names';
import { checkPlaces, responseElements, signatureOf, type UnverifiedResponse } from './response';
import { readSignature, type SignatureParts } from '../signature/read-signature';
import {
  parseSigned,
  verifySignature,
  type SignatureTrust,
  type SignedBytes,
} from '../signature/verify-signature';
import { isElement, namespacesInScope, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';

/** The keys are those of the connection's metadata. */
export interface VerificationTrust extends SignatureTrust {
  readonly decryption: Decryption;
  /** A signed Assertion alone is not enough (IIP-SP13): the whole Response must be. */
  readonly requireSignedResponse?: boolean;
}

/** How trust came about; for the log and `explain`. */
export interface VerificationFacts {
  readonly responseSigned: boolean;
  readonly assertionSigned: boolean;
  readonly encrypted: boolean;
  /** SignatureMethod and DigestMethod URIs, outermost first. */
  readonly algorithms: readonly string[];
  /** Thumbprints of the certificates that verified, outermost first. */
  readonly thumbprints: readonly string[];
  /** AES-CBC hid the Assertion, or its NameID. */
  readonly cbc: boolean;
}

interface VerifiedParts {
  /** Verified when `facts.responseSigned`; otherwise its values may only refuse. */
  readonly response: XmlElement;
  /** Verified in any case. */
  readonly assertion: XmlElement;
  readonly facts: VerificationFacts;
}

let mint: (parts: VerifiedParts) => VerifiedXml;

/** Signed bytes, parsed. Made by verifyResponse only. */
export class VerifiedXml implements VerifiedParts {
  readonly #minted = true;
  readonly response: XmlElement;
  readonly assertion: XmlElement;
  readonly facts: VerificationFacts;

  private constructor(parts: VerifiedParts) {
    this.response = parts.response;
    this.assertion = parts.assertion;
    this.facts = Object.freeze(parts.facts);
    Object.freeze(this);
  }

  static isMinted(value: VerifiedXml): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (parts) => new VerifiedXml(parts);
  }
}

/**
 * Verifies all signatures of a Response, decrypting where needed. A signed Response is verified before anything in it
 * is decrypted.
 *
 * @throws SsoError SAML_ASSERTION_MISSING, SAML_SIGNATURE_…, SAML_DECRYPTION_…
 */
export function verifyResponse({ unverified }: UnverifiedResponse, trust: VerificationTrust): VerifiedXml {
  const { root, assertion, encryptedAssertion } = unverified;
  if (assertion === undefined && encryptedAssertion === undefined)
    throw new SsoError('SAML_ASSERTION_MISSING');

  const outer = read(unverified.signature, root, trust);
  if (outer === undefined && trust.requireSignedResponse === true) {
    throw new SsoError('SAML_SIGNATURE_MISSING', {
      expected: 'a signed Response (requireSignedResponse)',
      received: 'a Response without a signature',
    });
  }
  const inner = assertion && read(signatureOf(assertion), assertion, trust);
  const outerResult = outer && verifySignature(outer, root, trust);
  const innerResult = assertion && inner && verifySignature(inner, assertion, trust);

  // From here on only verified bytes are read; an unsigned Response lends its attributes for refusals.
  const verified = outerResult && responseElements(parseSigned(outerResult));
  const envelope = (verified ?? unverified).encryptedAssertion;
  if (envelope !== undefined) {
    return verifyEncrypted(
      envelopeWithin(root, envelope),
      { root: verified?.root ?? root, outerResult },
      trust,
    );
  }

  const readable = verified?.assertion ?? (innerResult && assertionElement(parseSigned(innerResult)));
  if (readable === undefined) throw new SsoError('SAML_SIGNATURE_MISSING');
  return mint({
    response: verified?.root ?? root,
    assertion: readable,
    facts: facts(outerResult, innerResult, { encrypted: false, cbc: false }),
  });
}

const schemaNamespaces = ['http://www.w3.org/2001/XMLSchema', 'http://www.w3.org/2001/XMLSchema-instance'];

/**
 * The verified envelope with the prefixes of XML Schema that the whole message declares. IdPs encrypt an Assertion as
 * it stands in the Response, `xsi:type` and all (XML Encryption §4.3.3), and exclusive C14N keeps only visibly used
 * declarations. No other namespace is taken from what is not signed, and nothing here reads an attribute from these two.
 */
function envelopeWithin(message: XmlElement, envelope: XmlElement): XmlElement {
  const known = namespacesInScope(envelope);
  const lent = [...namespacesInScope(message)]
    .filter(([prefix, uri]) => prefix !== '' && !known.has(prefix) && schemaNamespaces.includes(uri))
    .map(([prefix, uri]) => ({ prefix, uri }));
  return { ...envelope, namespaces: [...envelope.namespaces, ...lent] };
}

interface Outer {
  readonly root: XmlElement;
  readonly outerResult: SignedBytes | undefined;
}

/**
 * Anybody can encrypt to us: what comes out counts only when the Response around it or the Assertion inside is signed.
 * Without a verified Response signature every failure is one answer, so that nobody learns about paddings from us.
 */
function verifyEncrypted(envelope: XmlElement, around: Outer, trust: VerificationTrust): VerifiedXml {
  const { root, outerResult } = around;
  try {
    const { text, cbc } = decryptElement(envelope, trust.decryption);
    const assertion = assertionElement(parseXml(text, envelope));
    const inner = read(signatureOf(assertion), assertion, trust);
    const innerResult = inner && verifySignature(inner, assertion, trust);
    if (outerResult === undefined && innerResult === undefined) throw new SsoError('SAML_SIGNATURE_MISSING');
    const readable = innerResult === undefined ? assertion : assertionElement(parseSigned(innerResult));
    return mint({
      response: root,
      assertion: readable,
      facts: facts(outerResult, innerResult, { encrypted: true, cbc }),
    });
  } catch (error) {
    if (outerResult !== undefined || !(error instanceof SsoError)) throw error;
    if (error.code === 'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED') throw error; // said before any key is used
    if (error.code === 'SAML_DECRYPTION_THROTTLED') throw error; // said before anything is opened
    throw new SsoError('SAML_DECRYPTION_FAILED', {}, error);
  }
}

function read(
  signature: XmlElement | undefined,
  signed: XmlElement,
  { allowSha1 }: VerificationTrust,
): SignatureParts | undefined {
  return signature && readSignature(signature, signed, allowSha1);
}

function assertionElement(root: XmlElement): XmlElement {
  if (!isElement(root, ns.saml, 'Assertion')) {
    throw new SsoError('SAML_STRUCTURE_INVALID', { received: root.local });
  }
  checkPlaces(root, undefined);
  return root;
}

function facts(
  outer: SignedBytes | undefined,
  inner: SignedBytes | undefined,
  hidden: Pick<VerificationFacts, 'encrypted' | 'cbc'>,
): VerificationFacts {
  const verified = [outer, inner].filter((result) => result !== undefined);
  return {
    responseSigned: outer !== undefined,
    assertionSigned: inner !== undefined,
    algorithms: verified.flatMap(({ algorithmUris }) => algorithmUris),
    thumbprints: verified.map(({ key }) => key.thumbprint),
    ...hidden,
  };
}
