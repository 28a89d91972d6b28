// A person's names in an assertion's `profile`, for the member's record. Best effort: names decide about nothing, so
// nothing that goes wrong with them costs anybody a sign-in.

import { setNames } from 'backend/wix-saml-platform';

const NAMES = ['firstName', 'lastName', 'nickname'];
const LONGEST = 100;
/** Wix gives the whole request 14 s. */
const PATIENCE_MS = 2000;

/** Only names, only texts of a sane length: a profile can carry far more than an IdP should decide. */
export function namesIn(profile) {
  const kept = {};
  for (const name of NAMES) {
    const value = profile && profile[name];
    if (typeof value === 'string' && value !== '' && value.length <= LONGEST) kept[name] = value;
  }
  return kept;
}

/**
 * Writes what differs from the member's record, if anything does.
 * @param {import('./wix-saml-platform').Member} member
 * @param {unknown} profile
 */
export async function updateNames(member, profile) {
  const changed = Object.entries(namesIn(profile)).filter(([name, value]) => member.names[name] !== value);
  if (changed.length === 0) return;
  const late = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
  });
  const written = setNames(member.id, Object.fromEntries(changed)).catch((error) => {
    console.error('wix-saml: the names of a member could not be written', error && error.name);
  });
  await Promise.race([written, late]);
}
