// What the owner of a Wix site does by hand, with every value filled in. Holds public keys only.

import type { OurSide, SiteConfig } from '../config/config';
import { publicJwkSet } from '../wix/public-jwk';
import { pageCode, type CopiedFiles } from '../admin/site-files';

/** Name of the site's one secret, as `backend/wix-saml-configuration.js` reads it. */
export const secretName = 'saml_config';
export const collectionName = 'SamlAssertions';

/** The value of the site's secret. No private key is in it: a leak lets nobody sign in. */
export function siteSecret(ours: OurSide, site: SiteConfig, signOn: boolean): object {
  return {
    iss: ours.serviceProvider.entityId,
    aud: site.url,
    jwks: publicJwkSet([site.exchange.key]),
    emailDomains: ours.emailDomains.get(site.name) ?? [],
    deniedEmails: [],
    spBaseUrl: ours.serviceProvider.baseUrl,
    ...(signOn ? { mint: 'signOn' } : {}),
  };
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `     ${line}`.trimEnd())
    .join('\n');

export interface SiteTask {
  readonly ours: OurSide;
  readonly site: SiteConfig;
  readonly copied: CopiedFiles;
  /** Wix’s Sign On API makes the session; that needs one more package on the site. */
  readonly signOn: boolean;
}

export function siteSteps({ ours, site, copied, signOn }: SiteTask): string[] {
  return [
    `Files for the site "${site.name}" (${site.url}) are in ${copied.target}:`,
    ...copied.written.map((name) => `  ${name}`),
    ...copied.kept.map((name) => `  ${name} was there and was left alone${keptHint(name, ours, site)}`),
    '',
    '1. Switch on Dev Mode in the editor, and add the Members Area app if the site has none.',
    '2. Bring backend/ and public/ into the site: by Git integration, or file by file in the editor’s code panel.',
    `   Install the npm package${signOn ? 's @wix/authentication and @wix/identity' : ' @wix/authentication'} on the site (code panel, Packages).`,
    `3. Dashboard, Developer Tools, Secrets Manager: store a secret named ${secretName} with this value:`,
    '',
    indented(JSON.stringify(siteSecret(ours, site, signOn), undefined, 2)),
    '',
    '   Put the addresses of the site’s owner and collaborators into "deniedEmails": their sessions can do more.',
    `4. CMS: create a collection named ${collectionName} with a field "expiresAt" (Date and Time).`,
    '   Permissions: Admin only, for reading, adding, changing and deleting.',
    `5. Create a page with the address ${site.landingPage}, hidden from the menu and from search engines,`,
    '   with a text #status, a text #reference and a button #signInButton. Its code:',
    '',
    indented(pageCode('landing')),
    '',
    '6. On every page with a sign-in button (#signInButton):',
    '',
    indented(pageCode('sign-in-button')),
    '',
    `7. Publish the site, then run: wix-saml check --site ${site.name}`,
  ];
}

function keptHint(name: string, { serviceProvider }: OurSide, site: SiteConfig): string {
  return name.endsWith('settings.js')
    ? `: it must say serviceProvider: '${serviceProvider.baseUrl}' and site: '${site.name}'.`
    : ': add the two functions post_samlSession and post_samlSessionCheck to it.';
}
