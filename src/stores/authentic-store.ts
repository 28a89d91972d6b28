// A store that others can write to → one whose records are ours. The seal of a record is made from its own identifier, so it
// hides and does not prove: whoever can write to a shared Redis could choose a ticket, seal a member's address under it
// and redeem it. Hence a MAC with a key that never leaves this service, over the place and the value together.

import { createHmac, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { StateStore } from './state-store';

const MAC_CHARS = 43; // SHA-256 in base64url

/**
 * @param signingKeys private keys of the service provider, the same in every process. The first authenticates, all are
 *   believed, so that processes before and after a change of keys understand each other
 */
export function authenticStore(
  store: StateStore,
  signingKeys: readonly [KeyObject, ...KeyObject[]],
): StateStore {
  const [first, ...others] = signingKeys;
  const key = macKey(first);
  const believed = [key, ...others.map(macKey)];
  return {
    claim: (place, ttlMs) => store.claim(place, ttlMs),
    ping: () => store.ping(),
    close: () => store.close(),
    put: (place, value, ttlMs) => store.put(place, mac(key, place, value) + value, ttlMs),
    take: async (place) => {
      const record = await store.take(place);
      if (record === undefined || record === '') return record; // a claim: it holds nothing, so there is nothing to prove
      const value = record.slice(MAC_CHARS);
      const given = Buffer.from(record.slice(0, MAC_CHARS));
      // What is not ours counts as not there, like a record that does not open.
      return believed.some((candidate) => isEqual(given, Buffer.from(mac(candidate, place, value))))
        ? value
        : undefined;
    },
  };
}

function macKey(signingKey: KeyObject): Buffer {
  const secret = signingKey.export({ type: 'pkcs8', format: 'der' });
  return Buffer.from(hkdfSync('sha256', secret, '', 'wix-saml state records', 32));
}

/** A place never holds a line feed: it is a kind and a hash. */
function mac(key: Buffer, place: string, value: string): string {
  return createHmac('sha256', key).update(`${place}\n${value}`).digest('base64url');
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
