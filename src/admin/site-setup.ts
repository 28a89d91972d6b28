// Setting up one Wix site: the files for it, the value of its secret, and what its owner does by hand, with every value
// filled in. Holds public keys only.

import type { ServiceProvider } from '../saml/service-provider';
import type { ReachableSite } from '../wix/open-site';
import { publicJwkSet } from '../wix/public-jwk';
import { pageCode, writeSiteFiles, type WrittenFiles } from './site-files';

/** Name of the site's one secret, as `backend/wix-saml-configuration.js` reads it. */
export const secretName = 'saml_config';
export const collectionName = 'SamlAssertions';

/** What we are, without any IdP: a site is set up before an IdP's metadata is here. */
export interface OwnSide {
  readonly serviceProvider: ServiceProvider;
  readonly sites: ReadonlyMap<string, ReachableSite>;
  /** Mail domains of all connections of a site, by the site's name; `*` for every domain. */
  readonly emailDomains: ReadonlyMap<string, readonly string[]>;
}

export interface SiteSetupChoice {
  /** The site's repository, or a directory. */
  readonly into: string;
  /** For sites that lack Wix's newer modules. */
  readonly oldModules: boolean;
  /** Wix’s Sign On API makes the session; that needs one more package on the site. */
  readonly signOn: boolean;
}

export interface SiteSetup {
  readonly site: ReachableSite;
  readonly files: WrittenFiles;
  /** For the site's Secrets Manager. */
  readonly secret: { readonly name: string; readonly value: object };
  readonly collection: string;
  readonly steps: readonly SiteStep[];
}

/** One thing that the owner does by hand: text, perhaps code to paste, perhaps text behind it. */
export interface SiteStep {
  readonly text: readonly string[];
  readonly code?: string;
  readonly after?: string;
}

/** The named site, or the only one; undefined when that names none. */
export function chooseSite({ sites }: OwnSide, name: string | undefined): ReachableSite | undefined {
  if (name !== undefined) return sites.get(name);
  const [only, ...others] = sites.values();
  return others.length === 0 ? only : undefined;
}

/** Writes the files (what is the owner's own is left alone) and says what is left. */
export function setUpSite(ours: OwnSide, site: ReachableSite, choice: SiteSetupChoice): SiteSetup {
  const { into, oldModules, signOn } = choice;
  const files = writeSiteFiles(into, {
    oldModules,
    signOn,
    settings: { serviceProvider: ours.serviceProvider.baseUrl, site: site.name },
  });
  const value = siteSecret(ours, site, signOn);
  return {
    site,
    files,
    secret: { name: secretName, value },
    collection: collectionName,
    steps: siteSteps(ours, site, { secret: value, packages: packagesFor(choice) }),
  };
}

/** The value of the site's secret. No private key is in it: a leak lets nobody sign in. */
function siteSecret(
  { serviceProvider, emailDomains }: OwnSide,
  site: ReachableSite,
  signOn: boolean,
): object {
  return {
    iss: serviceProvider.entityId,
    aud: site.url,
    jwks: publicJwkSet([site.exchange.key, ...(site.exchange.announced ?? [])]),
    emailDomains: emailDomains.get(site.name) ?? [],
    deniedEmails: [],
    spBaseUrl: serviceProvider.baseUrl,
    ...(signOn ? { mint: 'signOn' } : {}),
  };
}

/** What the files import that a site does not have by itself. */
const packagesFor = ({ oldModules, signOn }: SiteSetupChoice): string[] => [
  ...(oldModules ? [] : ['@wix/authentication']),
  ...(signOn ? ['@wix/identity'] : []),
];

/** An ordinary link: without a challenge the service provider leads to the landing page, which starts properly. */
const signInLink = (baseUrl: string, site: ReachableSite): string =>
  `${baseUrl}/saml/login?site=${encodeURIComponent(site.name)}&return_to=%2Fmembers`;

function siteSteps(
  { serviceProvider }: OwnSide,
  site: ReachableSite,
  { secret, packages }: { readonly secret: object; readonly packages: readonly string[] },
): SiteStep[] {
  return [
    { text: ['Switch on Dev Mode in the editor, and add the Members Area app if the site has none.'] },
    {
      text: [
        'Bring the four files into backend/ and public/ of the site: by Git integration, or one by one in the editor’s',
        'code panel.',
        ...(packages.length === 0
          ? []
          : [`Install from npm on the site (code panel, Packages): ${packages.join(', ')}.`]),
      ],
    },
    {
      text: [
        `Dashboard, Developer Tools, Secrets Manager: store a secret named ${secretName} with this value:`,
      ],
      code: JSON.stringify(secret, undefined, 2),
      after:
        'Put the addresses of the site’s owner and collaborators into "deniedEmails": their sessions can do more.',
    },
    {
      text: [
        `CMS: create a collection named ${collectionName} with a field "expiresAt" (Date and Time).`,
        'Permissions: Admin only, for reading, adding, changing and deleting.',
      ],
    },
    {
      text: [
        `Create a page with the address ${site.landingPage}, hidden from the menu and from search engines,`,
        'with a text #status that says “Signing you in…”, a text #reference and a button #signInButton, the latter two',
        'hidden on load. Its code:',
      ],
      code: pageCode('landing'),
    },
    {
      text: [
        'On every page with a sign-in button: its id is #signInButton, and it links, in the same window, to',
        `${signInLink(serviceProvider.baseUrl, site)} (the page to come to is the part behind return_to).`,
        'The code of such a page:',
      ],
      code: pageCode('sign-in-button'),
    },
    {
      text: [
        'On every page for members: let everyone open it (page settings, Permissions), or people meet Wix’s own form',
        'first. Take Wix’s login bar off the pages, or its form is one click away. The code of such a page:',
      ],
      code: pageCode('members-page'),
    },
    { text: [`Publish the site, then run: wix-saml check --site ${site.name}`] },
  ];
}
