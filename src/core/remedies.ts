// The remedy that fits the evidence. A code has one remedy in the error table; where its detail shows which of several causes
// it was, that cause has its own.

import { errorTable } from './error-table';
import type { ErrorCode, ErrorDetail } from './errors';

export interface Cause {
  readonly code: ErrorCode;
  /** Found in `problem` or `received` of the detail. */
  readonly evidence: RegExp;
  readonly remedy: string;
}

// One cause per line reads better than wrapped lines.
// prettier-ignore
const causes: readonly Cause[] = [
  { code: 'SAML_BASE64_INVALID', evidence: /^blanks where plus signs should be/, remedy: 'Something on the way wrote the form without escaping “+” as %2B, so every plus sign became a blank. Correct the component that posts or rewrites the form (a proxy, a test script, a hand-made page).' },
  { code: 'SAML_BASE64_INVALID', evidence: /^XML that is not encoded/, remedy: 'The form field holds plain XML. Encode it in base64 before it is posted (Bindings §3.5.4).' },
  { code: 'SAML_BASE64_INVALID', evidence: /^percent-encoded twice/, remedy: 'The form field was percent-encoded twice. Encode it once, where the form is written.' },
  { code: 'SAML_BASE64_INVALID', evidence: /^the URL alphabet of base64/, remedy: 'The form field uses “-” and “_” (base64url). Use the standard alphabet with “+” and “/” (RFC 4648 §4).' },
  { code: 'SAML_BASE64_INVALID', evidence: /^cut off/, remedy: 'The end of the message is missing. Look for a limit on the size of forms in the proxy in front of this service.' },
  { code: 'SAML_BASE64_INVALID', evidence: /^empty/, remedy: 'The form field is empty. Capture the IdP’s form: its SAMLResponse was lost on the way.' },
  { code: 'SAML_ENCODING_INVALID', evidence: /^compressed/, remedy: 'The message is compressed, as for the HTTP-Redirect binding. Choose HTTP-POST without DEFLATE for the assertion consumer service at the IdP (Bindings §3.5.4).' },
  { code: 'SAML_STRUCTURE_INVALID', evidence: /in Advice$/, remedy: 'The Advice holds another Assertion, as brokers add it (Core §2.3.4 allows that). It is refused here as a defence against wrapped signatures. At the broker, switch off passing on the original assertion.' },
  { code: 'SAML_SIGNATURE_INVALID', evidence: /content was changed/, remedy: 'The text was changed after it was signed, although the key is the right one. Look for a proxy, a filter or a script between the IdP and here that rewrites the message.' },
  { code: 'SAML_SIGNATURE_INVALID', evidence: /the same certificate/, remedy: 'The message names a certificate that the connection has, so the key was not rolled: SignedInfo or the signature itself was changed after signing. Look for a proxy, a filter or a script that rewrites the message.' },
  { code: 'SAML_SIGNATURE_INVALID', evidence: /another certificate/, remedy: 'The IdP signed with a key that the connection’s metadata does not hold. Get the IdP’s current metadata and put it in the place of `idpMetadata`.' },
  { code: 'SAML_DECRYPTION_FAILED', evidence: /^none is configured/, remedy: 'No decryption key is configured. Add the key pair whose certificate the IdP encrypts for to `serviceProvider.decryption`, or switch encryption off at the IdP.' },
  { code: 'SAML_IN_RESPONSE_TO_MISMATCH', evidence: /^an empty attribute/, remedy: 'InResponseTo is there and empty. For a sign-in that starts at the IdP it must be absent; for a response to a request it must hold the ID of the request. Correct the IdP’s template for responses.' },
];

/** The causes that have a remedy of their own, with the words by which the log line shows each. */
export const causesOf = (code: ErrorCode): readonly Cause[] => causes.filter((cause) => cause.code === code);

/** What to do about a refusal. */
export function remedyOf(
  code: ErrorCode,
  { problem, received }: Pick<ErrorDetail, 'problem' | 'received'>,
): string {
  const said = [problem, ...(typeof received === 'object' ? received : [received])];
  const cause = causes.find(
    (each) => each.code === code && said.some((text) => text !== undefined && each.evidence.test(text)),
  );
  return cause?.remedy ?? errorTable[code].remedy;
}
