// What the site remembers beside used assertions, in the same collection and under names of its own: whom it minted for or
// adopted, that it is about to make a member, whom it has blocked, and which browser opened the self-check. Read consistently: a mirror that
// lags would take a colleague for a stranger.

import wixData from 'wix-data';
import { AS_SITE, COLLECTION } from 'backend/wix-saml-platform';

/** The clean-up removes what has expired; what stands here for good expires in a time that nobody sees. */
const FOR_GOOD = new Date('9999-12-31T00:00:00Z');
const PREFIX = 'wix-saml-';
const RECORDS = 1000;
const RECORD_PAGES = 10;

/**
 * @param {'member' | 'making' | 'blocked' | 'check' | 'landing'} kind
 * @param {string} id
 * @returns {Promise<object | null>} rejects when the collection cannot be read
 */
export async function readRecord(kind, id) {
  return wixData.get(COLLECTION, nameOf(kind, id), { ...AS_SITE, consistentRead: true });
}

/** Writes or replaces. `until` absent: for good. */
export async function writeRecord(kind, id, values, until = FOR_GOOD) {
  await wixData.save(COLLECTION, recordOf(kind, id, values, until), AS_SITE);
}

export async function removeRecord(kind, id) {
  await wixData.remove(COLLECTION, nameOf(kind, id), AS_SITE);
}

/** @returns {Promise<boolean>} false when somebody wrote it before; atomic, as for assertions */
export async function writeRecordOnce(kind, id, values, until) {
  try {
    await wixData.insert(COLLECTION, recordOf(kind, id, values, until), AS_SITE);
    return true;
  } catch (error) {
    if (/WDE0074/.test(String(error && error.code) + ' ' + String(error && error.message))) return false;
    throw error;
  }
}

/**
 * Ids of all records of a kind, as many as a site can be expected to have.
 * @returns {Promise<{ ids: Set<string>, complete: boolean }>}
 */
export async function recordedIds(kind) {
  const ids = new Set();
  let found = await wixData
    .query(COLLECTION)
    .eq('kind', kind)
    .limit(RECORDS)
    .find({ ...AS_SITE, consistentRead: true });
  for (let pages = 1; ; pages += 1) {
    for (const { of } of found.items) ids.add(of);
    const complete = !found.hasNext();
    if (complete || pages === RECORD_PAGES) return { ids, complete };
    found = await found.next();
  }
}

/** Never 64 hexadecimal characters, as the names of assertions are. */
function nameOf(kind, id) {
  return PREFIX + kind + '-' + id;
}

function recordOf(kind, id, values, until) {
  return { ...values, _id: nameOf(kind, id), kind, of: id, expiresAt: until };
}
