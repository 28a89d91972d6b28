// What the site's owner may ask with the one-time address of the handout: how far the set-up is, and who of the members is to
// be adopted. The secret holds the address's hash, so nobody can open the check who was not given the address. The first
// browser that opens it keeps it; from another one, or after its last day, it is dead.

import { makeCollection, collectionState } from 'backend/wix-saml-collection';
import { readConfiguration, SECRET_NAME } from 'backend/wix-saml-configuration';
import { findProblems, functionProblems, strangers } from 'backend/wix-saml-findings';
import { sha256Base64url } from 'backend/wix-saml-jws';
import { remember } from 'backend/wix-saml-known';
import { memberWithId, veloFetch } from 'backend/wix-saml-platform';
import { readRecord, writeRecord, writeRecordOnce } from 'backend/wix-saml-records';
import { siteSecret } from 'backend/wix-saml-secret';

/** Token, and the first half of the hash of what the handout's secret says. */
const CHECK = /^([A-Za-z0-9_-]{32})\.([A-Za-z0-9_-]{22})$/;
const BROWSER = /^[A-Za-z0-9_-]{43}$/;
/** Our assertions live a minute. */
const CLOCK_SECONDS = 15;
/** As many as a person looks through at a time. */
const SHOWN = 20;

/**
 * @param {{ check: string, browser: string, decide?: { member: string, adopt: boolean } }} input
 * @returns {Promise<{ open: false, why: 'invalid' | 'ended' | 'elsewhere' } |
 *   { open: true, problems: string[], members: { id: string, email: string }[], more: boolean }>}
 */
export async function answerSelfCheck(input) {
  const { check, browser, decide } = input || {};
  const [, token, told] = CHECK.exec(String(check)) || [];
  if (token === undefined || !BROWSER.test(String(browser))) return { open: false, why: 'invalid' };
  const configuration = await configurationOrCode();
  // Without it nobody can be told apart. That it is missing or wrong every visitor learns from a failing sign-in.
  if (typeof configuration === 'string')
    return { open: true, problems: [configuration], members: [], more: false };
  const { selfCheck } = configuration;
  if (!selfCheck || sha256Base64url(token) !== selfCheck.hash) return { open: false, why: 'invalid' };
  if (Date.now() > selfCheck.until) return { open: false, why: 'ended' };
  if ((await collectionState()) === 'missing') await makeCollection();
  const bound = await bind(selfCheck, String(browser));
  if (bound === false) return { open: false, why: 'elsewhere' };
  // A store that cannot be written is what the owner has to see; members are shown to a browser that is known only.
  if (bound === null) return { ...(await report(configuration, told)), members: [], more: false };
  await writeRecord('landing', 'page', {}).catch(() => undefined);
  const waiting = await strangers(configuration).catch(() => ({ members: [], complete: true }));
  const left = await decided(waiting.members, decide);
  return {
    ...(await report(configuration, told)),
    members: left.slice(0, SHOWN).map(({ id, loginEmail }) => ({ id, email: String(loginEmail) })),
    more: left.length > SHOWN || !waiting.complete,
  };
}

/** Of what a handout fills in: whoever edits the secret sees that it is no longer the handout's. */
export function secretDigest({ iss, aud, keys, emailDomains }) {
  const parts = [iss, aud, keys.map(({ kid }) => kid).sort(), [...emailDomains].sort()];
  return sha256Base64url(JSON.stringify(parts)).slice(0, 22);
}

async function report(configuration, told) {
  // What rests on the secret's addresses is asked when they are the right ones.
  const asGiven = secretDigest(configuration) === told;
  const problems = [
    ...(await findProblems(configuration)),
    ...(asGiven
      ? await functionProblems(configuration, 'samlSession', 'samlSessionCheck')
      : ['SITE_CONFIGURATION_DIFFERS']),
    ...(asGiven ? await clockProblems(configuration) : []),
  ];
  return { open: true, problems };
}

/** @returns {Promise<boolean | null>} null where the store does not allow it */
async function bind({ hash, until }, browser) {
  const mine = sha256Base64url(browser);
  try {
    if (await writeRecordOnce('check', hash, { browser: mine }, new Date(until))) return true;
    const first = await readRecord('check', hash);
    return first !== null && first.browser === mine;
  } catch {
    return null;
  }
}

/** Only about members who wait for it: the address adopts nobody else. */
async function decided(waiting, decide) {
  const member = decide && waiting.find(({ id }) => id === decide.member);
  if (!member || typeof decide.adopt !== 'boolean' || (await memberWithId(member.id)) === null)
    return waiting;
  await remember(member, decide.adopt ? 'adopted' : 'rejected');
  return waiting.filter(({ id }) => id !== member.id);
}

/** The service provider's clock, as its answers are dated. */
async function clockProblems({ spBaseUrl }) {
  if (!spBaseUrl) return [];
  try {
    const reply = await veloFetch(spBaseUrl + '/healthz', { method: 'GET', redirect: 'error' });
    const theirs = Date.parse(reply.headers.get('date') || '');
    const off = Math.abs(Date.now() - theirs) / 1000;
    return off > CLOCK_SECONDS ? ['SITE_CLOCK_OFF'] : [];
  } catch {
    return ['SITE_SERVICE_PROVIDER_UNREACHABLE'];
  }
}

async function configurationOrCode() {
  try {
    return readConfiguration(await siteSecret(SECRET_NAME));
  } catch (error) {
    return error && error.code === 'SITE_CONFIGURATION_INVALID' ? error.code : 'SITE_CONFIGURATION_MISSING';
  }
}
