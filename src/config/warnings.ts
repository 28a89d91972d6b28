// What is allowed but should not be forgotten: wide trust, old cryptography, certificates near their end.
// Warnings never stop the service: an expired IdP certificate still verifies (IIP-MD12), people must be able to sign in.

import { isLoopbackHost } from '../core/loopback';
import type { KeyPair, ServiceProvider } from '../saml/service-provider';
import { canSignFor } from '../saml/signature/signing-methods';
import type { Connection } from '../sso/connection';
import { connectionEndings, ownEndings, stepOf, type Ending } from '../sso/endings';
import { sortWarnings } from './acknowledgements';
import type { ConfigParts } from './config-parts';
import { metadataWarnings } from './metadata-warnings';
import { mfaWarnings } from './mfa-warnings';
import type { Warning, WarningCode } from '../core/warnings';
import { createPublicKey, type KeyObject } from 'node:crypto';

/** Those that nobody has acknowledged, at a given time (milliseconds since 1970). */
export function openWarnings(config: ConfigParts, now: number): readonly Warning[] {
  const { acknowledgements, connections } = config;
  const asked = { now, sources: ['configuration'], ready: connections.ready } as const;
  return sortWarnings(configWarnings(config, now), acknowledgements, asked).open;
}

/** Every warning about a configuration at a given time (milliseconds since 1970). */
export function configWarnings(config: ConfigParts, now: number): readonly Warning[] {
  const usedSites = new Set(config.connections.entries.map(({ settings }) => settings.site));
  return [
    ...config.notices,
    ...signingKeyWarnings(config.serviceProvider),
    ...endingWarnings(ownEndings(config.serviceProvider), now),
    ...sharedKeyWarnings(config),
    ...stateWarnings(config),
    ...[...config.sites.keys()]
      .filter((name) => !usedSites.has(name))
      .map((name): Warning => ({
        code: 'SITE_WITHOUT_CONNECTION',
        path: `sites.${name}`,
        problem: 'has no connection: nobody can sign in to it',
        hint: 'Add a connection with this `site`, or remove the site.',
      })),
    ...adminWarnings(config),
    ...sharedDomainWarnings(config),
    ...[...config.connections.ready.values()].flatMap((connection) => [
      ...connectionWarnings(connection, config.serviceProvider),
      ...mfaWarnings(connection),
    ]),
    ...config.connections.entries.flatMap((entry) => [
      ...metadataWarnings(entry, now),
      ...endingWarnings(connectionEndings(entry, now), now),
    ]),
  ];
}

function adminWarnings({ admin }: ConfigParts): Warning[] {
  if (admin === undefined || isLoopbackHost(admin.host)) return [];
  return [
    {
      code: 'METRICS_EXPOSED',
      path: 'admin.host',
      problem: 'lets other machines read the metrics, which name every connection',
      hint: 'Write 127.0.0.1, or let only your Prometheus reach this port.',
    },
  ];
}

/** Two IdPs that may vouch for the same people: right for a merger, wrong for two customers. */
function sharedDomainWarnings({ sites, connections }: ConfigParts): Warning[] {
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
        code: 'DOMAIN_SHARED',
        path: `sites.${site}`,
        problem: `${domain === '*' ? 'every domain that nobody names ("*")' : domain} is shared by the connections ${names.join(', ')}: each of their IdPs can sign in its people`,
        hint: 'Name each domain in one connection only, unless all of these IdPs really have its people.',
      }));
  });
}

/** Lasso (LemonLDAP::NG), Auth0's samlp and samlify refuse every request that is signed with ECDSA; all verify RSA. */
function signingKeyWarnings({ signing: [{ privateKey }] }: ServiceProvider): Warning[] {
  if (privateKey.asymmetricKeyType === 'rsa') return [];
  return [
    {
      code: 'SIGNING_KEY_EC',
      path: 'serviceProvider.signing[0].key',
      problem: 'signs with ECDSA, which many IdPs cannot verify: they refuse our requests',
      hint: 'List an RSA pair first (`wix-saml keys --only signing` makes one), unless every IdP here is known to verify ECDSA.',
    },
  ];
}

/** @returns those whose time has come */
function endingWarnings(endings: readonly Ending[], now: number): Warning[] {
  return endings
    .filter((ending) => stepOf(ending, now) !== undefined)
    .map(({ warning: code, path, problem, hint }) => ({ code, path, problem: problem(now), hint }));
}

