// Three failures with one content key, and it is never opened again; nobody else is locked out.

import { limits } from '../../../src/core/limits';
import { createDecryptionThrottle, type DecryptionThrottle } from '../../../src/sso/decryption-throttle';

const none = { keys: [], allowCbc: true };
const contentKey = Buffer.alloc(16, 1);
const another = Buffer.alloc(16, 2);

/** One message that opens something with each of these keys; true where it was let. */
function ask(throttle: DecryptionThrottle, keys: readonly Buffer[], fails: boolean): (boolean | undefined)[] {
  const decryption = throttle.watch(none);
  const admitted = keys.map((key) => decryption.admitCbc?.(key));
  if (fails) decryption.onFailure?.();
  return admitted;
}

describe('the throttle of failed decryptions', () => {
  it('opens with what it was given', () => {
    const keys: never[] = [];
    const watched = createDecryptionThrottle().watch({ keys, allowCbc: false });
    expect(watched).toMatchObject({ keys: [], allowCbc: false });
    expect(watched.keys).toBe(keys);
  });

  it('lets a content key fail three times', () => {
    const throttle = createDecryptionThrottle();
    expect(limits.decryptionFailuresPerKey).toBe(3);
    const asked = [1, 2, 3, 4, 5].map(() => ask(throttle, [contentKey], true)[0]);
    expect(asked).toEqual([true, true, true, false, false]);
    expect(ask(throttle, [Buffer.from(contentKey)], false)).toEqual([false]);
    expect(ask(throttle, [another], false)).toEqual([true]);
  });

  it('does not count what ends well', () => {
    const throttle = createDecryptionThrottle();
    for (let at = 0; at < 9; at++) expect(ask(throttle, [contentKey], false)).toEqual([true]);
    expect(ask(throttle, [contentKey], true)).toEqual([true]);
  });

  it('counts a message once for a key, and for every key that it used', () => {
    const throttle = createDecryptionThrottle();
    for (let at = 0; at < 3; at++)
      expect(ask(throttle, [contentKey, contentKey, another], true)).toEqual([true, true, true]);
    expect(ask(throttle, [contentKey, another], false)).toEqual([false, false]);
  });

  it('knows nothing of another throttle: nothing is kept outside', () => {
    const throttle = createDecryptionThrottle();
    for (let at = 0; at < 3; at++) ask(throttle, [contentKey], true);
    expect(ask(throttle, [contentKey], false)).toEqual([false]);
    expect(ask(createDecryptionThrottle(), [contentKey], false)).toEqual([true]);
  });

  it('remembers a bounded number, and forgets the oldest', () => {
    const throttle = createDecryptionThrottle();
    for (let at = 0; at < 3; at++) ask(throttle, [contentKey], true);
    const key = Buffer.alloc(16, 3);
    const fill = (count: number, from: number): void => {
      for (let at = from; at < from + count; at++) {
        key.writeUInt32BE(at, 0);
        ask(throttle, [key], true);
      }
    };
    fill(limits.contentKeysRemembered - 1, 0);
    expect(ask(throttle, [contentKey], false)).toEqual([false]);
    fill(1, limits.contentKeysRemembered);
    expect(ask(throttle, [contentKey], false)).toEqual([true]);
  });
});
