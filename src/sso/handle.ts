// The RelayState that we give an IdP to bring back (SAML Bindings §3.4.3): a handle of ours for one request, which says that
// we did ask, before a byte of the answer is parsed. It buys a place in the line and proves nothing about a person: what is
// answered, and for whom, is settled by signatures and by the pending request alone.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StateKeys } from '../stores/state-keys';
import { readRequestId, requestIdOf } from './pending-request';

/** What an answer is for. Part of what is authenticated, so that a handle for one thing can never stand in for another. */
export type HandlePurpose = 'sign-in' | 'test' | 'sign-out';
const purposes: Readonly<Record<HandlePurpose, number>> = {
  'sign-in': 1,
  test: 2,
  'sign-out': 3,
};
const ID_BYTES = 20;
/** Of HMAC-SHA256: 96 bits (RFC 2104 §5). */
const MAC_BYTES = 12;
/** base64url of id, purpose and MAC, then the connection: at most 77 of the 80 bytes that RelayState may have. */
const HANDLE = /^([A-Za-z0-9_-]{44})-([a-z0-9-]{1,32})$/;

/** 32 secret bytes each: the first writes, all are believed. */
export type HandleKeys = readonly [Buffer, ...Buffer[]];

/** Whoever shares a store shares its keys, and so the handles of its requests, also while a key is being changed. */
export function handleKeysOf(stateKeys: StateKeys): HandleKeys {
  const purpose = 'wix-saml handles';
  return [stateKeys.sealing(purpose), ...[...stateKeys.opening(purpose)].slice(1)];
}

/** @param keys of every process that may receive the answer */
export function writeHandle(
  [key]: HandleKeys,
  requestId: string,
  purpose: HandlePurpose = 'sign-in',
): string {
  const request = readRequestId(requestId);
  if (request === undefined) throw new TypeError('a handle is for a request ID of ours');
  const material = Buffer.concat([request.id, Buffer.of(purposes[purpose])]);
  const token = Buffer.concat([material, mac(key, material, request.connection)]);
  return `${token.toString('base64url')}-${request.connection}`;
}

/** The request ID that a handle of ours for this purpose stands for; undefined for anything else, however it looks. */
export function readHandle(
  keys: HandleKeys,
  text: string,
  purpose: HandlePurpose = 'sign-in',
): string | undefined {
  const [, encoded, connection] = HANDLE.exec(text) ?? [];
  if (encoded === undefined || connection === undefined) return undefined;
  const token = Buffer.from(encoded, 'base64url');
  const material = token.subarray(0, ID_BYTES + 1);
  const given = token.subarray(ID_BYTES + 1);
  if (!keys.some((key) => timingSafeEqual(given, mac(key, material, connection)))) return undefined;
  if (material[ID_BYTES] !== purposes[purpose]) return undefined;
  return requestIdOf(material.subarray(0, ID_BYTES), connection);
}

function mac(key: Buffer, material: Buffer, connection: string): Buffer {
  return createHmac('sha256', key).update(material).update(connection).digest().subarray(0, MAC_BYTES);
}
