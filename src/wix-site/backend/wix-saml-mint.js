// How Wix is asked for a member's session token: by Velo's own function. A site that has @wix/identity installed and
// wants Sign On takes the file of the same name from sign-on/backend; importing a package that is not installed would
// break the site's build, so this file cannot offer both.

import { authentication } from 'wix-members-backend';

/** @type {Record<string, (email: string, profile?: object) => Promise<string>>} */
export const mints = {
  /** Finds the member or creates one, and answers a token that is usable for about two minutes. It knows no profile; names are written afterwards. */
  generateSessionToken: async (email) => authentication.generateSessionToken(email),
};
