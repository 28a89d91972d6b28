// A place in the line of a site: what a page gets for its ticket when Wix is busy. Its text says which site, which number and
// until when, under a keyed hash that also covers the challenge; so a page that asks where it stands costs no look into the
// store, and whoever changes a number, or lacks the verifier, has nothing. Behind it lies a record like a ticket's.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StateKeys } from '../stores/state-keys';

export interface Place {
  /** Secret of the record. */
  readonly id: string;
  readonly site: string;
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const PURPOSE = 'wix-saml place';
/** A site's name has 64 characters at most. */
const PLACE_FORM = /^([A-Za-z0-9_-]{60,400})\.([A-Za-z0-9_-]{43})$/;
const ID_FORM = /^[A-Za-z0-9_-]{43}$/;

/** @param codeChallenge of the tab that may use it */
export function placeText(keys: StateKeys, place: Place, codeChallenge: string): string {
  const { id, site, number, expiresAt } = place;
  const body = Buffer.from(JSON.stringify([id, site, number, expiresAt])).toString('base64url');
  return `${body}.${hashOf(keys.sealing(PURPOSE), body, codeChallenge).toString('base64url')}`;
}

/** What a text claims to be; nothing of it is proven. Undefined: no place has this form. */
export function peekPlace(text: string): Place | undefined {
  const [, body = ''] = PLACE_FORM.exec(text) ?? [];
  const values = parsed(Buffer.from(body, 'base64url').toString());
  if (!Array.isArray(values) || values.length !== 4) return undefined;
  const [id, site, number, expiresAt] = values as unknown[];
  if (typeof id !== 'string' || !ID_FORM.test(id) || typeof site !== 'string') return undefined;
  if (typeof number !== 'number' || typeof expiresAt !== 'number') return undefined;
  return { id, site, number, expiresAt };
}

/** Whether we wrote this text, for the tab with this challenge. */
export function isPlaceOf(keys: StateKeys, text: string, codeChallenge: string): boolean {
  const [, body = '', hash = ''] = PLACE_FORM.exec(text) ?? [];
  const given = Buffer.from(hash, 'base64url');
  for (const key of keys.opening(PURPOSE)) {
    const made = hashOf(key, body, codeChallenge);
    if (given.length === made.length && timingSafeEqual(given, made)) return true;
  }
  return false;
}

const hashOf = (key: Buffer, body: string, codeChallenge: string): Buffer =>
  createHmac('sha256', key).update(`${body}\n${codeChallenge}`).digest();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
