// What the company says of its people: a member who was disabled there is blocked here, and one who was enabled again is let
// in again, if the block was ours. Trusts the same signature as a sign-in, with a `typ` of its own. Nobody is ever deleted,
// and whom the site's owner has blocked stays blocked.

import { checkMember } from 'backend/wix-saml-claims';
import { blockMember, membersWith, unblockMember } from 'backend/wix-saml-platform';
import { readRecord, removeRecord, writeRecord } from 'backend/wix-saml-records';
import { refusal } from 'backend/wix-saml-refusal';
import { isCollaborator } from 'backend/wix-saml-collaborators';

const COMMANDS = { block: blockLeaver, unblock: unblockLeaver };

/**
 * @param {object} claims authentic, and for this site
 * @param {object} configuration
 * @returns {Promise<{ done: boolean }>} `done: false` when there was nothing to do
 */
export async function carryOut(claims, configuration) {
  const command = Object.hasOwn(COMMANDS, String(claims.command)) ? COMMANDS[claims.command] : null;
  if (command === null) throw refusal('SITE_CLAIMS_INVALID');
  const email = checkMember(claims, configuration);
  const found = await orRefuse('SITE_MEMBER_STATUS_UNKNOWN', membersWith([email]));
  const outcomes = [];
  for (const member of found) outcomes.push(await command(member));
  return { done: outcomes.includes(true) };
}

/** A note goes before the block: cut off in between, the next attempt knows that it was ours. */
async function blockLeaver({ id, status }) {
  if (await orRefuse('SITE_COLLABORATORS_UNKNOWN', isCollaborator(id))) throw refusal('SITE_EMAIL_DENIED');
  const ours = await orRefuse('SITE_STORE_UNAVAILABLE', readRecord('blocked', id));
  // Blocked by the owner: not ours to note, and so never ours to take back.
  if (status === 'BLOCKED') {
    if (ours !== null && ours.done !== true) await noteBlock(id, true);
    return false;
  }
  await noteBlock(id, false);
  await orRefuse('SITE_FAILED', blockMember(id));
  await noteBlock(id, true);
  return true;
}

async function unblockLeaver({ id, status }) {
  const ours = await orRefuse('SITE_STORE_UNAVAILABLE', readRecord('blocked', id));
  if (ours === null || ours.done !== true) return false;
  if (status === 'BLOCKED') await orRefuse('SITE_FAILED', unblockMember(id));
  await orRefuse('SITE_STORE_UNAVAILABLE', removeRecord('blocked', id));
  return status === 'BLOCKED';
}

function noteBlock(id, done) {
  return orRefuse('SITE_STORE_UNAVAILABLE', writeRecord('blocked', id, { done }));
}

function orRefuse(code, work) {
  return work.catch((error) => {
    throw refusal(code, error);
  });
}
