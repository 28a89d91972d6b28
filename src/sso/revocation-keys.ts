// The public keys by which an IdP signs revocations, from the address that the operator wrote down. Fetched when a key is
// asked for that is not held, one flight for each address and not more often than once a minute, however many strangers send
// tokens with names of keys that do not exist.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { outboundGet } from '../core/outbound';
import { OutboundError } from '../core/outbound-reasons';
import type { OutboundWay } from '../core/outbound-way';
import type { Clock } from '../core/ports';

/** One public key as RFC 7517 has it. */
export type PublicJwk = Readonly<Record<string, unknown>> & { readonly kty: string };

interface Held {
  readonly keys: readonly PublicJwk[];
  readonly asked: number;
}

const TIMEOUT_MS = 5000;
const PAUSE_MS = 60_000;
/** A key that an IdP has withdrawn is believed no longer than this. */
const FRESH_MS = 60 * 60_000;
const KEYS = 32;

export class RevocationKeys {
  readonly #ports: { readonly clock: Clock; readonly way?: OutboundWay | undefined };
  readonly #held = new Map<string, Held>();
  readonly #flights = new Map<string, Promise<readonly PublicJwk[]>>();

  constructor(ports: { readonly clock: Clock; readonly way?: OutboundWay | undefined }) {
    this.#ports = ports;
  }

  /**
   * The keys of an address, asked for again where none has this name.
   * @throws CONNECTION_KEYS_UNAVAILABLE
   */
  async of(uri: string, kid: string | undefined): Promise<readonly PublicJwk[]> {
    const held = this.#held.get(uri);
    const age = held === undefined ? Infinity : this.#ports.clock.now() - held.asked;
    const isKnown = held?.keys.some((key) => key['kid'] === kid) === true && age < FRESH_MS;
    if (held !== undefined && (isKnown || age < PAUSE_MS)) return held.keys;
    return this.#flights.get(uri) ?? this.#fly(uri);
  }

  #fly(uri: string): Promise<readonly PublicJwk[]> {
    const flight = this.#ask(uri).finally(() => this.#flights.delete(uri));
    this.#flights.set(uri, flight);
    return flight;
  }

  async #ask(uri: string): Promise<readonly PublicJwk[]> {
    const asked = this.#ports.clock.now();
    try {
      const keys = await fetchKeys(uri, this.#ports.way);
      this.#held.set(uri, { keys, asked });
      return keys;
    } catch (cause) {
      if (!(cause instanceof OutboundError)) throw cause;
      // The next one waits as well; keys that were held an hour ago are not believed in its place.
      this.#held.set(uri, { keys: [], asked });
      throw new SsoError('CONNECTION_KEYS_UNAVAILABLE', { problem: cause.message }, cause);
    }
  }
}

async function fetchKeys(uri: string, way: OutboundWay | undefined): Promise<readonly PublicJwk[]> {
  const { status, body } = await outboundGet(uri, {
    timeoutMs: TIMEOUT_MS,
    answerBytes: limits.jwksBytes,
    redirects: 0,
    way,
    headers: { accept: 'application/json' },
  });
  if (status !== 200) throw new OutboundError('answerInvalid', `status ${String(status)}`);
  return readKeys(body);
}

/** Keys that sign; what a set holds besides is left out. */
function readKeys(body: Buffer): readonly PublicJwk[] {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw new OutboundError('answerInvalid', 'not JSON');
  }
  const keys: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'keys') : undefined;
  if (!Array.isArray(keys)) throw new OutboundError('answerInvalid', 'no set of keys');
  return keys
    .filter((key: unknown): key is PublicJwk => typeof key === 'object' && key !== null)
    .filter(({ kty, use }) => (kty === 'RSA' || kty === 'EC') && (use === undefined || use === 'sig'))
    .slice(0, KEYS);
}
