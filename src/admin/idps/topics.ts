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
  POLICY_EMAIL_MISSING: 'nameId',
  POLICY_EMAIL_INVALID: 'nameId',
  POLICY_EMAIL_DOMAIN_NOT_ALLOWED: 'nameId',
  POLICY_NAMEID_TRANSIENT: 'nameId',
  POLICY_EMAIL_AMBIGUOUS: 'attributes',
  POLICY_AUTHN_CONTEXT_NOT_ALLOWED: 'mfa',
  POLICY_MFA_MISSING: 'mfa',
};
