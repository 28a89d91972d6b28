// Which refusals a field at the IdP can mend, and what the field is about.

import type { ErrorCode } from '../../core/errors';
import type { Topic } from './product';

export const topicOf: Readonly<Partial<Record<ErrorCode, Topic>>> = {
  SAML_AUDIENCE_MISMATCH: 'audience',
  SAML_CONDITIONS_MISSING: 'audience',
  SAML_RECIPIENT_MISMATCH: 'acs',
  SAML_DESTINATION_MISMATCH: 'acs',
  SAML_SIGNATURE_MISSING: 'signing',
  SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED: 'algorithm',
  SAML_SIGNATURE_INVALID: 'metadata',
  SAML_ISSUER_MISMATCH: 'metadata',
  SAML_DECRYPTION_FAILED: 'encryption',
  SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED: 'encryption',
  SAML_STATUS_NOT_SUCCESS: 'assignment',
  SAML_ASSERTION_EXPIRED: 'clock',
  SAML_ASSERTION_NOT_YET_VALID: 'clock',
  SAML_SUBJECT_CONFIRMATION_EXPIRED: 'clock',
  SAML_TIME_INVALID: 'clock',
  SAML_SUBJECT_MISSING: 'nameId',
  SAML_SUBJECT_CONFIRMATION_INVALID: 'acs',
  POLICY_EMAIL_MISSING: 'nameId',
  POLICY_EMAIL_INVALID: 'nameId',
  POLICY_EMAIL_DOMAIN_NOT_ALLOWED: 'nameId',
  POLICY_NAMEID_TRANSIENT: 'nameId',
  POLICY_EMAIL_AMBIGUOUS: 'attributes',
  POLICY_AUTHN_CONTEXT_NOT_ALLOWED: 'mfa',
  POLICY_MFA_MISSING: 'mfa',
};

/** What the evidence makes another matter of than the code alone. */
interface Evident {
  readonly code: ErrorCode;
  readonly evidence: RegExp;
  /** Absent: no field mends it. */
  readonly topic?: Topic;
}

const byEvidence: readonly Evident[] = [
  { code: 'SAML_STATUS_NOT_SUCCESS', evidence: /:NoAuthnContext\b/, topic: 'mfa' },
  { code: 'SAML_STATUS_NOT_SUCCESS', evidence: /:InvalidNameIDPolicy\b/, topic: 'nameId' },
  // The key is the right one: newer metadata would change nothing.
  { code: 'SAML_SIGNATURE_INVALID', evidence: /content was changed|the same certificate/ },
  // The field of the address decides the binding as well.
  { code: 'SAML_ENCODING_INVALID', evidence: /^compressed/, topic: 'acs' },
];

/** @param evidence what came, as a row or a log line says it */
export function topicFor(code: ErrorCode, evidence = ''): Topic | undefined {
  const evident = byEvidence.find((each) => each.code === code && each.evidence.test(evidence));
  return evident === undefined ? topicOf[code] : evident.topic;
}
