// Setting up one Wix site: the files for it, the value of its secret, and what its owner does by hand, with every value
// filled in. Holds public keys only.

import { createHash } from 'node:crypto';
import type { ServiceProvider } from '../saml/service-provider';
import type { ReachableSite } from '../wix/open-site';
import { publicJwkSet } from '../wix/public-jwk';
import type { System } from './deployment';
import {
  isSiteRepository,
  makeSiteFiles,
  writeSiteFiles,
  type SiteFileChoice,
  type WrittenFiles,
} from './site-files';
import type { Editor } from './site-places';
import { siteSteps, type SiteStep } from './site-steps';

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
  /** The site's repository, or a directory; undefined: the files are in the handout only. */
  readonly into: string | undefined;
  /** Whose words the steps use; undefined: Git's for a repository, else the Wix Editor's. */
  readonly editor: Editor | undefined;
  /** For sites that lack Wix's newer modules. */
  readonly oldModules: boolean;
  /** Wix’s Sign On API makes the session; that needs one more package on the site. */
  readonly signOn: boolean;
}

export interface SiteSetup {
  readonly site: ReachableSite;
  readonly editor: Editor;
  /** undefined where none were written. */
  readonly files: WrittenFiles | undefined;
  /** Texts of the site's files by name. */
  readonly texts: ReadonlyMap<string, string>;
  /** For the site's Secrets Manager. */
  readonly secret: { readonly name: string; readonly value: object };
  readonly collection: string;
  /** One-time address, for the owner; dead after `until`. */
  readonly check: { readonly link: string; readonly until: string };
  readonly steps: readonly SiteStep[];
}

const CHECK_TOKEN_BYTES = 24;
/** Long enough for an owner who does it next week. */
const CHECK_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The named site, or the only one; undefined when that names none. */
export function chooseSite({ sites }: OwnSide, name: string | undefined): ReachableSite | undefined {
  if (name !== undefined) return sites.get(name);
  const [only, ...others] = sites.values();
  return others.length === 0 ? only : undefined;
}

/** Writes the files, if they are to be written (what is the owner's own is left alone), and says what is left. */
export function setUpSite(
  ours: OwnSide,
  site: ReachableSite,
  choice: SiteSetupChoice,
  system: System,
): SiteSetup {
  const { into, oldModules, signOn } = choice;
  const editor = choice.editor ?? (into !== undefined && isSiteRepository(into) ? 'git' : 'editor');
  const fileChoice: SiteFileChoice = {
    oldModules,
    signOn,
    settings: { serviceProvider: ours.serviceProvider.baseUrl, site: site.name },
  };
  const check = selfCheck(site, system);
  const value = siteSecret(ours, { site, signOn, check });
  const steps = siteSteps({
    editor,
    choice,
    site: site.name,
    siteUrl: site.url,
    serviceProvider: ours.serviceProvider.baseUrl,
    landingPage: site.landingPage,
    secret: { name: secretName, value: JSON.stringify(value, undefined, 2) },
    collection: collectionName,
    checkLink: check.link,
  });
  return {
    site,
    editor,
    files: into === undefined ? undefined : writeSiteFiles(into, fileChoice),
    texts: makeSiteFiles(fileChoice),
    secret: { name: secretName, value },
    collection: collectionName,
    check: { link: check.link, until: check.until },
    steps,
  };
}

interface SelfCheck {
  readonly link: string;
  readonly hash: string;
  /** A day, in UTC. */
  readonly until: string;
}

/** The site gets the hash, so that its secret lets nobody open the self-check. */
function selfCheck({ url, landingPage }: ReachableSite, { clock, random }: System): SelfCheck {
  const token = random.bytes(CHECK_TOKEN_BYTES).toString('base64url');
  return {
    link: `${url}${landingPage}?check=${token}`,
    hash: createHash('sha256').update(token).digest('base64url'),
    until: new Date(clock.now() + CHECK_DAYS * DAY_MS).toISOString().slice(0, 10),
  };
}

interface SecretParts {
  readonly site: ReachableSite;
  readonly signOn: boolean;
  readonly check: SelfCheck;
}

/** The value of the site's secret. No private key is in it: a leak lets nobody sign in. */
function siteSecret(
  { serviceProvider, emailDomains }: OwnSide,
  { site, signOn, check }: SecretParts,
): object {
  return {
    iss: serviceProvider.entityId,
    aud: site.url,
    jwks: publicJwkSet([site.exchange.key]),
    emailDomains: emailDomains.get(site.name) ?? [],
    deniedEmails: [],
    spBaseUrl: serviceProvider.baseUrl,
    ...(signOn ? { mint: 'signOn' } : {}),
    selfCheck: { hash: check.hash, until: check.until },
  };
}
