// Where state lies: in memory, in a directory, or in Redis.

import { resolve } from 'node:path';
import { Secret } from '../core/secret';
import { readRedisAddress } from '../stores/redis-address';
import { textSchema } from './json-schema';
import { readText } from './kinds';
import type { Kind } from './option';
import { isFromEnvironment, report, shown, type At } from './reading';

export type StateChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'file'; readonly directory: string }
  | {
      readonly kind: 'redis';
      readonly url: Secret;
      /** Certificates in PEM that its TLS trusts; absent for those of Node. */
      readonly ca?: string;
    };

/** `memory`, a directory of ours, or a Redis URL, whose password must come from the environment. */
export const stateChoice: Kind<StateChoice> = {
  label: 'memory \\| file:DIR \\| redis:// or rediss:// URL, also rediss+sentinel:// and rediss+cluster://',
  schema: textSchema({
    anyOf: [
      { const: 'memory' },
      { pattern: '^\\s*file:([^/\\s]|/($|[^/])|///($|[^/]))' },
      {
        pattern: '^\\s*rediss?(\\+sentinel|\\+cluster)?://',
        not: { pattern: '^\\s*rediss?(\\+[a-z]+)?://[^@/]*:[^@/]+@' },
      },
    ],
  }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined || typeof raw !== 'string') return undefined;
    if (value === 'memory') return { kind: 'memory' };
    if (value.startsWith('file:')) return readDirectory(value.slice('file:'.length), at);
    const address = readRedisAddress(value);
    if (address === undefined) {
      return report(
        at,
        'is neither "memory" nor file:DIR nor a redis:// or rediss:// URL',
        'Example: file:./data, or rediss://:${REDIS_PASSWORD}@redis.internal:6379; several hosts: rediss+sentinel://a:26379,b:26379/MASTER or rediss+cluster://a:6379,b:6379',
      );
    }
    const written = /^rediss?(?:\+[a-z]+)?:\/\/[^@/]*:([^@/]*)@/.exec(raw)?.[1];
    if (written !== undefined && written !== '' && !isFromEnvironment(written)) {
      return report(
        at,
        'holds a password in the configuration itself',
        'Write ${REDIS_PASSWORD} in its place and set the variable.',
      );
    }
    const url = new Secret(value);
    if (address.ca === undefined) return { kind: 'redis', url };
    const ca = readCertificates(address.ca, at);
    return ca === undefined ? undefined : { kind: 'redis', url, ca };
  },
};

/** file:./data and file:/var/lib/wix-saml; file:///var/lib/wix-saml means the same as the latter. */
function readDirectory(written: string, at: At): StateChoice | undefined {
  const path = written.startsWith('///') ? written.slice(2) : written;
  if (path === '' || path.startsWith('//'))
    return report(
      at,
      `names no directory of this machine: ${shown(`file:${written}`)}`,
      'Example: file:./data',
    );
  return { kind: 'file', directory: resolve(at.baseDir, path) };
}

function readCertificates(file: string, at: At): string | undefined {
  const path = resolve(at.baseDir, file);
  try {
    const text = at.readFile(path).toString('utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch {
    // Said below.
  }
  return report(
    at,
    `names no file of certificates: ${shown(file)}`,
    'Write ?ca=FILE with a PEM file of the CA.',
  );
}
