import { limits } from '../../../src/core/limits';
import {
  newRequestId,
  peekConnection,
  putPendingRequest,
  takePendingRequest,
  type PendingRequest,
} from '../../../src/sso/pending-request';
import { challenge, setting, START } from '../../support/makers/setting';

const pending: PendingRequest = {
  connection: 'acme',
  site: 'portal',
  codeChallenge: challenge,
  state: 'page-state',
  returnTo: '/members',
  forceAuthn: false,
  requestedAt: START,
};

describe('a request id', () => {
  it('#state.request/id is an NCName of 160 random bits that names its connection and fits into RelayState', () => {
    const { random } = setting().context;
    const ids = new Set<string>();
    for (let round = 0; round < 100; round += 1) ids.add(newRequestId(random, 'c'.repeat(32)));
    expect(ids.size).toBe(100);
    for (const id of ids) {
      expect(id).toMatch(/^_[0-9a-f]{40}-c{32}$/);
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(limits.relayStateBytes);
      expect(peekConnection(id)).toBe('c'.repeat(32));
    }
  });

  it.each([
    '',
    'acme',
    '_-acme',
    `_${'a'.repeat(40)}`,
    `_${'A'.repeat(40)}-acme`,
    `_${'a'.repeat(40)}-`,
    `_${'a'.repeat(40)}-acme\n`,
    `x_${'a'.repeat(40)}-acme`,
    `_${'a'.repeat(40)}-${'c'.repeat(33)}`,
  ])('is not %j', (text) => {
    expect(peekConnection(text)).toBeUndefined();
  });
});

describe('a pending request', () => {
  it('#state.request/one-of-fifty is taken by exactly one of fifty parallel answers', async () => {
    const { context } = setting();
    const id = newRequestId(context.random, 'acme');
    await putPendingRequest(context, id, pending);
    const taken = await Promise.all(Array.from({ length: 50 }, () => takePendingRequest(context, id)));
    expect(taken.filter((value) => value !== undefined)).toEqual([pending]);
  });

  it('is remembered for 30 minutes', async () => {
    const { context, clock } = setting();
    const [early, late] = [newRequestId(context.random, 'acme'), newRequestId(context.random, 'acme')];
    await putPendingRequest(context, early, pending);
    await putPendingRequest(context, late, pending);
    clock.advance(limits.pendingRequestMs - 1);
    expect(await takePendingRequest(context, early)).toEqual(pending);
    clock.advance(1);
    expect(await takePendingRequest(context, late)).toBeUndefined();
  });

  it('has expired by our clock even when the store still has it', async () => {
    const { context } = setting();
    const id = newRequestId(context.random, 'acme');
    await putPendingRequest(context, id, { ...pending, requestedAt: START - limits.pendingRequestMs });
    expect(await takePendingRequest(context, id)).toBeUndefined();
  });

  it('of another shape, as another version may write it, counts as unknown', async () => {
    const { context } = setting();
    const id = newRequestId(context.random, 'acme');
    const older: Partial<PendingRequest> = { ...pending };
    Reflect.deleteProperty(older, 'state');
    await putPendingRequest(context, id, older as PendingRequest);
    expect(await takePendingRequest(context, id)).toBeUndefined();
  });

  it('is not looked for under anything but a request id', async () => {
    const { context } = setting();
    await putPendingRequest(context, 'short', pending);
    expect(await takePendingRequest(context, 'short')).toBeUndefined();
  });
});
