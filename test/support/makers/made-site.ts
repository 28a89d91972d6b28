// An emulated site with the files that `wix-saml site` writes for an owner who chose as the options say.

import { functionLines, makeSiteFiles } from '../../../src/admin/site-files';
import { inMode } from '../wix/mode';
import { startWixSite as startSite, type WixSite, type WixSiteOptions } from '../wix';

export function startWixSite(asked: WixSiteOptions = {}): Promise<WixSite> {
  const options = inMode(asked);
  const {
    serviceProvider = 'https://sso.example.com',
    site = 'portal',
    redeem = 'page',
  } = options.settings ?? {};
  const files = makeSiteFiles({
    oldModules: options.modules === 'old',
    signOn: options.signOn === true,
    collaborators: options.userMembers === true,
    ownFunctions: options.ownFunctions === true,
    settings: { serviceProvider, site, redeem },
  });
  return startSite({
    code: { ...(options.ownFunctions === true ? theirFunctions() : {}), ...Object.fromEntries(files) },
    ...options,
  });
}

/** What an owner with functions of their own has: a function, our lines, and the clean-up for their job. */
const theirFunctions = () => ({
  'backend/http-functions.js': [
    functionLines(),
    "export { removeExpiredAssertions } from 'backend/wix-saml';",
    'export function get_theirs() {\n  return null;\n}',
    '',
  ].join('\n'),
});
