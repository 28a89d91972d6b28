// Whose turn it is after a refusal: the one column of the error table that is about people. One row per code, checked by
// the compiler, so that `why` and the documentation never have to guess.

import type { ErrorCode } from './error-table';

/** Who can do something about it, beginning with the person who wanted in. */
export const turns = ['visitor', 'IT admin', 'site owner', 'operator'] as const;

export type Turn = (typeof turns)[number];

export const turnOf = {
  HTTP_NOT_FOUND: 'site owner',
  HTTP_METHOD_NOT_ALLOWED: 'IT admin',
  HTTP_CONTENT_TYPE_UNSUPPORTED: 'operator',
  HTTP_BODY_TOO_LARGE: 'IT admin',
  HTTP_BODY_MALFORMED: 'operator',
  HTTP_FIELD_MISSING: 'site owner',
  HTTP_FIELD_DUPLICATE: 'operator',
  HTTP_FIELD_INVALID: 'site owner',
  HTTP_MOUNT_MISMATCH: 'operator',
  HTTP_ORIGIN_NOT_ALLOWED: 'operator',
  HTTP_BUSY: 'operator',
  INTERNAL_ERROR: 'operator',
  HTTP_NOT_READY: 'operator',
  STATE_UNAVAILABLE: 'operator',
  STATE_DIRECTORY_UNUSABLE: 'operator',
  STATE_DIRECTORY_SHARED: 'operator',
  STATE_FORMAT_NEWER: 'operator',
  STATE_DISK_FULL: 'operator',
  STATE_DOCUMENT_UNREADABLE: 'operator',

  LOGIN_CONNECTION_UNKNOWN: 'site owner',
  LOGIN_CHALLENGE_INVALID: 'site owner',
  LOGIN_RETURN_TO_INVALID: 'site owner',
  CONNECTION_NOT_READY: 'operator',
  LOGIN_BINDING_UNSUPPORTED: 'IT admin',

  SAML_BASE64_INVALID: 'IT admin',
  SAML_ENCODING_INVALID: 'IT admin',
  SAML_MESSAGE_TOO_LARGE: 'IT admin',
  SAML_XML_MALFORMED: 'IT admin',
  // Where no honest IdP errs, it is the operator who looks for the attacker.
  SAML_XML_DOCTYPE: 'operator',
  SAML_XML_PROCESSING_INSTRUCTION: 'operator',
  SAML_XML_LIMIT_EXCEEDED: 'IT admin',
  SAML_XML_DUPLICATE_ID: 'operator',
  SAML_ROOT_INVALID: 'IT admin',
  SAML_STRUCTURE_INVALID: 'IT admin',
  SAML_VERSION_UNSUPPORTED: 'IT admin',

  SAML_SIGNATURE_MISSING: 'IT admin',
  SAML_SIGNATURE_MALFORMED: 'operator',
  SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED: 'IT admin',
  SAML_SIGNATURE_INVALID: 'IT admin',
  SAML_DECRYPTION_FAILED: 'IT admin',
  SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED: 'IT admin',
  SAML_DECRYPTION_THROTTLED: 'operator',

  SAML_STATUS_NOT_SUCCESS: 'IT admin',
  SAML_ISSUER_MISMATCH: 'IT admin',
  SAML_DESTINATION_MISMATCH: 'IT admin',
  SAML_RESPONSE_UNSOLICITED: 'visitor',
  SAML_IN_RESPONSE_TO_MISMATCH: 'IT admin',
  SAML_REQUEST_UNKNOWN: 'visitor',
  SAML_ASSERTION_MISSING: 'IT admin',
  SAML_ASSERTION_MULTIPLE: 'IT admin',
  SAML_SUBJECT_MISSING: 'IT admin',
  SAML_SUBJECT_CONFIRMATION_INVALID: 'IT admin',
  SAML_SUBJECT_CONFIRMATION_EXPIRED: 'IT admin',
  SAML_RECIPIENT_MISMATCH: 'IT admin',
  SAML_CONDITIONS_MISSING: 'IT admin',
  SAML_CONDITION_UNKNOWN: 'IT admin',
  SAML_AUDIENCE_MISMATCH: 'IT admin',
  SAML_ASSERTION_EXPIRED: 'IT admin',
  SAML_ASSERTION_NOT_YET_VALID: 'IT admin',
  SAML_TIME_INVALID: 'IT admin',
  SAML_AUTHN_STATEMENT_MISSING: 'IT admin',
  SAML_SESSION_EXPIRED: 'visitor',
  SAML_SESSION_ENDED: 'visitor',
  SAML_ASSERTION_REPLAYED: 'visitor',
  SAML_SECOND_OPINION_DISAGREES: 'operator',

  POLICY_EMAIL_MISSING: 'IT admin',
  POLICY_EMAIL_INVALID: 'IT admin',
  POLICY_EMAIL_AMBIGUOUS: 'operator',
  POLICY_EMAIL_DOMAIN_NOT_ALLOWED: 'operator',
  POLICY_NAMEID_TRANSIENT: 'IT admin',
  POLICY_AUTHN_CONTEXT_NOT_ALLOWED: 'IT admin',
  POLICY_MFA_MISSING: 'IT admin',
  POLICY_AUTHN_TOO_OLD: 'IT admin',

  SETUP_LINK_INVALID: 'operator',
  SETUP_FORM_FOREIGN: 'IT admin',
  SETUP_CONFLICT: 'IT admin',

  REVOCATION_TOKEN_INVALID: 'IT admin',
  REVOCATION_KEYS_UNAVAILABLE: 'operator',

  TICKET_UNKNOWN: 'visitor',
  TICKET_VERIFIER_MISMATCH: 'visitor',

  WIX_TIMEOUT: 'visitor',
  WIX_RATE_LIMITED: 'visitor',
  WIX_UNAVAILABLE: 'site owner',
  WIX_REDIRECTED: 'operator',
  WIX_ANSWER_INVALID: 'site owner',
  WIX_FUNCTION_MISSING: 'site owner',
  WIX_ASSERTION_REFUSED: 'site owner',
  WIX_SITE_NOT_READY: 'site owner',
  WIX_MEMBER_REFUSED: 'site owner',
  WIX_MEMBER_BLOCKED: 'site owner',
  WIX_MEMBER_PENDING: 'site owner',
  WIX_MEMBER_UNVERIFIED: 'site owner',
} as const satisfies Readonly<Record<ErrorCode, Turn>>;
