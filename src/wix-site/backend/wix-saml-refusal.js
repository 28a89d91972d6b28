// Every way in which the site says no: its code, HTTP status and sentence. The sentences hold no value of the request.

const REFUSALS = {
  SITE_REQUEST_INVALID: [400, 'The request is not a JSON object with an assertion.'],
  SITE_SIGNATURE_INVALID: [401, 'The assertion is not signed by a key that this site trusts.'],
  SITE_CLAIMS_INVALID: [401, 'The assertion lacks a claim or has one of the wrong kind.'],
  SITE_ISSUER_MISMATCH: [401, 'The assertion comes from another service provider.'],
  SITE_AUDIENCE_MISMATCH: [401, 'The assertion is meant for another site.'],
  SITE_ASSERTION_EXPIRED: [401, 'The assertion has expired. Compare the clocks.'],
  SITE_ASSERTION_NOT_YET_VALID: [401, 'The assertion was issued in the future. Compare the clocks.'],
  SITE_LIFETIME_TOO_LONG: [401, 'The assertion claims a life of more than 60 seconds.'],
  SITE_EMAIL_INVALID: [403, 'The e-mail address is not one that this site accepts.'],
  SITE_EMAIL_DOMAIN_NOT_ALLOWED: [403, 'The domain of the e-mail address is not on the list of this site.'],
  SITE_EMAIL_DENIED: [403, 'This member may not sign in through single sign-on.'],
  SITE_MEMBER_BLOCKED: [403, 'This member is blocked on the site.'],
  SITE_MEMBER_PENDING: [403, 'This member is waiting for approval by the site owner.'],
  SITE_MEMBER_UNVERIFIED: [
    403,
    'Somebody registered with this address before, and neither Wix nor the site owner vouches for it.',
  ],
  SITE_MEMBER_MISMATCH: [403, 'Wix issued the token for a member with another address.'],
  SITE_ASSERTION_USED: [409, 'The assertion was used before.'],
  SITE_FAILED: [500, 'The site could not complete the request.'],
  SITE_TOKEN_NOT_ISSUED: [502, 'Wix did not issue a session token.'],
  SITE_CONFIGURATION_MISSING: [503, 'The secret saml_config could not be read.'],
  SITE_CONFIGURATION_INVALID: [503, 'The secret saml_config is not valid.'],
  SITE_MINT_NOT_INSTALLED: [503, 'The configured way to issue session tokens is not installed on this site.'],
  SITE_MEMBER_STATUS_UNKNOWN: [503, 'The site could not find out whether this member may sign in.'],
  SITE_STORE_UNAVAILABLE: [503, 'The collection SamlAssertions could not be written.'],
  SITE_COLLECTION_OPEN: [503, 'The collection SamlAssertions is not for admins only.'],
  SITE_COLLABORATORS_UNKNOWN: [503, 'The site could not find out whether this member is a collaborator.'],
};

/** A refusal with its HTTP status; `reason` stays on the site and is for debugging only. */
export class Refusal extends Error {
  constructor(code, reason) {
    super(REFUSALS[code][1]);
    this.code = code;
    this.status = REFUSALS[code][0];
    this.reason = reason;
  }
}

/**
 * @param {keyof typeof REFUSALS} code
 * @param {unknown} [reason]
 */
export function refusal(code, reason) {
  return new Refusal(code, reason);
}
