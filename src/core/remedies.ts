// The cause and the remedy that fit the evidence. A code has one of each in the error table; where its detail shows which of
// several causes it was, that one has its own.

import { errorTable } from './error-table';
import type { ErrorCode, ErrorDetail } from './errors';

export interface Cause {
  readonly code: ErrorCode;
  /** Found in `problem` or `received` of the detail. */
  readonly evidence: RegExp;
  readonly cause: string;
  readonly remedy: string;
}

/** What happened, and what to do about it. */
export type Advice = Pick<Cause, 'cause' | 'remedy'>;

// One cause per line reads better than wrapped lines.
// prettier-ignore
const causes: readonly Cause[] = [
  { code: 'SAML_BASE64_INVALID', evidence: /^blanks where plus signs should be/, cause: 'Something on the way wrote the form without escaping “+” as %2B, so every plus sign became a blank.', remedy: 'Correct the component that posts or rewrites the form (a proxy, a test script, a hand-made page).' },
  { code: 'SAML_BASE64_INVALID', evidence: /^XML that is not encoded/, cause: 'The form field holds plain XML.', remedy: 'Encode it in base64 before it is posted (Bindings §3.5.4).' },
  { code: 'SAML_BASE64_INVALID', evidence: /^percent-encoded twice/, cause: 'The form field was percent-encoded twice.', remedy: 'Encode it once, where the form is written.' },
  { code: 'SAML_BASE64_INVALID', evidence: /^the URL alphabet of base64/, cause: 'The form field uses “-” and “_” (base64url).', remedy: 'Use the standard alphabet with “+” and “/” (RFC 4648 §4).' },
  { code: 'SAML_BASE64_INVALID', evidence: /^cut off/, cause: 'The end of the message is missing.', remedy: 'Look for a limit on the size of forms in the proxy in front of this service.' },
  { code: 'SAML_BASE64_INVALID', evidence: /^empty/, cause: 'The form field is empty.', remedy: 'Capture the IdP’s form: its SAMLResponse was lost on the way.' },
  { code: 'SAML_ENCODING_INVALID', evidence: /^compressed/, cause: 'The message is compressed, as for the HTTP-Redirect binding.', remedy: 'Choose HTTP-POST without DEFLATE for the assertion consumer service at the IdP (Bindings §3.5.4).' },
  { code: 'SAML_STRUCTURE_INVALID', evidence: /in Advice$/, cause: 'The Advice holds another Assertion, as brokers add it (Core §2.3.4 allows that). It is refused here as a defence against wrapped signatures.', remedy: 'At the broker, switch off passing on the original assertion.' },
  { code: 'SAML_SIGNATURE_MISSING', evidence: /^a logout message/, cause: 'The IdP does not sign its logout messages.', remedy: 'Switch that on for this application (at SimpleSAMLphp, `sign.logout` in the metadata of the IdP), or take our address for single logout out of the IdP’s settings.' },
  { code: 'SAML_SIGNATURE_INVALID', evidence: /content was changed/, cause: 'The text was changed after it was signed, although the key is the right one.', remedy: 'Look for a proxy, a filter or a script between the IdP and here that rewrites the message.' },
  { code: 'SAML_SIGNATURE_INVALID', evidence: /the same certificate/, cause: 'The message names a certificate that the connection has, so the key was not rolled: SignedInfo or the signature itself was changed after signing.', remedy: 'Look for a proxy, a filter or a script that rewrites the message.' },
  { code: 'SAML_SIGNATURE_INVALID', evidence: /another certificate/, cause: 'The IdP signed with a key that the connection’s metadata does not hold.', remedy: 'Get the IdP’s current metadata and put it in the place of `idpMetadata`.' },
  { code: 'SAML_DECRYPTION_FAILED', evidence: /^none is configured/, cause: 'No decryption key is configured.', remedy: 'Add the key pair whose certificate the IdP encrypts for to `serviceProvider.decryption`, or switch encryption off at the IdP.' },
  { code: 'SAML_STATUS_NOT_SUCCESS', evidence: /:NoAuthnContext\b/, cause: 'The IdP cannot or may not sign the person in by the method that was asked for.', remedy: 'Let it support that method for this application (`require: mfa` and `requestedAuthnContext` ask for one), or remove the demand.' },
  { code: 'SAML_STATUS_NOT_SUCCESS', evidence: /:InvalidNameIDPolicy\b/, cause: 'The IdP has no NameID for the person in the form that it shall send.', remedy: 'Set the NameID format to emailAddress at the IdP, and its source to the mail attribute.' },
  { code: 'SAML_IN_RESPONSE_TO_MISMATCH', evidence: /^an empty attribute/, cause: 'InResponseTo is there and empty.', remedy: 'For a sign-in that starts at the IdP it must be absent; for a response to a request it must hold the ID of the request. Correct the IdP’s template for responses.' },
];

/** The causes that have a remedy of their own, with the words by which the log line shows each. */
export const causesOf = (code: ErrorCode): readonly Cause[] => causes.filter((cause) => cause.code === code);

export function adviceOf(
  code: ErrorCode,
  { problem, received }: Pick<ErrorDetail, 'problem' | 'received'>,
): Advice {
  const said = [problem, ...(typeof received === 'object' ? received : [received])];
  const found = causes.find(
    (each) => each.code === code && said.some((text) => text !== undefined && each.evidence.test(text)),
  );
  return found ?? errorTable[code];
}

/** The same as one text, for where there is one line. */
export function remedyOf(code: ErrorCode, detail: Pick<ErrorDetail, 'problem' | 'received'>): string {
  const { cause, remedy } = adviceOf(code, detail);
  return `${cause} ${remedy}`;
}
