// Both ways to ask Wix for a member's session token; `mint` in the site's secret chooses. Needs the package @wix/identity.

import { authentication } from 'wix-members-backend';
import { authentication as identity } from '@wix/identity';
import { elevate } from 'wix-auth';

const NAMES = ['firstName', 'lastName', 'nickname'];

/** @type {Record<string, (email: string, profile?: object) => Promise<string>>} */
export const mints = {
  generateSessionToken: async (email) => authentication.generateSessionToken(email),
  /** Sign On (Developer Preview): also fills in the profile of a new member and updates that of a known one. */
  signOn: async (email, profile) => {
    const answer = await elevate(identity.signOn)({ email }, { profile: names(profile) });
    return answer.sessionToken;
  },
};

/** Only names, only texts of a sane length: a profile can carry far more than an IdP should decide. */
function names(profile) {
  const kept = {};
  for (const name of NAMES) {
    const value = profile && profile[name];
    if (typeof value === 'string' && value !== '' && value.length <= 100) kept[name] = value;
  }
  return kept;
}
