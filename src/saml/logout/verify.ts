// An unverified logout message and the connection's keys → verified XML. By Redirect the whole text is what the octets of the
// query carry; by POST only the digested bytes speak, parsed again, with the first tree thrown away. No message without a
// signature counts (SAML Profiles §4.4.4.1, §4.4.4.2): whoever can end sessions can also keep people out.

import { SsoError } from '../../core/errors';
import { signatureAlgorithm } from '../signature/algorithms';
import { readSignature } from '../signature/read-signature';
import {
  parseSigned,
  verifyOctets,
  verifySignature,
  type SignatureTrust,
} from '../signature/verify-signature';
import type { XmlElement } from '../xml/element';
import { LogoutMessage, messageElement, signatureIn, type LogoutKind } from './message';
import type { DetachedSignature } from './redirect-query';

/** How trust came about; for the log. */
export interface LogoutFacts {
  readonly binding: 'redirect' | 'post';
  /** SigAlg; or SignatureMethod and DigestMethod. */
  readonly algorithms: readonly string[];
  /** Of the certificate that verified. */
  readonly thumbprint: string;
}

interface VerifiedParts {
  readonly kind: LogoutKind;
  readonly root: XmlElement;
  readonly facts: LogoutFacts;
}

let mint: (parts: VerifiedParts) => VerifiedLogoutXml;

/** Signed bytes, parsed. Made by verifyLogoutMessage only. */
export class VerifiedLogoutXml implements VerifiedParts {
  readonly #minted = true;
  readonly kind: LogoutKind;
  readonly root: XmlElement;
  readonly facts: LogoutFacts;

  private constructor(parts: VerifiedParts) {
    this.kind = parts.kind;
    this.root = parts.root;
    this.facts = Object.freeze(parts.facts);
    Object.freeze(this);
  }

  static isMinted(value: VerifiedLogoutXml): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (parts) => new VerifiedLogoutXml(parts);
  }
}

/** @throws SsoError SAML_SIGNATURE_…, SAML_STRUCTURE_INVALID */
export function verifyLogoutMessage(message: LogoutMessage, trust: SignatureTrust): VerifiedLogoutXml {
  if (!LogoutMessage.isMinted(message))
    throw new TypeError('verifyLogoutMessage takes what readLogoutQuery or readLogoutForm returned');
  const { kind, root, detached } = message.unverified;
  return detached === undefined
    ? verifyForm(kind, root, trust)
    : mint({ kind, root, facts: verifyQuery(detached, trust) });
}

function verifyQuery(
  { octets, algorithm: uri, value }: DetachedSignature,
  trust: SignatureTrust,
): LogoutFacts {
  const algorithm = signatureAlgorithm(uri, trust.allowSha1);
  if (algorithm === undefined) throw new SsoError('SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED', { received: uri });
  const { thumbprint } = verifyOctets(octets, { algorithm, value }, trust);
  return { binding: 'redirect', algorithms: [uri], thumbprint };
}

function verifyForm(kind: LogoutKind, root: XmlElement, trust: SignatureTrust): VerifiedLogoutXml {
  const signature = signatureIn(root);
  if (signature === undefined)
    throw new SsoError('SAML_SIGNATURE_MISSING', { received: 'a logout message without a signature' });
  const result = verifySignature(readSignature(signature, root, trust.allowSha1), root, trust);
  return mint({
    kind,
    root: messageElement(parseSigned(result), kind),
    facts: { binding: 'post', algorithms: result.algorithmUris, thumbprint: result.key.thumbprint },
  });
}
