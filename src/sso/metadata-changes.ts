// What a new copy of an IdP's metadata changes for sign-ins: for the log, and for whoever compares thumbprints.

import type { Endpoint, IdentityProvider } from '../saml/identity-provider';

export interface MetadataChanges {
  /** SHA-256 thumbprints of certificates. */
  readonly keysAdded?: readonly string[];
  readonly keysRemoved?: readonly string[];
  /** Binding and address. */
  readonly endpointsAdded?: readonly string[];
  readonly endpointsRemoved?: readonly string[];
}

/** Undefined when nothing changes. */
export function changesBetween(
  before: IdentityProvider,
  after: IdentityProvider,
): MetadataChanges | undefined {
  const keys = [before, after].map(({ signingKeys }) => signingKeys.map(({ thumbprint }) => thumbprint));
  const endpoints = [before, after].map(({ singleSignOnServices }) => singleSignOnServices.map(inWords));
  const lists: [keyof MetadataChanges, readonly string[]][] = [
    ['keysAdded', missingIn(keys[0], keys[1])],
    ['keysRemoved', missingIn(keys[1], keys[0])],
    ['endpointsAdded', missingIn(endpoints[0], endpoints[1])],
    ['endpointsRemoved', missingIn(endpoints[1], endpoints[0])],
  ];
  const changed = lists.filter(([, list]) => list.length > 0);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

const inWords = ({ binding, location }: Endpoint): string => `${binding} ${location}`;

const missingIn = (some: readonly string[] = [], others: readonly string[] = []): readonly string[] =>
  others.filter((each) => !some.includes(each));
