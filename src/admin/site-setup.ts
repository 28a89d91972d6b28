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
  /** The site asks Wix who is the owner or a collaborator; that needs one more package on the site. */
  readonly collaborators: boolean;
  /** The site has an http-functions.js of its own. */
  readonly ownFunctions: boolean;
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
const DIGEST_CHARS = 22;
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
  const { into, oldModules, signOn, collaborators, ownFunctions } = choice;
  const editor = choice.editor ?? (into !== undefined && isSiteRepository(into) ? 'git' : 'editor');
  const fileChoice: SiteFileChoice = {
    oldModules,
    signOn,
    collaborators,
    ownFunctions,
    settings: { serviceProvider: ours.serviceProvider.baseUrl, site: site.name },
  };
  const secret = siteSecret(ours, site, signOn);
  const check = selfCheck(site, secret, system);
  const value = { ...secret, selfCheck: { hash: check.hash, until: check.until } };
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

/**
 * The site gets the token's hash, so that its secret lets nobody open the self-check. The address also says by a hash what
 * the secret holds: the site sees whether the secret is the one that came with this address.
 */
function selfCheck(
  { url, landingPage }: ReachableSite,
  secret: SiteSecret,
  { clock, random }: System,
): SelfCheck {
  const token = random.bytes(CHECK_TOKEN_BYTES).toString('base64url');
  return {
    link: `${url}${landingPage}?check=${token}.${secretDigest(secret)}`,
    hash: hashOf(token),
    until: new Date(clock.now() + CHECK_DAYS * DAY_MS).toISOString().slice(0, 10),
  };
}

interface SiteSecret {
  readonly iss: string;
  readonly aud: string;
  readonly jwks: ReturnType<typeof publicJwkSet>;
  readonly emailDomains: readonly string[];
}

/** The value of the site's secret. No private key is in it: a leak lets nobody sign in. */
const siteSecret = (
  { serviceProvider, emailDomains }: OwnSide,
  site: ReachableSite,
  signOn: boolean,
): SiteSecret => ({
  iss: serviceProvider.entityId,
  aud: site.url,
  jwks: publicJwkSet([site.exchange.key, ...(site.exchange.announced ?? [])]),
  emailDomains: emailDomains.get(site.name) ?? [],
  ...{ deniedEmails: [], spBaseUrl: serviceProvider.baseUrl },
  ...(signOn ? { mint: 'signOn' } : {}),
});

/** As `backend/wix-saml-self-check.js` makes it of what the secret holds. */
function secretDigest({ iss, aud, jwks, emailDomains }: SiteSecret): string {
  const parts = [iss, aud, jwks.keys.map(({ kid }) => kid).sort(), [...emailDomains].sort()];
  return hashOf(JSON.stringify(parts)).slice(0, DIGEST_CHARS);
}

const hashOf = (text: string): string => createHash('sha256').update(text, 'ascii').digest('base64url');
