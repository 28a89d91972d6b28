// Turns a service provider's signed assertion into a session token of one site member.
// Trusts a signature by a key of the site's own configuration, and nothing else in the request.
// Never mints for an address outside the site's own allow-list, twice for one assertion, or when a check could not be made.

import { claimOnce, memberWithId, membersWith, veloFetch } from 'backend/wix-saml-platform';
import { siteSecret } from 'backend/wix-saml-secret';
import { mints } from 'backend/wix-saml-mint';
import { refusal, Refusal } from 'backend/wix-saml-refusal';
import { readConfiguration, SECRET_NAME } from 'backend/wix-saml-configuration';
import { verifyCompactJws, assertionKey } from 'backend/wix-saml-jws';
import { checkClaims, checkMember } from 'backend/wix-saml-claims';
import { normalAddress } from 'backend/wix-saml-address';
import { isCollaborator } from 'backend/wix-saml-collaborators';
import {
  findProblems,
  functionProblems,
  knowsCollaborators,
  landingSeen,
  strangers,
} from 'backend/wix-saml-findings';
import { carryOut } from 'backend/wix-saml-leaver';
import { admitKnown, admitMinted, noteMaking } from 'backend/wix-saml-known';
import { readSessionToken } from 'backend/wix-saml-token';
import { updateNames } from 'backend/wix-saml-names';

/** Version of these files; the check answers it, so that an operator sees a site that was not updated. */
export const VERSION = '0.1.0';

const SESSION_TYPE = 'wix-saml+jwt';
const CHECK_TYPE = 'wix-saml-check+jwt';
const MEMBER_TYPE = 'wix-saml-member+jwt';
/** A JWS of ours has about 900 characters. */
const BODY_CHARS = 16 * 1024;
const NO_STORE = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
/** Statuses (Wix Members) in which a member may be signed in; OFFLINE never signed in before. */
const ADMITTED = ['APPROVED', 'OFFLINE'];

/**
 * @param {{ body: { text(): Promise<string> } }} request a WixHttpFunctionRequest
 * @returns {Promise<{ status: number, headers: object, body: object }>} 200 `{ sessionToken }`, else `{ error, message }`
 */
export function answerSamlSession(request) {
  return answer(async () => {
    const { claims, configuration } = await admit(request, SESSION_TYPE);
    const email = checkMember(claims, configuration);
    const spellings = [...new Set([email, claims.sub])];
    const since = Date.now();
    const found = await findMembers(spellings);
    for (const member of found) {
      refuseClosed(member);
      await refuseCollaborator(member, configuration);
      await admitKnown(member, email, configuration);
    }
    const mint = minting(configuration);
    await claim(claims, configuration);
    if (found.length === 0) await noteMaking(email);
    const sessionToken = await mintToken(mint, email, claims.profile);
    // Only the token says whom Wix found or made: a member in another spelling, or a new one who waits for approval.
    const minted = await mintedFor(sessionToken, spellings);
    for (const member of minted) {
      refuseClosed(member);
      if (normalAddress(member.loginEmail) !== email) throw refusal('SITE_MEMBER_MISMATCH');
      await refuseCollaborator(member, configuration);
      await admitMinted(member, { email, policy: configuration, found, spellings, since });
    }
    // Sign On has written them already.
    if (configuration.mint !== 'signOn') await updateNames(minted[0], claims.profile);
    return { sessionToken };
  });
}

/**
 * A command about a member, in the same envelope with a `typ` of its own, once.
 * @returns {Promise<{ status: number, headers: object, body: object }>} 200 `{ done }`, else `{ error, message }`
 */
export function answerSamlMember(request) {
  return answer(async () => {
    const { claims, configuration } = await admit(request, MEMBER_TYPE);
    await claim(claims, configuration);
    return carryOut(claims, configuration);
  });
}

/**
 * Same envelope, other `typ`; mints nothing and creates nobody. It does claim its own `jti`: that is the only way to
 * learn that the collection exists and can be written.
 * @returns {Promise<{ status: number, headers: object, body: object }>}
 */
export function answerSamlSessionCheck(request) {
  return answer(async () => {
    const { claims, configuration } = await admit(request, CHECK_TYPE);
    return {
      version: VERSION,
      time: Math.floor(Date.now() / 1000),
      issuer: configuration.iss,
      audience: configuration.aud,
      keys: configuration.keys.map((key) => key.kid),
      emailDomains: configuration.emailDomains,
      deniedEmails: configuration.deniedEmails.length,
      mint: configuration.mint,
      redeem: configuration.spBaseUrl ? ['page', 'backend'] : ['page'],
      preRegistered: configuration.preRegistered,
      collaborators: knowsCollaborators ? 'wix' : 'list',
      strangers: await strangers(configuration).then(
        ({ members }) => members.length,
        () => null,
      ),
      landing: await landingSeen(),
      problems: await checkProblems(claims, configuration),
    };
  });
}

/**
 * What a page asks of the service provider, asked by the site's backend instead. The address comes from the site's
 * configuration only: a caller cannot aim this request.
 * @param {string} path below the service provider's address
 * @param {object} input texts that were looked at
 * @returns {Promise<{ status: number, retryAfter: string | null, body: object }>} the service provider's answer
 */
