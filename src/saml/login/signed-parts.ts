// An accepted Response → the same message with what its signatures cover and what a profile demands around it, and nothing
// else: no Extensions of an unsigned Response, no KeyInfo. For the second opinion, whose price grows with every element: a
// stranger may wrap a signed Assertion of his own in what he likes, and none of that may be paid for.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { ns } from '../names';
import { canonicalizeInclusive } from '../xml/canonicalize';
import { isElement, type XmlElement, type XmlNode } from '../xml/element';
import type { UnverifiedResponse } from './response';
import type { VerificationFacts } from './verify';

/**
 * @param response verified as a whole: `facts` are what verifyResponse found about it
 * @returns well-formed text in which the same signatures verify
 * @throws SsoError SAML_XML_LIMIT_EXCEEDED
 */
export function signedPartsOf(
  { unverified }: UnverifiedResponse,
  { responseSigned }: Pick<VerificationFacts, 'responseSigned'>,
): string {
  const { root, issuer, status, assertion, encryptedAssertion } = unverified;
  const demanded = [issuer, status, assertion && withoutKeyInfo(assertion), encryptedAssertion];
  // Inside a signed Response every node counts, white space between elements and the inner KeyInfo too.
  const message: XmlElement = responseSigned
    ? withoutKeyInfo(root)
    : { ...root, children: demanded.filter((element) => element !== undefined) };
  if (countOf(message) > limits.secondOpinionElements)
    throw new SsoError('SAML_XML_LIMIT_EXCEEDED', { problem: 'elements for a second opinion' });
  // Canonical XML, not the exclusive form: every prefix that is in scope stays in scope, whatever the transforms say.
  return canonicalizeInclusive(message);
}

/** Its own Signature says nothing of its KeyInfo (enveloped-signature transform). */
function withoutKeyInfo(signed: XmlElement): XmlElement {
  const trimmed = (node: XmlNode): XmlNode =>
    typeof node === 'string' || !isElement(node, ns.ds, 'Signature')
      ? node
      : { ...node, children: node.children.filter((child) => !isKeyInfo(child)) };
  return { ...signed, children: signed.children.map(trimmed) };
}

function isKeyInfo(node: XmlNode): boolean {
  return typeof node !== 'string' && isElement(node, ns.ds, 'KeyInfo');
}

function countOf(element: XmlElement): number {
  let count = 1;
  for (const child of element.children) if (typeof child !== 'string') count += countOf(child);
  return count;
}
