// The keys under which state is sealed: 32 random bytes each, of their own, so that neither rotating nor losing a signing
// key touches what is stored. The first seals, all open.
//
// Changing the key, with no sign-in lost: (1) every process gets [old, new] and so opens both; (2) every process gets
// [new, old] and so seals with the new one; (3) once everything that was sealed with the old one has expired or was written
// anew, [new]. A process that skipped (1) is refused after (2) (keyed-store) instead of forgetting sign-ins in silence.

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Random } from '../core/ports';

const KEY_BYTES = 32;
const PREFIX = 'wix-saml-state-key:v1:';
const FORM = /^wix-saml-state-key:v1:([A-Za-z0-9_-]{43})$/;
const ID_CHARS = 22;

/** One or more store keys. Their bytes cannot be read back, printed or serialised. */
export class StateKeys {
  readonly #first: KeyObject;
  readonly #others: readonly KeyObject[];
  /** Names of the keys, in their order. A name tells nothing about its key. */
  readonly ids: readonly [string, ...string[]];

  /** @param keys 32 bytes each */
  constructor([first, ...others]: readonly [Buffer, ...Buffer[]]) {
    this.#first = secretKey(first);
    this.#others = others.map(secretKey);
    this.ids = [idOf(this.#first), ...this.#others.map(idOf)];
    Object.freeze(this);
  }

  /** The key that seals for this purpose. HMAC-SHA-256 is a pseudorandom function: keys for two purposes tell nothing of each other. */
  sealing(purpose: string): Buffer {
    return derive(this.#first, purpose);
  }

  /** The keys that may have sealed for this purpose besides, derived one after the other only when asked for. */
  *opening(purpose: string): Generator<Buffer, void> {
    yield derive(this.#first, purpose);
    for (const key of this.#others) yield derive(key, purpose);
  }
}

const derive = (key: KeyObject, purpose: string): Buffer =>
  createHmac('sha256', key).update(purpose).digest();

const idOf = (key: KeyObject): string =>
  derive(key, 'wix-saml state key id').toString('base64url').slice(0, ID_CHARS);

function secretKey(bytes: Buffer): KeyObject {
  if (bytes.length !== KEY_BYTES) throw new TypeError(`a state key has ${String(KEY_BYTES)} bytes`);
  return createSecretKey(bytes);
}

/** Fresh bytes for a key. */
export const newStateKey = (random: Random): Buffer => random.bytes(KEY_BYTES);

/** A key as the one line of its file; the prefix tells people and secret scanners what it is. */
export const stateKeyText = (key: Buffer): string => `${PREFIX}${key.toString('base64url')}\n`;

/** The bytes of a key from its line; undefined when the text is something else. */
export function readStateKeyText(text: string): Buffer | undefined {
  const [, encoded] = FORM.exec(text.trim()) ?? [];
  const key = encoded === undefined ? undefined : Buffer.from(encoded, 'base64url');
  return key?.length === KEY_BYTES && key.toString('base64url') === encoded ? key : undefined;
}

/** True when a text begins like a key's line, however it goes on. */
export const looksLikeStateKey = (text: string): boolean =>
  text.trimStart().startsWith('wix-saml-state-key:');
