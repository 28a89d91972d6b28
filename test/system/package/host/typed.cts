/** The same package for a host in CommonJS. */

import wixSaml = require('wix-saml');

export const { createApp } = wixSaml;
export const never: wixSaml.Config | undefined = undefined;
// @ts-expect-error it came with createApp's router
void wixSaml.createRouter;
