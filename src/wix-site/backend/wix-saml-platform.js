// What the site's code asks of Wix: a write that happens once, who a member is, a request to the outside.
// Only this file, wix-saml-records.js, those that have variants (secret, mint, collection, collaborators) and the two entry
// files import modules of Wix.

import wixData from 'wix-data';
import { elevate } from 'wix-auth';
import { members } from 'wix-members.v2';
import { fetch } from 'wix-fetch';

/** Collection with the permissions "Admin" for everything; `expiresAt` serves its clean-up only. */
export const COLLECTION = 'SamlAssertions';
/** The caller is an anonymous visitor; only this code may write here, and no hook of the site may interfere. */
export const AS_SITE = { suppressAuth: true, suppressHooks: true };
/** Longest life of an assertion and its leeway are 120 s; a day is far beyond any clock that would be believed. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Pages of members, and members on a page. */
const PAGES = 10;
const PAGE = 100;

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

/**
 * Everybody, for the owner's eyes; a site with more members than this is looked at in part.
 * @returns {Promise<{ members: Member[], complete: boolean }>}
 */
export async function allMembers() {
  const everybody = [];
  let page = await (await elevate(members.queryMembers)({ fieldsets: ['FULL'] })).limit(PAGE).find();
  for (let pages = 1; ; pages += 1) {
    everybody.push(...page.items.map(memberOf));
    const complete = !(page.hasNext && page.hasNext());
    if (complete || pages === PAGES) return { members: everybody, complete };
    page = await page.next();
  }
}

/** Changes the given names and leaves the rest of the member's record as it is. */
export async function setNames(id, { nickname, ...contact }) {
  await elevate(members.updateMember)(id, {
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
    ...(nickname === undefined ? {} : { profile: { nickname } }),
  });
}

/** A member who cannot sign in any more; Wix ends their sessions. */
export async function blockMember(id) {
  await elevate(members.blockMember)(id);
}

/** Lets a blocked member in again. */
export async function unblockMember(id) {
  await elevate(members.approveMember)(id);
}

/**
 * @typedef {object} Member
 * @property {string} id
 * @property {string} status APPROVED, PENDING, BLOCKED, OFFLINE or UNKNOWN
 * @property {unknown} loginEmail as Wix has it
 * @property {boolean | undefined} verified whether Wix has verified the address; undefined where it does not say
 * @property {number} createdAt milliseconds; NaN where Wix does not say
 * @property {{ firstName?: string, lastName?: string, nickname?: string }} names
 */
function memberOf(item) {
  const { firstName, lastName } = item.contact || {};
  const { nickname } = item.profile || {};
  return {
    id: String(item._id),
    status: String(item.status),
    loginEmail: item.loginEmail,
    verified: item.loginEmailVerified,
    createdAt: Date.parse(item._createdDate),
    names: { firstName, lastName, nickname },
  };
}
