// What `demo` and `dev` need besides the product: an identity provider that signs anybody in, and a Wix site that is none. They
// are not built from src and are never loaded by anything else; dist/demo holds them.

import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface LocalPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface LocalIdpOptions {
  readonly port: number;
  readonly people: readonly LocalPerson[];
  /** Names of attributes that carry the address besides the NameID. */
  readonly emailAttributes: readonly string[];
}

export interface LocalIdp {
  readonly metadataXml: string;
  /** @throws when the service provider is not on this machine */
  trust(metadataXml: string): void;
  stop(): Promise<void>;
}

export interface LocalSiteOptions {
  readonly port: number;
  /** The site's files by name. */
  readonly code: Readonly<Record<string, string>>;
  readonly secret: { readonly name: string; readonly value: string };
  readonly landingPage: string;
}

/** A sign-in without a browser. */
export interface LocalSignIn {
  /** A sentence each. */
  readonly steps: readonly string[];
  readonly member: { readonly email: string; readonly name: string };
  /** Path on the site that shows the member. */
  readonly page: string;
}

export interface LocalSite {
  readonly url: string;
  /** @param personId one of the people of the identity provider */
  signIn(baseUrl: string, personId: string): Promise<LocalSignIn>;
  stop(): Promise<void>;
}

export interface LocalParts {
  startIdp(options: LocalIdpOptions): Promise<LocalIdp>;
  startSite(options: LocalSiteOptions): Promise<LocalSite>;
}

/** @throws Error in a working copy that was not built */
export function loadLocalParts(): LocalParts {
  const file = join(__dirname, '..', 'demo', 'main.js');
  if (!existsSync(file))
    throw new Error('the local parts are in the built package only; run `npm run build`');
  const { parts } = createRequire(__filename)(file) as { readonly parts: LocalParts };
  return parts;
}