export async function askServiceProvider(path, input) {
  const { spBaseUrl } = readConfiguration(await readSecret());
  if (!spBaseUrl) throw new Error('spBaseUrl is missing in the secret ' + SECRET_NAME);
  const reply = await veloFetch(spBaseUrl + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
    redirect: 'error',
  });
  return { status: reply.status, retryAfter: reply.headers.get('retry-after'), body: await reply.json() };
}

async function answer(work) {
  try {
    return { status: 200, headers: NO_STORE, body: await work() };
  } catch (error) {
    if (!(error instanceof Refusal)) console.error('wix-saml: unexpected failure', error && error.name);
    const known = error instanceof Refusal ? error : refusal('SITE_FAILED', error);
    if (known.status >= 500) console.error('wix-saml:', known.code);
    return { status: known.status, headers: NO_STORE, body: { error: known.code, message: known.message } };
  }
}

/** Signature first: an unsigned request learns nothing about the site but that it was refused. */
async function admit(request, type) {
  const assertion = await readAssertion(request);
  const configuration = readConfiguration(await readSecret());
  const claims = verifyCompactJws(assertion, { keys: configuration.keys, type });
  checkClaims(claims, configuration, Math.floor(Date.now() / 1000));
  return { claims, configuration };
}

async function readAssertion(request) {
  const text = await request.body.text().catch((error) => {
    throw refusal('SITE_REQUEST_INVALID', error);
  });
  if (typeof text !== 'string' || text.length > BODY_CHARS) throw refusal('SITE_REQUEST_INVALID');
  try {
    const { assertion } = JSON.parse(text);
    if (typeof assertion === 'string') return assertion;
  } catch (error) {
    throw refusal('SITE_REQUEST_INVALID', error);
  }
  throw refusal('SITE_REQUEST_INVALID');
}

async function readSecret() {
  try {
    return await siteSecret(SECRET_NAME);
  } catch (error) {
    throw refusal('SITE_CONFIGURATION_MISSING', error);
  }
}

/** What Wix does with a blocked member's token is not documented, so a closed member never gets one. */
function refuseClosed({ status }) {
  if (ADMITTED.includes(status)) return;
  if (status === 'BLOCKED') throw refusal('SITE_MEMBER_BLOCKED');
  if (status === 'PENDING') throw refusal('SITE_MEMBER_PENDING');
  throw refusal('SITE_MEMBER_STATUS_UNKNOWN');
}

/** Where Wix does not tell, the list in the secret must stand in for it. */
async function refuseCollaborator({ id }, { deniedEmails }) {
  const known = await isCollaborator(id).catch((error) => {
    if (deniedEmails.length === 0) throw refusal('SITE_COLLABORATORS_UNKNOWN', error);
    console.error('wix-saml: Wix does not tell who is a collaborator', error && error.name);
    return false;
  });
  if (known) throw refusal('SITE_EMAIL_DENIED');
}

function findMembers(spellings) {
  return membersWith(spellings).catch((error) => {
    throw refusal('SITE_MEMBER_STATUS_UNKNOWN', error);
  });
}

/**
 * The member whom the token is for, by the id in it; by the address where it has none that Wix knows.
 * @returns {Promise<import('./wix-saml-platform').Member[]>} at least one
 */
async function mintedFor(sessionToken, spellings) {
  const token = readSessionToken(sessionToken);
  // The owner's session can do more than any member's, listed in deniedEmails or not.
  if (token !== null && token.privileged) throw refusal('SITE_EMAIL_DENIED');
  const named =
    token === null
      ? null
      : await memberWithId(token.memberId).catch((error) => {
          throw refusal('SITE_MEMBER_STATUS_UNKNOWN', error);
        });
  const found = named === null ? await findMembers(spellings) : [named];
  if (found.length === 0) throw refusal('SITE_MEMBER_STATUS_UNKNOWN');
  return found;
}

async function claim(claims, configuration) {
  const fresh = await claimOnce(
    assertionKey(configuration.iss, claims.jti),
    new Date(claims.exp * 1000),
  ).catch((error) => {
    throw refusal('SITE_STORE_UNAVAILABLE', error);
  });
  if (!fresh) throw refusal('SITE_ASSERTION_USED');
}

function minting(configuration) {
  const mint = mints[configuration.mint];
  if (typeof mint !== 'function') throw refusal('SITE_MINT_NOT_INSTALLED');
  return mint;
}

async function mintToken(mint, email, profile) {
  const sessionToken = await mint(email, profile).catch((error) => {
    throw refusal('SITE_TOKEN_NOT_ISSUED', error);
  });
  if (typeof sessionToken !== 'string' || sessionToken === '') throw refusal('SITE_TOKEN_NOT_ISSUED');
  return sessionToken;
}

/** The claim is the only way to learn that the collection can be written. */
async function checkProblems(claims, configuration) {
  const problems = [
    ...(await findProblems(configuration)),
    ...(await functionProblems(configuration, 'samlSession', 'samlPage')),
  ];
  try {
    await claim(claims, configuration);
  } catch (error) {
    problems.push(error instanceof Refusal ? error.code : 'SITE_FAILED');
  }
  return [...new Set(problems)];
}
