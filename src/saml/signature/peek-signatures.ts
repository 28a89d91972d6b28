// Which signatures a message carries, and which certificate it says made them: for `explain`, so that "invalid signature"
// comes with the thumbprint that is missing from the connection. Unverified; KeyInfo is never a source of keys.

import { createHash } from 'node:crypto';
import { decodeBase64 } from '../xml/base64';
import { ns } from '../names';
import { signatureOf, type UnverifiedResponse } from '../login/response';
import { attributeOf, childElements, isElement, textOf, type XmlElement } from '../xml/element';

export interface PeekedSignature {
  readonly of: 'Response' | 'Assertion';
  /** SignatureMethod URI as it stands. */
  readonly algorithm: string | undefined;
  /** SHA-256 of the certificate in KeyInfo, lower-case hex. */
  readonly thumbprint: string | undefined;
}

/** Outermost first. */
export function peekSignatures({ unverified }: UnverifiedResponse): PeekedSignature[] {
  const { signature, assertion } = unverified;
  const inner = assertion && signatureOf(assertion);
  return [
    ...(signature === undefined ? [] : [describe('Response', signature)]),
    ...(inner === undefined ? [] : [describe('Assertion', inner)]),
  ];
}

/**
 * Whether the certificate in the message is one of the connection's: when it is, no key was rolled and something else is
 * wrong. Only words for an administrator: which keys count is settled elsewhere.
 */
export function peekKeyEvidence(
  response: UnverifiedResponse,
  keys: readonly { readonly thumbprint: string }[],
): string {
  const named = peekSignatures(response).flatMap(({ thumbprint }) =>
    thumbprint === undefined ? [] : [thumbprint],
  );
  if (named.length === 0) return 'no certificate in the message';
  const foreign = named.find((thumbprint) => !keys.some((key) => key.thumbprint === thumbprint));
  return foreign === undefined
    ? 'the same certificate in the message as the connection has'
    : `another certificate in the message: ${foreign}`;
}

function describe(of: PeekedSignature['of'], signature: XmlElement): PeekedSignature {
  const method = descendant(signature, 'SignatureMethod');
  const certificate = descendant(signature, 'X509Certificate');
  const der = decodeBase64((certificate && textOf(certificate)) ?? '');
  return {
    of,
    algorithm: method && attributeOf(method, 'Algorithm'),
    thumbprint: der && createHash('sha256').update(der).digest('hex'),
  };
}

function descendant(element: XmlElement, local: string): XmlElement | undefined {
  for (const child of childElements(element)) {
    const found = isElement(child, ns.ds, local) ? child : descendant(child, local);
    if (found !== undefined) return found;
  }
  return undefined;
}
