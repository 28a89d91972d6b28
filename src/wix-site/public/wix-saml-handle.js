// The handle of the member's session at the service provider, kept in this browser beside the member's id. By it the page
// asks whether the session lives, and ends it. It belongs to one member: another's is deleted, and whoever has none (a
// member with a password, an older sign-in) is left alone.

import { currentMember } from 'wix-members-frontend';
import { forgetForBrowser, keepForBrowser, recallForBrowser } from 'public/wix-saml-browser';

const HANDLE = /^[A-Za-z0-9_-]{43}$/;
/** A handle that came with a sign-in is the next member's who is seen, for this long. */
const CLAIM_MS = 15 * 60 * 1000;

/**
 * @typedef {object} KeptHandle
 * @property {string} handle
 * @property {string | null} member id; null until the member was seen
 * @property {number} at when it came
 * @property {number} aliveAt when the service provider last said that the session lives
 * @property {number} checkEvery seconds
 * @property {number} grace seconds without an answer for which the session goes on
 * @property {string} serviceProvider
 * @property {'page' | 'backend'} by
 */

/** Keeps what came with a session token; nothing where the service provider sends no handle. */
export function keepHandle({ signOutHandle, session }, route) {
  forgetHandle();
  if (typeof signOutHandle !== 'string' || !HANDLE.test(signOutHandle)) return;
  const { checkEvery, grace } = session || {};
  const at = Date.now();
  write({
    handle: signOutHandle,
    member: null,
    at,
    aliveAt: at,
    checkEvery: seconds(checkEvery, 300),
    grace: seconds(grace, 3600),
    ...route,
  });
}

export function forgetHandle() {
  forgetForBrowser('session');
}

/** The session was just said to live. */
export function noteAlive(kept) {
  write({ ...kept, aliveAt: Date.now() });
}

/** Kept again, as it was. */
export function restoreHandle(kept) {
  write(kept);
}

/**
 * The handle of whoever is signed in now.
 * @returns {Promise<KeptHandle | null>} null for a member who has none
 */
export async function ownHandle() {
  const kept = read();
  if (kept === null) return null;
  const member = await memberId();
  // Where Wix does not tell, a handle that nobody has claimed is as good as one's own.
  if (member === null) return kept.member === null ? kept : null;
  if (kept.member === member) return kept;
  const isNew = kept.member === null && Date.now() - kept.at < CLAIM_MS;
  // A sign-in in another tab may have put a new one there meanwhile.
  const now = read();
  if (now === null || now.handle !== kept.handle) return null;
  if (!isNew) {
    forgetHandle();
    return null;
  }
  const claimed = { ...kept, member };
  write(claimed);
  return claimed;
}

async function memberId() {
  try {
    const member = await currentMember.getMember();
    return member && typeof member._id === 'string' ? member._id : null;
  } catch {
    return null;
  }
}

function read() {
  try {
    const kept = JSON.parse(recallForBrowser('session') || 'null');
    return kept !== null && HANDLE.test(kept.handle) ? kept : null;
  } catch {
    return null;
  }
}

function write(kept) {
  keepForBrowser('session', JSON.stringify(kept));
}

function seconds(value, otherwise) {
  return Number.isFinite(value) && value >= 0 ? value : otherwise;
}
