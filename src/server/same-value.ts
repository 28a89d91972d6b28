// Whether two parts of a configuration say the same, also where they hold keys and secrets, which nobody else can look into.

import { createPublicKey, KeyObject } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Secret } from '../core/secret';
import { StateKeys } from '../stores/state-keys';

export const sameValue = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(comparable(one), comparable(other));

function comparable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return value.reveal();
  if (value instanceof StateKeys) return value.ids;
  // Two private keys are the same when their public halves are.
  if (value instanceof KeyObject) return createPublicKey(value).export({ type: 'spki', format: 'der' });
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, comparable(item)]));
  if (value instanceof Set) return value;
  if (Array.isArray(value)) return value.map(comparable);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, comparable(item)]));
}
