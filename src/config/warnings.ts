// What is allowed but should not be forgotten: wide trust, old cryptography, certificates near their end.
// Warnings never stop the service: an expired IdP certificate still verifies (IIP-MD12), people must be able to sign in.

import { isLoopbackHost } from '../core/loopback';
import type { ServiceProvider } from '../saml/service-provider';
import type { Connection } from '../sso/connection';
import { connectionEndings, ownEndings, stepOf, type Ending } from '../sso/endings';
import type { ConfigParts } from './config-parts';
import { metadataWarnings } from './metadata-warnings';
import type { Problem } from '../core/problem';

/** Every warning about a configuration at a given time (milliseconds since 1970). */
export function configWarnings(config: ConfigParts, now: number): readonly Problem[] {
  const usedSites = new Set(config.connections.entries.map(({ settings }) => settings.site));
  return [
    ...config.notices,
    ...signingKeyWarnings(config.serviceProvider),
    ...endingWarnings(ownEndings(config.serviceProvider), now),
    ...[...config.sites.keys()]
      .filter((name) => !usedSites.has(name))
      .map((name) => ({
        path: `sites.${name}`,
        problem: 'has no connection: nobody can sign in to it',
        hint: 'Add a connection with this `site`, or remove the site.',
      })),
    ...adminWarnings(config),
    ...sharedDomainWarnings(config),
    ...[...config.connections.ready.values()].flatMap((connection) => connectionWarnings(connection, config)),
    ...config.connections.entries.flatMap((entry) => [
      ...metadataWarnings(entry, now),
      ...endingWarnings(connectionEndings(entry, now), now),
    ]),
  ];
}

function adminWarnings({ admin }: ConfigParts): Problem[] {
  if (admin === undefined || isLoopbackHost(admin.host)) return [];
  return [
    {
      path: 'admin.host',
      problem: 'lets other machines read the metrics, which name every connection',
      hint: 'Write 127.0.0.1, or let only your Prometheus reach this port.',
    },
  ];
}

/** Two IdPs that may vouch for the same people: right for a merger, wrong for two customers. */
function sharedDomainWarnings({ sites, connections }: ConfigParts): Problem[] {
  return [...sites.keys()].flatMap((site) => {
    const namedBy = new Map<string, string[]>();
    for (const { settings } of connections.entries) {
      const { name, policy, site: own } = settings;
      for (const domain of own === site ? policy.emailDomains : []) {
        namedBy.set(domain, [...(namedBy.get(domain) ?? []), name]);
      }
    }
    return [...namedBy]
      .filter(([, names]) => names.length > 1)
      .map(([domain, names]) => ({
        path: `sites.${site}`,
        problem: `${domain === '*' ? 'every domain that nobody names ("*")' : domain} is shared by the connections ${names.join(', ')}: each of their IdPs can sign in its people`,
        hint: 'Name each domain in one connection only, unless all of these IdPs really have its people.',
      }));
  });
}

/** Lasso (LemonLDAP::NG), Auth0's samlp and samlify refuse every request that is signed with ECDSA; all verify RSA. */
function signingKeyWarnings({ signing: [{ privateKey }] }: ServiceProvider): Problem[] {
  if (privateKey.asymmetricKeyType === 'rsa') return [];
  return [
    {
      path: 'serviceProvider.signing[0].key',
      problem: 'signs with ECDSA, which many IdPs cannot verify: they refuse our requests',
      hint: 'List an RSA pair first (`wix-saml keys --only signing` makes one), unless every IdP here is known to verify ECDSA.',
    },
  ];
}

/** @returns those whose time has come */
function endingWarnings(endings: readonly Ending[], now: number): Problem[] {
  return endings
    .filter((ending) => stepOf(ending, now) !== undefined)
    .map(({ path, problem, hint }) => ({ path, problem: problem(now), hint }));
}

function connectionWarnings(connection: Connection, config: ConfigParts): Problem[] {
  const path = `connections.${connection.name}`;
  const { identityProvider } = connection;
  const warnings: Problem[] = [];
  const warn = (option: string, problem: string, hint: string): void => {
    warnings.push({ path: `${path}.${option}`, problem, hint });
  };
  if (connection.policy.emailDomains === '*') {
    warn(
      'emailDomains',
      'lets this IdP vouch for every address at a domain that no other connection of the site names',
      'List the organisation’s own domains.',
    );
  }
  if (connection.policy.emailFrom === undefined) {
    warn(
      'emailFrom',
      'is not set: NameID and well-known attributes are searched for the address, and whoever has two different ones is refused',
      'Write `emailFrom: nameId`, or `emailFrom: ATTRIBUTE` with the name of the attribute that holds the address.',
    );
  }
  if (connection.allowSha1) {
    warn(
      'allowSha1',
      'accepts SHA-1, for which collisions are practical',
      'Choose SHA-256 at the IdP and remove this line.',
    );
  }
  if (connection.secondOpinion) {
    warn(
      'secondOpinion',
      'refuses what node-saml cannot read, honest or not: EncryptedID, SHA-384, ECDSA, RSA-PSS with SHA-384/512, OAEP with SHA-256',
      'Try a sign-in with this IdP; choose RSA-SHA256 there, or remove the second opinion for this connection.',
    );
  }
  if (connection.allowCbc && config.serviceProvider.decryption.length > 0) {
    warn(
      'allowCbc',
      'accepts AES-CBC, which does not protect the integrity of what it hides',
      'Write `allowCbc: false` when this IdP encrypts with AES-GCM; AD FS and older products cannot.',
    );
  }
  if (!identityProvider.singleSignOnServices.some(({ binding }) => binding === connection.requestBinding)) {
    warn(
      'requestBinding',
      'is not offered by the IdP; the other binding is used',
      'Change it, or get newer metadata.',
    );
  }
  return warnings;
}
