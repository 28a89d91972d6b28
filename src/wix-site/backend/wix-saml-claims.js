// The rules for authentic claims: from our service provider, for this site, now, and about somebody whom this site wants.
// Pure: claims, expected values and the time in; a refusal or the normalised address out.

import { lowerCase } from 'backend/wix-saml-address';
import { refusal } from 'backend/wix-saml-refusal';

/** The contract's longest life, `exp - iat`, in seconds. */
const LIFETIME = 60;
/**
 * Seconds by which two synchronised servers may disagree, either way. A record in the store is never removed before
 * LIFETIME + 2 * LEEWAY have passed, so an assertion cannot outlive the memory of its use.
 */
const LEEWAY = 30;
const JTI = /^[A-Za-z0-9_-]{16,128}$/;
/** One conservative ASCII address, the same form that the service provider accepts: a dot-atom at a dotted host name. */
const EMAIL =
  /^[a-z0-9_+'&=~-]+(\.[a-z0-9_+'&=~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * @param {object} claims
 * @param {{ iss: string, aud: string }} expected
 * @param {number} now seconds since 1970
 */
export function checkClaims(claims, expected, now) {
  if (claims.iss !== expected.iss) throw refusal('SITE_ISSUER_MISMATCH');
  if (claims.aud !== expected.aud) throw refusal('SITE_AUDIENCE_MISMATCH');
  const { iat, exp, jti } = claims;
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp) || exp <= iat)
    throw refusal('SITE_CLAIMS_INVALID');
  if (typeof jti !== 'string' || !JTI.test(jti)) throw refusal('SITE_CLAIMS_INVALID');
  if (exp - iat > LIFETIME) throw refusal('SITE_LIFETIME_TOO_LONG');
  if (iat > now + LEEWAY) throw refusal('SITE_ASSERTION_NOT_YET_VALID');
  if (exp <= now - LEEWAY) throw refusal('SITE_ASSERTION_EXPIRED');
}

/**
 * @param {object} claims
 * @param {{ emailDomains: string[], deniedEmails: string[] }} policy the site's own, addresses in normal form
 * @returns {string} the member's address in lower case
 */
export function checkMember(claims, policy) {
  if (typeof claims.sub !== 'string' || claims.sub.length > 254) throw refusal('SITE_EMAIL_INVALID');
  const email = lowerCase(claims.sub);
  if (!EMAIL.test(email) || email.indexOf('@') > 64) throw refusal('SITE_EMAIL_INVALID');
  const domain = email.slice(email.indexOf('@') + 1);
  if (!policy.emailDomains.includes('*') && !policy.emailDomains.includes(domain)) {
    throw refusal('SITE_EMAIL_DOMAIN_NOT_ALLOWED');
  }
  if (policy.deniedEmails.includes(email)) throw refusal('SITE_EMAIL_DENIED');
  return email;
}
