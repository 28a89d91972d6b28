// Both ways to ask Wix for a member's session token; `mint` in the site's secret chooses. Needs the package @wix/identity.

import { authentication } from 'wix-members-backend';
import { authentication as identity } from '@wix/identity';
import { elevate } from 'wix-auth';
import { namesIn } from 'backend/wix-saml-names';

/** @type {Record<string, (email: string, profile?: object) => Promise<string>>} */
export const mints = {
  generateSessionToken: async (email) => authentication.generateSessionToken(email),
  /** Sign On (Developer Preview): also fills in the profile of a new member and updates that of a known one. */
  signOn: async (email, profile) => {
    const answer = await elevate(identity.signOn)({ email }, { profile: namesIn(profile) });
    return answer.sessionToken;
  },
};
