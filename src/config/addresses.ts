// Kinds of values that name a place or a person: URLs, origins, paths on a site, mail domains.
// Own URLs come from here alone, so they are checked hard: https except for loopback hosts (local work), no parts that
// would make string comparison with Destination and Recipient fail.

import { resolve } from 'node:path';
import { textSchema, type JsonSchema } from './json-schema';
import type { Kind } from './option';
import { readText } from './kinds';
import { below, isFromEnvironment, note, report, shown, type At } from './reading';
import type { EmailDomains } from '../policy/member-policy';
import type { MetadataSource } from '../sso/directory';
import { isLoopbackHost } from '../core/loopback';
import { Secret } from '../core/secret';

const isSecure = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));

/** https, or http for this very machine. The rest of an address is for `readUrl` to judge. */
export const secureAddress = '^\\s*(https://|http://(localhost|127\\.|\\[::1\\]))[^\\s@]+\\s*$';
const addressSchema = textSchema({ pattern: secureAddress });
/** Without a query or a fragment. */
const bareAddress = secureAddress.replace('\\s@]', '\\s@?#]');

function readUrl(raw: unknown, at: At): URL | undefined {
  const value = readText(raw, at)?.trim();
  if (value === undefined) return undefined;
  if (!URL.canParse(value)) {
    return report(at, `is not a URL: ${shown(value)}`, 'Write the whole address, beginning with https://.');
  }
  const url = new URL(value);
  if (!isSecure(url)) {
    return report(
      at,
      `must begin with https://, but is ${shown(value)}`,
      'Use https; http is accepted for localhost only.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    return report(at, 'holds a user name or password', 'Remove the part before "@".');
  }
  return url;
}

/** Origin and optional path, kept exactly as normalised once: `https://host/path`, without a trailing slash. */
export const baseAddress: Kind<string> = {
  label: 'https URL',
  schema: textSchema({ pattern: bareAddress }),
  read: (raw, at) => {
    const url = readUrl(raw, at);
    if (url === undefined) return undefined;
    if (url.search !== '' || url.hash !== '') {
      return report(at, 'must not have a query or fragment', 'End the address before "?" and "#".');
    }
    return url.origin + url.pathname.replace(/\/+$/, '');
  },
};

export const pageAddress: Kind<string> = {
  label: 'https URL',
  schema: addressSchema,
  read: (raw, at) => readUrl(raw, at)?.href,
};

export const origin: Kind<string> = {
  label: 'origin',
  schema: textSchema({ pattern: bareAddress.replace('@?#]+', '@?#/]+/?') }),
  read: (raw, at) => {
    const url = readUrl(raw, at);
    if (url === undefined) return undefined;
    return url.pathname === '/' && url.search === '' && url.hash === ''
      ? url.origin
      : report(at, `is more than an origin: ${shown(raw)}`, `Write ${shown(url.origin)}, without a path.`);
  },
};

/** The name of an IdP, as its metadata has it: compared, never fetched, and not always a URI (Metadata §2.2.1: at most 1024). */
export const entityName: Kind<string> = {
  label: 'text',
  schema: textSchema({ pattern: '^\\S([^]*\\S)?$', maxLength: 1024 }),
  read: (raw, at) => {
    const value = readText(raw, at);
    if (value === undefined || (value.length <= 1024 && value === value.trim())) return value;
    return report(
      at,
      'is longer than 1024 characters, or has white space around it',
      'Copy the entityID from the metadata of the IdP.',
    );
  },
};

/** Metadata Query Protocol (draft-young-md-query §3.2): the base, `/entities/`, and the name as one path segment. */
function readQuery(raw: object, at: At): MetadataSource | undefined {
  const { base, entityId } = {
    base: baseAddress.read(Reflect.get(raw, 'mdq'), below(at, 'mdq')),
    entityId: entityName.read(Reflect.get(raw, 'entityId'), below(at, 'entityId')),
  };
  const others = Object.keys(raw).filter((key) => key !== 'mdq' && key !== 'entityId');
  for (const key of others) report(below(at, key), 'is not an option', 'Write `{ mdq: URL, entityId: ID }`.');
  if (base === undefined || entityId === undefined) return undefined;
  const segment = encodeURIComponent(entityId).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return { url: `${base}/entities/${segment}`, mdq: entityId };
}

/** IdP metadata: a file, an address, or the word for what somebody still has to bring. */
export const metadataSource: Kind<MetadataSource> = {
  label: 'file, https URL, `setup`, or `{ mdq: URL, entityId: ID }`',
  schema: {
    anyOf: [
      textSchema({
        anyOf: [
          { const: 'setup' },
          { not: { pattern: '^\\s*(<|[A-Za-z][A-Za-z0-9+.-]+:)' } }, // a file
          { pattern: secureAddress },
        ],
      }),
      {
        type: 'object',
        properties: { mdq: baseAddress.schema, entityId: entityName.schema },
        required: ['mdq', 'entityId'],
        additionalProperties: false,
      },
    ],
  },
  read: (raw, at) => {
    if (typeof raw === 'object' && raw !== null) return readQuery(raw, at);
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    if (value.startsWith('<')) {
      return report(at, 'holds the metadata itself', 'Save it as a file and write the file’s name here.');
    }
    if (value === 'setup') return { setup: true };
    if (!/^[a-z][a-z0-9+.-]+:/i.test(value)) return { file: resolve(at.baseDir, value) };
    const url = readUrl(raw, at);
    return url === undefined ? undefined : { url: url.href };
  },
};

/** SAML2Int SDP-G04 and SAML Core §8.3.6: an absolute URI of at most 256 characters. Compared, never fetched. */
export const entityIdentifier: Kind<string> = {
  label: 'URI',
  schema: textSchema({ pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$', maxLength: 256 }),
  read: (raw, at) => {
    const value = readText(raw, at);
    if (value === undefined) return undefined;
    if (/^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(value) && value.length <= 256) return value;
    return report(
      at,
      `is not an absolute URI of at most 256 characters: ${shown(value)}`,
      'Use an https URL or a urn:, such as https://sso.example.com/saml/metadata.',
    );
  },
};

/** A path below the site's address. It is joined to the address, so it must not be able to leave it. */
const pathPattern = /^\/(?!\/)[A-Za-z0-9\-._~/%]*$/;

export const sitePath: Kind<string> = {
  label: 'path',
  schema: textSchema({ pattern: pathPattern.source, not: { pattern: '/\\.\\.(/|$)' } }),
  read: (raw, at) => {
    const value = readText(raw, at);
    if (value === undefined) return undefined;
    if (pathPattern.test(value) && !value.split('/').includes('..')) return value;
    return report(
      at,
      `is not a path on the site: ${shown(value)}`,
      'Begin with one "/", such as /sso; no query, no domain.',
    );
  },
};

export const emailAddress: Kind<string> = {
  label: 'e-mail address',
  schema: textSchema({ pattern: '^\\s*(mailto:)?[^\\s@<>]+@[^\\s@<>]+\\.[^\\s@<>]+\\s*$' }),
  read: (raw, at) => {
    const value = readText(raw, at)
      ?.trim()
      .replace(/^mailto:/, '');
    if (value === undefined || /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(value)) return value;
    return report(at, `is not an e-mail address: ${shown(value)}`, 'Write it as name@example.com.');
  },
};

const domainPattern = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/;

function readDomain(raw: unknown, at: At): string | undefined {
  const value = readText(raw, at)?.trim().toLowerCase();
  if (value === undefined || domainPattern.test(value)) return value;
  return report(at, `is not a mail domain: ${shown(value)}`, hintForDomain(value));
}

function hintForDomain(value: string): string {
  if (value === '*') return 'Write "*" alone, or list the domains. Together they make no sense.';
  if (value.includes('@'))
    return `Write only what stands after "@": ${shown(value.slice(value.lastIndexOf('@') + 1))}.`;
  if (value.startsWith('*.'))
    return 'Domains are compared exactly. List every sub-domain that people really use.';
  if (/[^\x20-\x7e]/.test(value)) return 'Write an international domain in its ASCII form (xn--…).';
  return 'Write a domain such as example.com.';
}

/** The domains whose addresses this IdP may vouch for: the border between one customer's IdP and another's members. */
/** Every domain, in one of the two ways to write it; or those that are listed. */
const emailDomainsSchema: JsonSchema = {
  anyOf: [
    { type: 'string', const: '*' },
    {
      type: 'array',
      minItems: 1,
      items: textSchema({
        pattern:
          '^\\s*([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*\\s*$',
      }),
    },
    { type: 'array', minItems: 1, maxItems: 1, items: { type: 'string', const: '*' } },
  ],
};

export const emailDomains: Kind<EmailDomains> = {
  label: 'list of domains, or "*"',
  schema: emailDomainsSchema,
  read: (raw, at) => {
    if (raw === '*' || (Array.isArray(raw) && raw.length === 1 && raw[0] === '*')) return '*';
    if (!Array.isArray(raw))
      return report(at, `must be a list, but is ${shown(raw)}`, 'Write it as [example.com].');
    if (raw.length === 0)
      return report(at, 'is an empty list', 'List the mail domains of this organisation.');
    const domains = raw.map((item: unknown, index) =>
      readDomain(item, { ...at, path: `${at.path}[${index}]` }),
    );
    const written = domains.filter((domain) => domain !== undefined);
    const twice = new Set(written.filter((domain, index) => written.indexOf(domain) !== index));
    for (const domain of twice)
      note(
        at,
        'DOMAIN_TWICE',
        `lists ${shown(domain)} twice`,
        'Remove one of the two, or correct it if another domain was meant.',
      );
    return new Set(written);
  },
};

export type StateChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'file'; readonly directory: string }
  | { readonly kind: 'redis'; readonly url: Secret };

/** `memory`, a directory of ours, or a Redis URL, whose password must come from the environment. */
export const stateChoice: Kind<StateChoice> = {
  label: 'memory \\| file:DIR \\| redis:// or rediss:// URL',
  schema: textSchema({
    anyOf: [
      { const: 'memory' },
      { pattern: '^\\s*file:([^/\\s]|/($|[^/])|///($|[^/]))' },
      { pattern: '^\\s*rediss?://', not: { pattern: '^\\s*rediss?://[^@/]*:[^@/]+@' } },
    ],
  }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined || typeof raw !== 'string') return undefined;
    if (value === 'memory') return { kind: 'memory' };
    if (value.startsWith('file:')) return readDirectory(value.slice('file:'.length), at);
    if (!/^rediss?:\/\//.test(value) || !URL.canParse(value)) {
      return report(
        at,
        'is neither "memory" nor file:DIR nor a redis:// or rediss:// URL',
        'Example: file:./data, or rediss://:${REDIS_PASSWORD}@redis.internal:6379',
      );
    }
    const written = /^rediss?:\/\/[^@/]*:([^@/]*)@/.exec(raw)?.[1];
    if (written !== undefined && written !== '' && !isFromEnvironment(written)) {
      return report(
        at,
        'holds a password in the configuration itself',
        'Write ${REDIS_PASSWORD} in its place and set the variable.',
      );
    }
    return { kind: 'redis', url: new Secret(value) };
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
