import { limits } from '../../../src/core/limits';
import { handleKeysOf, readHandle, writeHandle, type HandleKeys } from '../../../src/sso/handle';
import { StateKeys } from '../../../src/stores/state-keys';
import { newRequestId } from '../../../src/sso/pending-request';
import { systemRandom } from '../../../src/server/system';

const key: HandleKeys = [Buffer.alloc(32, 1)];
const requestId = `_${'0123456789'.repeat(4)}-acme`;

describe('a handle', () => {
  it('stands for its request, in at most 80 bytes', () => {
    for (const connection of ['a', 'acme', 'x'.repeat(32)]) {
      const id = newRequestId(systemRandom, connection);
      const handle = writeHandle(key, id);
      expect(readHandle(key, handle)).toBe(id);
      expect(Buffer.byteLength(handle)).toBeLessThanOrEqual(limits.relayStateBytes);
      expect(handle).not.toContain(id.slice(1, 11));
      expect(handle).toMatch(/^[A-Za-z0-9_-]+$/);
    }
  });

  it('is for a request of ours only', () => {
    expect(() => writeHandle(key, '_1')).toThrow(TypeError);
  });

  it('is nothing with any character changed, missing or added', () => {
    const handle = writeHandle(key, requestId);
    for (let at = 0; at < handle.length; at++) {
      for (const other of ['A', 'B', '-', '_', 'a']) {
        if (handle[at] === other) continue;
        expect(readHandle(key, handle.slice(0, at) + other + handle.slice(at + 1))).toBeUndefined();
      }
      expect(readHandle(key, handle.slice(0, at) + handle.slice(at + 1))).toBeUndefined();
    }
    expect(readHandle(key, `${handle}a`)).toBeUndefined();
    expect(readHandle(key, `${handle.split('-')[0] ?? ''}-globex`)).toBeUndefined();
  });

  it('is known to every process while the state key is being changed', () => {
    const [old, fresh] = [Buffer.alloc(32, 3), Buffer.alloc(32, 4)];
    const before = handleKeysOf(new StateKeys([old, fresh]));
    const after = handleKeysOf(new StateKeys([fresh, old]));
    expect(readHandle(after, writeHandle(before, requestId))).toBe(requestId);
    expect(readHandle(before, writeHandle(after, requestId))).toBe(requestId);
    expect(readHandle(handleKeysOf(new StateKeys([fresh])), writeHandle(before, requestId))).toBeUndefined();
  });

  it('is nothing under another key, and other texts are none', () => {
    expect(readHandle([Buffer.alloc(32, 2)], writeHandle(key, requestId))).toBeUndefined();
    for (const text of ['', requestId, '/members', 'https://portal.example/', `${'A'.repeat(44)}-acme`]) {
      expect(readHandle(key, text)).toBeUndefined();
    }
  });
});
