// What Wix may do in one way or the other: tests ask for the way that they are about, and get the usual one for the rest, or
// what `npm run test:modes` says.

import type { WixSiteOptions } from './types';

/** The switch that is turned for every site of this run, as JSON in WIX_SITE_MODE. */
export const inMode = (options: WixSiteOptions): WixSiteOptions => ({
  ...(JSON.parse(process.env['WIX_SITE_MODE'] ?? '{}') as WixSiteOptions),
  ...options,
});
