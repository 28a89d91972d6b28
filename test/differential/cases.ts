/** Every message of the catalogues and the captures as one list: the form field, who expects what, and at which time. */
import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacks } from '../catalogue/attacks/all';
import type { AttackContext, Posting } from '../catalogue/attacks/catalogue';
import type { ServiceProviderOptions } from '../catalogue/attacks/running-sp';
import { benignCases } from '../catalogue/benign';
import { verificationKey, type Parties } from '../properties/gate';
import { makeIdpKeys } from '../support/idp';

export interface Case {
  readonly id: string;
  readonly source: 'benign' | 'hostile' | 'capture';
  readonly field: string;
  readonly parties: Parties;
  readonly certificates: readonly string[];
  readonly decryptionKeys: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Left out: cases of the HTTP floor have no message of their own, and cases of cost take other toolkits minutes. */
const groupsLeftOut = new Set(['http', 'cost']);

const NOW = Date.UTC(2026, 0, 15, 12);
const idp = makeIdpKeys();
const decryption = makeIdpKeys();
const others = {
  otherIdp: { entityId: 'https://idp.globex.example/metadata', keys: makeIdpKeys() },
  attackerKeys: makeIdpKeys(),
  spSigningCertificate: makeIdpKeys().certificatePem,
};

const pem = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** The world that a service provider with these options would be in. */
function worldOf(options: ServiceProviderOptions = {}): {
  context: AttackContext;
  rest: Omit<Case, 'id' | 'source' | 'field'>;
} {
  const keys = options.idpKeys ?? idp;
  const decryptionKeys = options.decryptionKeys ?? [decryption];
  const context: AttackContext = {
    ...others,
    acsUrl: 'https://sp.example.com/saml/acs',
    spEntityId: 'https://sp.example.com/saml/metadata',
    idp: { entityId: 'https://idp.example.com/metadata', keys },
    requestId: '_0123456789abcdef0123456789abcdef01234567-acme',
    otherRequestId: '_89abcdef0123456789abcdef0123456789abcdef-globex',
    now: new Date(NOW),
    encryptionCertificate: decryptionKeys[0]?.certificatePem ?? '',
    victim: 'alice@example.com',
    attacker: 'mallory@example.com',
  };
  const certificates = [...(options.moreIdpCertificates ?? []).map(pem), keys.certificatePem];
  return {
    context,
    rest: {
      parties: {
        identityProvider: context.idp.entityId,
        serviceProvider: context.spEntityId,
        assertionConsumerServiceUrl: context.acsUrl,
        requestId: context.requestId,
        keys: certificates.map(verificationKey),
        decryptionKeys: decryptionKeys.map(({ privateKey }) => privateKey),
        allowSha1: options.connection?.['allowSha1'] === true,
      },
      certificates,
      decryptionKeys: decryptionKeys.map(({ privateKeyPem }) => privateKeyPem),
      now: NOW,
    },
  };
}

/** The message of a plain form; undefined for what only an HTTP server can answer. */
function fieldOf({ method = 'POST', contentType, query, body }: Posting): string | undefined {
  if (method !== 'POST' || query !== undefined || contentType !== 'application/x-www-form-urlencoded')
    return undefined;
  const fields = new URLSearchParams(body.toString()).getAll('SAMLResponse');
  return fields.length === 1 ? fields[0] : undefined;
}

function catalogueCases(): Case[] {
  const { context, rest } = worldOf();
  const hostile = Object.entries(attacks)
    .filter(([group]) => !groupsLeftOut.has(group))
    .flatMap(([, cases]) => cases)
    .flatMap(({ id, build }): Case[] => {
      const field = fieldOf(build(context));
      return field === undefined ? [] : [{ id, source: 'hostile', field, ...rest }];
    });
  const benign = benignCases.flatMap(({ id, build, serviceProvider }): Case[] => {
    const world = worldOf(serviceProvider);
    const field = fieldOf(build(world.context));
    return field === undefined ? [] : [{ id, source: 'benign', field, ...world.rest }];
  });
  return [...benign, ...hostile];
}

const folder = join(__dirname, '../vectors/captures');

interface Capture {
  readonly spEntityId: string;
  readonly acsUrl: string;
  readonly epochMs: number;
  readonly response: { readonly inResponseTo?: string };
}

function captureCases(): Case[] {
  const decryptionKey = readFileSync(join(folder, 'sp/enc.key'), 'utf8');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file): Case => {
      const name = file.slice(0, -'.json'.length);
      const read = (extension: string): string => readFileSync(join(folder, `${name}.${extension}`), 'utf8');
      const capture = JSON.parse(read('json')) as Capture;
      const field = read('b64');
      const certificates = read('cert.pem').match(/-----BEGIN[^]*?-----END [A-Z]+-----/g) ?? [];
      const xml = Buffer.from(field, 'base64').toString('utf8');
      return {
        id: `captured-${name}`,
        source: 'capture',
        field,
        certificates,
        decryptionKeys: [decryptionKey],
        now: capture.epochMs,
        parties: {
          identityProvider: /Issuer[^>]*>([^<]+)</.exec(xml)?.[1] ?? '',
          serviceProvider: capture.spEntityId,
          assertionConsumerServiceUrl: capture.acsUrl,
          requestId: capture.response.inResponseTo,
          keys: certificates.map(verificationKey),
          decryptionKeys: [createPrivateKey(decryptionKey)],
          allowSha1: name.endsWith('rsa-sha1'),
        },
      };
    });
}

export const cases = (): Case[] => [...catalogueCases(), ...captureCases()];