/** A key with two jobs cannot be changed for one of them, and what one job gives away hurts the other (NIST SP 800-57 Part 1, §5.2). */
function sharedKeyWarnings({ serviceProvider: { signing, decryption }, sites }: ConfigParts): Warning[] {
  const pairs = (list: readonly KeyPair[], name: string): [string, KeyObject][] =>
    list.map(({ privateKey }, index) => [`serviceProvider.${name}[${index}].key`, privateKey]);
  const exchanges = [...sites].map(([name, { exchange }]): [string, KeyObject] => [
    `sites.${name}.exchange.key`,
    exchange.key,
  ]);
  const first = new Map<string, string>();
  const jobs = [pairs(signing, 'signing'), pairs(decryption, 'decryption'), exchanges];
  return jobs.flatMap((job) => {
    const known = new Map(first);
    return job.flatMap(([path, key]): Warning[] => {
      const name = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
      first.set(name, first.get(name) ?? path);
      const other = known.get(name);
      if (other === undefined) return [];
      const problem = `is the same key as ${other}, which has another purpose`;
      return [
        {
          code: 'ONE_KEY_TWICE',
          path,
          problem,
          hint: 'Make another one with `wix-saml keys`, and name its files here.',
        },
      ];
    });
  });
}

function stateWarnings({ state }: ConfigParts): Warning[] {
  if (state.kind !== 'redis') return [];
  const { protocol, hostname } = new URL(state.url.reveal());
  if (protocol === 'rediss:' || isLoopbackHost(hostname)) return [];
  return [
    {
      code: 'STATE_WITHOUT_TLS',
      path: 'state',
      problem: `reaches Redis on ${hostname} without TLS: whoever is on the way reads its password and can delete what is stored`,
      hint: 'Write rediss:// and let Redis listen with TLS, or run it on this machine.',
    },
  ];
}

function connectionWarnings(connection: Connection, serviceProvider: ServiceProvider): Warning[] {
  const path = `connections.${connection.name}`;
  const { identityProvider } = connection;
  const warnings: Warning[] = [];
  const warn = (code: WarningCode, option: string, problem: string, hint: string): void => {
    warnings.push({ code, path: `${path}.${option}`, problem, hint });
  };
  if (connection.policy.emailDomains === '*') {
    warn(
      'EVERY_DOMAIN',
      'emailDomains',
      'lets this IdP vouch for every address at a domain that no other connection of the site names',
      'List the organisation’s own domains.',
    );
  }
  if (connection.policy.emailFrom === undefined) {
    warn(
      'EMAIL_SOURCE_UNSET',
      'emailFrom',
      'is not set: NameID and well-known attributes are searched for the address, and whoever has two different ones is refused',
      'Write `emailFrom: nameId`, or `emailFrom: ATTRIBUTE` with the name of the attribute that holds the address.',
    );
  }
  if (connection.allowSha1) {
    warn(
      'SHA1_ALLOWED',
      'allowSha1',
      'accepts SHA-1, for which collisions are practical',
      'Choose SHA-256 at the IdP and remove this line.',
    );
  }
  const { algorithms } = identityProvider;
  if (algorithms !== undefined && !canSignFor(serviceProvider, algorithms)) {
    warn(
      'IDP_ALGORITHMS',
      'idpMetadata',
      'declares only algorithms that our signing keys cannot or must not use; requests are signed with SHA-256 all the same',
      'Ask the IdP for RSA-SHA256 (an RSA pair in `serviceProvider.signing` signs it), or for newer metadata.',
    );
  }
  if (connection.secondOpinion) {
    warn(
      'SECOND_OPINION',
      'secondOpinion',
      'refuses what node-saml cannot read, honest or not: EncryptedID, SHA-384, ECDSA, RSA-PSS with SHA-384/512, OAEP with SHA-256',
      'Try a sign-in with this IdP; choose RSA-SHA256 there, or remove the second opinion for this connection.',
    );
  }
  if (!identityProvider.singleSignOnServices.some(({ binding }) => binding === connection.requestBinding)) {
    warn(
      'BINDING_NOT_OFFERED',
      'requestBinding',
      'is not offered by the IdP; the other binding is used',
      'Change it, or get newer metadata.',
    );
  }
  return warnings;
}
