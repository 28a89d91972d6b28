// TXT records of a name in the DNS (RFC 1035 §3.3.14), as far as they can be known. "There is none" and "nobody could say"
// are different answers: a name server that is down must take nothing from anybody.

import { Resolver } from 'node:dns/promises';

export type TxtAnswer =
  /** The texts, each with its strings joined (RFC 7208 §3.3 does the same). */
  | { readonly kind: 'found'; readonly texts: readonly string[] }
  /** The name is not there, or has no TXT record. */
  | { readonly kind: 'absent' }
  /** No name server gave an answer that can be relied on. @property reason such as `ESERVFAIL` */
  | { readonly kind: 'unknown'; readonly reason: string };

/** @param name in ASCII; never rejects */
export type TxtLookup = (name: string) => Promise<TxtAnswer>;

/** Of one try; the second takes twice as long. */
const TIMEOUT_MS = 2500;
const TRIES = 2;
/** More than any domain has, so that a strange server's answer stays small. */
const TEXTS = 100;

const saysNo = new Set(['ENOTFOUND', 'ENODATA']);

export interface TxtServers {
  /** `address` or `address:port`; absent: those of the system. */
  readonly servers?: readonly string[] | undefined;
  /** Of one try. */
  readonly timeoutMs?: number;
}

export function txtLookup({ servers, timeoutMs = TIMEOUT_MS }: TxtServers = {}): TxtLookup {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: TRIES });
    try {
      if (servers !== undefined) resolver.setServers(servers);
      const texts = await resolver.resolveTxt(name);
      return { kind: 'found', texts: texts.slice(0, TEXTS).map((strings) => strings.join('')) };
    } catch (cause) {
      const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
      return saysNo.has(reason) ? { kind: 'absent' } : { kind: 'unknown', reason };
    }
  };
}
