// Options of the way out to the metadata addresses of IdPs.

import type { OutboundWay } from '../core/outbound-way';
import { Secret } from '../core/secret';
import { textSchema } from './json-schema';
import { certificateSource, readText } from './kinds';
import { listOf, oneOrMore, optional, section, type Kind } from './option';
import { isFromEnvironment, report, shown, type At } from './reading';

type Proxy = NonNullable<OutboundWay['proxy']>;

/** `http://[USER:PASSWORD@]host:port`, where the password comes from the environment. */
const proxyAddress: Kind<Proxy> = {
  label: 'http or https URL',
  schema: textSchema({
    pattern: '^\\s*[Hh][Tt][Tt][Pp][Ss]?:/*[^/?#\\s]+/?\\s*$',
    not: { pattern: '^\\s*[Hh][Tt][Tt][Pp][Ss]?://[^@/]*:[^@/]+@' },
  }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined || typeof raw !== 'string') return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (
      url === undefined ||
      !/^https?:$/.test(url.protocol) ||
      url.pathname + url.search + url.hash !== '/'
    ) {
      const example = 'Write it as http://proxy.example.com:3128.';
      return report(at, 'is not the http:// or https:// address of a proxy', example);
    }
    const written = /^https?:\/\/[^@/]*:([^@/]*)@/i.exec(raw)?.[1];
    if (written !== undefined && !isFromEnvironment(written)) {
      return report(
        at,
        'holds a password in the configuration itself',
        'Write ${PROXY_PASSWORD} in its place and set the variable.',
      );
    }
    const { origin, username, password } = url;
    if (username === '') return { origin };
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return { origin, authorization: new Secret(`Basic ${credentials.toString('base64')}`) };
  },
};

const hostName: Kind<string> = {
  label: 'host name',
  schema: textSchema({ pattern: '^\\s*\\.?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\s*$' }),
  read: (raw, at: At) => {
    const value = readText(raw, at)?.trim().toLowerCase();
    if (value === undefined || /^\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(value)) return value;
    return report(
      at,
      `is not a host name: ${shown(raw)}`,
      'Write idp.example.com, or .example.com for all below it.',
    );
  },
};

export const outbound = section({
  proxy: optional(proxyAddress, {
    meaning:
      'HTTP proxy for metadata addresses and for `check --public`; Wix sites are asked without it. The proxy resolves the names, so only names are judged here: it has to keep redirects out of inner networks itself.',
    example: 'http://proxy.example.com:3128',
  }),
  direct: optional(listOf(hostName), {
    meaning: 'Hosts that are asked without the proxy; `.example.com` is everything below it.',
  }),
  ca: optional(oneOrMore(certificateSource), {
    meaning:
      'Certification authorities of your own (PEM, also several in one file), believed beside the well-known ones for metadata addresses.',
    example: 'certs/company-ca.crt',
  }),
});
