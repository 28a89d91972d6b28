// Whether a member is the person whom the assertion names, or somebody who registered here with a colleague's address
// before. The site remembers whom it minted for; everybody else must have an address that Wix has verified, or be adopted
// by the owner. What Wix does not tell counts as not verified.

import { assertionKey } from 'backend/wix-saml-jws';
import { readRecord, writeRecord } from 'backend/wix-saml-records';
import { refusal } from 'backend/wix-saml-refusal';

/** A registration of so short ago may not be found by a query yet; the clocks of Wix may differ by as much. */
const JUST_NOW_MS = 10 * 1000;
/** How long after the site began to make a member that member may still be its own work. */
const MAKING_MS = 2 * 60 * 1000;
const A_DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A member whom the address led to, before anything is minted.
 * @param {import('./wix-saml-platform').Member} member
 * @param {string} email normal form
 * @param {{ preRegistered: 'refuse' | 'accept' }} policy
 */
export async function admitKnown(member, email, policy) {
  const how = await howKnown(member);
  if (how === 'rejected') throw refusal('SITE_MEMBER_UNVERIFIED');
  if (how !== null) return;
  if (policy.preRegistered === 'accept') return remember(member, 'accepted');
  if (member.verified === true) return remember(member, 'verified');
  // The site made this member a moment ago and was cut off before it could remember.
  if (await wasBeingMade(member, email)) return remember(member, 'minted');
  throw refusal('SITE_MEMBER_UNVERIFIED');
}

/** Nobody has the address yet, so whoever has it right after the mint is the site's own work. */
export function noteMaking(email) {
  const now = Date.now();
  return stored(writeRecord('making', nameFor(email), { at: now }, new Date(now + A_DAY_MS)));
}

/**
 * The member whom the token is for.
 * @param {import('./wix-saml-platform').Member} member
 * @param {{ email: string, policy: object, found: object[], spellings: string[], since: number }} before what was known
 *   before the mint: members with one of the spellings that were asked for; `since` is the moment of asking
 */
export async function admitMinted(member, { email, policy, found, spellings, since }) {
  if (found.some(({ id }) => id === member.id)) return;
  // In a spelling that was asked for it would have been found; in another one, Wix had it already. Then it is judged.
  const made =
    spellings.includes(member.loginEmail) &&
    !found.some(({ loginEmail }) => loginEmail === member.loginEmail) &&
    !(member.createdAt < since - JUST_NOW_MS);
  if (made && (await howKnown(member)) === null) return remember(member, 'minted');
  return admitKnown(member, email, policy);
}

/** @returns {Promise<string | null>} 'minted', 'verified', 'accepted', 'adopted' or 'rejected' */
export async function howKnown({ id }) {
  const record = await stored(readRecord('member', id));
  return record === null ? null : String(record.how);
}

export function remember({ id }, how) {
  return stored(writeRecord('member', id, { how }));
}

/** The mint writes the address as it is asked for, so another spelling is somebody else's. */
async function wasBeingMade({ createdAt, loginEmail }, email) {
  if (loginEmail !== email) return false;
  const note = await stored(readRecord('making', nameFor(email)));
  return note !== null && createdAt >= note.at - JUST_NOW_MS && createdAt <= note.at + MAKING_MS;
}

/** No address stands in the collection. */
function nameFor(email) {
  return assertionKey('making', email);
}

function stored(work) {
  return work.catch((error) => {
    throw refusal('SITE_STORE_UNAVAILABLE', error);
  });
}
