// Turns the text of the site's one secret into checked configuration. Anything doubtful refuses every sign-in:
// a site that is half configured must not mint tokens.

import { Buffer } from 'buffer';
import { normalAddress } from 'backend/wix-saml-address';
import { refusal } from 'backend/wix-saml-refusal';

/** Name in the Secrets Manager. Wix reserves names that start with "wix". */
export const SECRET_NAME = 'saml_config';

/** `/session-token` of a service provider on a developer's machine; everything else must be https. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/[^?#\s]*)?$/;
const DOMAIN = /^(\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)$/;
const COORDINATE = /^[A-Za-z0-9_-]{43}$/;

/**
 * @typedef {object} SiteConfiguration
 * @property {string} iss entityID of the service provider, compared exactly
 * @property {string} aud address of this site as the service provider knows it (`sites.<name>.url`), compared exactly
 * @property {{ kid: string, x: string, y: string }[]} keys its public P-256 keys (RFC 7517, RFC 7518 §6.2.1); several
 *   while a key is being replaced. In the secret: `jwks: { keys: [...] }`
 * @property {string[]} emailDomains whose members may sign in, compared exactly; `*` for all has to be written out
 * @property {string[]} deniedEmails who may not, in normal form: the site owner and collaborators, whose sessions can do more
 * @property {'generateSessionToken' | 'signOn'} mint how Wix is asked for the token
 * @property {'refuse' | 'accept'} preRegistered what becomes of members whom the site does not know and Wix has not verified
 * @property {{ hash: string, until: number }} [selfCheck] of the owner's one-time address: its hash, and the last millisecond
 * @property {string} [spBaseUrl] address of the service provider; needed only where the backend redeems tickets
 */

/**
 * @param {unknown} secret what the Secrets Manager answered; documented both as a text and as `{ value }`
 * @returns {SiteConfiguration}
 */
export function readConfiguration(secret) {
  const value = parse(secret && typeof secret === 'object' ? secret.value : secret);
  const keys = value.jwks && Array.isArray(value.jwks.keys) ? value.jwks.keys : [];
  const mint = value.mint === undefined ? 'generateSessionToken' : value.mint;
  const preRegistered = value.preRegistered === undefined ? 'refuse' : value.preRegistered;
  const deniedEmails = value.deniedEmails === undefined ? [] : value.deniedEmails;
  const sound =
    isText(value.iss) &&
    isText(value.aud) &&
    keys.length > 0 &&
    keys.every(isPublicKey) &&
    new Set(keys.map((key) => key.kid)).size === keys.length &&
    isList(value.emailDomains, (domain) => DOMAIN.test(domain)) &&
    value.emailDomains.length > 0 &&
    // An entry that cannot be compared would never deny anybody.
    isList(deniedEmails, (email) => normalAddress(email) !== null) &&
    (mint === 'generateSessionToken' || mint === 'signOn') &&
    (preRegistered === 'refuse' || preRegistered === 'accept') &&
    (value.selfCheck === undefined || isSelfCheck(value.selfCheck)) &&
    (value.spBaseUrl === undefined || isServiceProviderUrl(value.spBaseUrl));
  if (!sound) throw refusal('SITE_CONFIGURATION_INVALID');
  return {
    iss: value.iss,
    aud: value.aud,
    keys,
    emailDomains: value.emailDomains,
    deniedEmails: deniedEmails.map(normalAddress),
    mint,
    preRegistered,
    selfCheck: value.selfCheck && { hash: value.selfCheck.hash, until: endOf(value.selfCheck.until) },
    spBaseUrl: value.spBaseUrl && value.spBaseUrl.replace(/\/+$/, ''),
  };
}

function parse(text) {
  if (!isText(text)) throw refusal('SITE_CONFIGURATION_MISSING');
  try {
    const value = JSON.parse(text);
    if (value && typeof value === 'object') return value;
  } catch {
    // The parser quotes the text in its message; the text must not travel any further.
  }
  throw refusal('SITE_CONFIGURATION_INVALID');
}

/** A private key has no business on the site: with it, a leak of the secret could mint for anyone. */
function isPublicKey(key) {
  return (
    key !== null &&
    typeof key === 'object' &&
    isText(key.kid) &&
    key.kty === 'EC' &&
    key.crv === 'P-256' &&
    key.d === undefined &&
    [key.x, key.y].every((part) => typeof part === 'string' && COORDINATE.test(part) && bytes(part) === 32)
  );
}

function bytes(base64url) {
  return Buffer.from(base64url, 'base64').length;
}

function isSelfCheck(value) {
  return (
    value !== null && isText(value.hash) && COORDINATE.test(value.hash) && !Number.isNaN(endOf(value.until))
  );
}

/** A day, to its end in UTC. */
function endOf(day) {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day + 'T23:59:59.999Z') : NaN;
}

function isServiceProviderUrl(url) {
  return isText(url) && (/^https:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/.test(url) || LOOPBACK.test(url));
}

function isList(value, accepts) {
  return Array.isArray(value) && value.every((entry) => isText(entry) && accepts(entry));
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}
