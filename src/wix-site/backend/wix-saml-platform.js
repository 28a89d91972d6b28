// What the site's code asks of Wix: a write that happens once, who a member is, a request to the outside.
// Only this file, wix-saml-secret.js, wix-saml-mint.js and the two entry files import modules of Wix.

import wixData from 'wix-data';
import { elevate } from 'wix-auth';
import { members } from 'wix-members.v2';
import { fetch } from 'wix-fetch';

/** Collection with the permissions "Admin" for everything; `expiresAt` serves its clean-up only. */
const COLLECTION = 'SamlAssertions';
/** The caller is an anonymous visitor; only this code may write here, and no hook of the site may interfere. */
const AS_SITE = { suppressAuth: true, suppressHooks: true };
/** Longest life of an assertion and its leeway are 120 s; a day is far beyond any clock that would be believed. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export const veloFetch = fetch;

/**
 * Atomic: Wix Data refuses a second item with the same `_id` (WDE0074). Asking first and inserting then would not be,
 * because queries may be answered by a mirror that lags behind.
 * @param {string} id
 * @param {Date} expiresAt kept for the clean-up only
 * @returns {Promise<boolean>} false when the id was claimed before; any other trouble rejects
 */
export async function claimOnce(id, expiresAt) {
  try {
    await wixData.insert(COLLECTION, { _id: id, expiresAt }, AS_SITE);
    return true;
  } catch (error) {
    if (/WDE0074/.test(String(error && error.code) + ' ' + String(error && error.message))) return false;
    throw error;
  }
}

/** For a scheduled job: removes records of assertions that nobody could use any more. Returns how many. */
export async function removeExpiredAssertions() {
  const before = new Date(Date.now() - KEPT_MS);
  const { items } = await wixData.query(COLLECTION).lt('expiresAt', before).limit(1000).find(AS_SITE);
  if (items.length > 0) {
    await wixData.bulkRemove(
      COLLECTION,
      items.map((item) => item._id),
      AS_SITE,
    );
  }
  return items.length;
}

/**
 * Who has one of these addresses. Whether Wix compares them regardless of case is not documented, so every spelling that
 * may be meant is asked for.
 * @param {string[]} addresses
 * @returns {Promise<Member[]>}
 */
export async function membersWith(addresses) {
  const found = [];
  for (const address of addresses) {
    // Without FULL, Wix answers UNKNOWN for everybody. Only functions of Wix can be elevated, hence no wrapper around both.
    const query = await elevate(members.queryMembers)({ fieldsets: ['FULL'] });
    const { items } = await query.eq('loginEmail', address).limit(2).find();
    found.push(...items.map(memberOf));
  }
  return found;
}

/**
 * @param {string} id
 * @returns {Promise<Member | null>} null when Wix says that there is no such member; any other trouble rejects
 */
export async function memberWithId(id) {
  try {
    return memberOf(await elevate(members.getMember)(id, { fieldsets: ['FULL'] }));
  } catch (error) {
    if (/NOT_?FOUND|\b404\b/i.test(String(error && error.code) + ' ' + String(error && error.message)))
      return null;
    throw error;
  }
}

/** Changes the given names and leaves the rest of the member's record as it is. */
export async function setNames(id, { nickname, ...contact }) {
  await elevate(members.updateMember)(id, {
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
    ...(nickname === undefined ? {} : { profile: { nickname } }),
  });
}

/**
 * @typedef {object} Member
 * @property {string} id
 * @property {string} status APPROVED, PENDING, BLOCKED, OFFLINE or UNKNOWN
 * @property {unknown} loginEmail as Wix has it
 * @property {{ firstName?: string, lastName?: string, nickname?: string }} names
 */
function memberOf(item) {
  const { firstName, lastName } = item.contact || {};
  const { nickname } = item.profile || {};
  return {
    id: String(item._id),
    status: String(item.status),
    loginEmail: item.loginEmail,
    names: { firstName, lastName, nickname },
  };
}
