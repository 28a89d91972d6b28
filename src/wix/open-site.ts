// Opens the way to one site's functions, with what signs to it. Whoever opens it closes `functions`.

import type { KeyObject } from 'node:crypto';
import type { Clock, Random } from '../core/ports';
import type { Secret } from '../core/secret';
import type { SiteFunctions } from './exchange';
import type { ExchangeSigner } from './exchange-assertion';
import { openHttpFunctions } from './exchange-http-function';
import { openInvokeFunctions } from './exchange-invoke';
import { publicJwk } from './public-jwk';
import type { Site } from './site';

interface ExchangeKeys {
  /** Private key on P-256; signs. */
  readonly key: KeyObject;
  /** Others that the site is to know beside it: the next one, or the one before. */
  readonly announced?: readonly KeyObject[];
  /** What Wix takes from this site; undefined: as the way has it. */
  readonly callsPerMinute?: number;
}

/** How the session tokens of one site are fetched. */
export type ExchangeWay = ExchangeKeys &
  (
    | { readonly via: 'httpFunction' }
    | { readonly via: 'invoke'; readonly apiKey: Secret; readonly siteId: string }
  );

/** A site with what is needed to call it. */
export interface ReachableSite extends Site {
  readonly exchange: ExchangeWay;
}

export interface OpenSite {
  readonly site: ReachableSite;
  readonly functions: SiteFunctions;
  readonly signer: ExchangeSigner;
}

/** @param issuer entityID of the service provider */
export function openSite(
  site: ReachableSite,
  issuer: string,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): OpenSite {
  const { key } = site.exchange;
  const { kid } = publicJwk(key);
  const signer: ExchangeSigner = { key, kid, issuer, audience: site.url, clock, random };
  return { site, functions: openFunctions(site), signer };
}

function openFunctions({ exchange, url }: ReachableSite): SiteFunctions {
  if (exchange.via === 'httpFunction') return openHttpFunctions(url);
  return openInvokeFunctions({ apiKey: exchange.apiKey, siteId: exchange.siteId });
}
