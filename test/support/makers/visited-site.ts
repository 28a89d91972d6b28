// An emulated site that a stub of a service provider vouches for, and the steps of a visitor on it.

import type { TabSnapshot, WixSite, WixSiteOptions, WixTab } from '../wix';
import { startWixSite } from './made-site';
import { signingKey, siteConfiguration } from './site-fixture';
import type { StubServiceProvider } from './stub-service-provider';

export const MEMBER = 'ada@acme.com';

/** Page timers run a hundred times faster unless `options` say otherwise. */
export async function openSite(
  provider: StubServiceProvider,
  options: WixSiteOptions = {},
  redeem: 'page' | 'backend' = 'page',
): Promise<WixSite> {
  const settings = { serviceProvider: provider.url, site: 'portal', redeem };
  const configuration = siteConfiguration([await signingKey('k1')], { spBaseUrl: provider.url });
  const site = await startWixSite({
    settings,
    secrets: { saml_config: JSON.stringify(configuration) },
    timerScale: 0.01,
    ...options,
  });
  provider.allowedOrigin = site.origin;
  return site;
}

/** Clicks the button on the home page; answers where the tab went. */
export async function start(tab: WixTab): Promise<string> {
  await tab.goto('/');
  const { leftTo } = await tab.click('#signInButton');
  if (leftTo === null) throw new Error('The page did not leave');
  return leftTo;
}

export const status = (snapshot: TabSnapshot): string | undefined => snapshot.elements['#status']?.text;

/** Label of the button; undefined when it is hidden or not there. */
export const button = (snapshot: TabSnapshot): string | undefined =>
  snapshot.elements['#signInButton']?.hidden === true ? undefined : snapshot.elements['#signInButton']?.label;
