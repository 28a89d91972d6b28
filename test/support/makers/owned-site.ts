// A site that its owner sets up from what `wix-saml site` writes, on an emulated Wix, for a service provider whose clock the
// site can see.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkSites, type SiteReport } from '../../../src/admin/check-site';
import type { Deployment } from '../../../src/admin/deployment';
import { functionLines } from '../../../src/admin/site-files';
import { setUpSite, type SiteSetup, type SiteSetupChoice } from '../../../src/admin/site-setup';
import { systemClock, systemRandom } from '../../../src/server/system';
import { startWixSite as startSite, type TabSnapshot, type WixSite, type WixSiteOptions } from '../wix';
import { inMode } from '../wix/mode';
import { makeExample } from './configuration';

const system = { clock: systemClock, random: systemRandom };

/** All that the secret holds, as it is typed. */
export type SecretValue = Record<string, unknown>;

export interface OwnedSite {
  readonly site: WixSite;
  readonly setup: SiteSetup;
  readonly secret: SecretValue;
  readonly code: Readonly<Record<string, string>>;
  /** Path and query of the one-time address. */
  readonly checkPath: string;
  /** `wix-saml check --site`. */
  check(): Promise<SiteReport>;
  stop(): Promise<void>;
}

/** Making its keys takes a second, and no test changes it. */
let loaded: ReturnType<typeof load> | undefined;

async function load() {
  const example = makeExample();
  const config = await example.load();
  example.remove();
  return config;
}

/** Nothing is on the site yet: neither files nor secret. */
export async function emptySite(
  choice: Partial<SiteSetupChoice> = {},
  options: WixSiteOptions = {},
): Promise<OwnedSite> {
  const config = await (loaded ??= load());
  const service: Server = createServer((_request, response) => void response.end('{}'));
  await once(service.listen(0, '127.0.0.1'), 'listening');
  const baseUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const site = await startSite(options);
  const portal = { ...config.sites.get('portal')!, url: site.url };
  const sites = new Map([['portal', portal]]);
  const serviceProvider = { ...config.serviceProvider, baseUrl };
  const deployment: Deployment = { ...config, sites };
  const ours = { serviceProvider, sites, emailDomains: new Map([['portal', ['acme.com']]]) };
  // What a site of this mode has, its files are made for.
  const mode = inMode({});
  const wanted = {
    into: undefined,
    editor: undefined,
    oldModules: mode.modules === 'old',
    signOn: mode.signOn === true,
    collaborators: mode.userMembers === true,
    ownFunctions: mode.ownFunctions === true,
    ...choice,
  };
  const setup = setUpSite(ours, portal, wanted, system);
  return {
    site,
    setup,
    secret: setup.secret.value as SecretValue,
    code: Object.fromEntries(setup.texts),
    checkPath: setup.check.link.slice(site.url.length),
    check: async () => (await checkSites(deployment, 'portal', system))[0]!,
    stop: async () => {
      await site.stop();
      service.closeAllConnections();
      await new Promise((resolve) => service.close(resolve));
    },
  };
}

/** As the owner leaves it when every step is done; the owner is on the deny-list. */
export async function finish({ site, secret, code }: OwnedSite): Promise<void> {
  await site.setSecret('saml_config', JSON.stringify({ ...secret, deniedEmails: ['owner@acme.com'] }));
  // An owner with functions of their own adds our lines to them.
  await site.publish({ 'backend/http-functions.js': functionLines(), ...code });
}

/** Titles of the steps that the page shows in red; null when it shows nothing of the self-check. */
export function redSteps(snapshot: TabSnapshot): readonly string[] | null {
  const lines = (snapshot.elements['#status']?.text ?? '').split('\n');
  if (!lines[0]?.includes('in place')) return null;
  return lines.filter((line) => line.startsWith('✗')).map((line) => /^✗ ([^:]*):/.exec(line)?.[1] ?? line);
}
