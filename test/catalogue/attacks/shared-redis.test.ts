/** Somebody else can read and write our Redis: another application on it, a stolen password. */
import { createHash, randomBytes } from 'node:crypto';
import type { PendingRequest } from '../../../src/sso/pending-request';
import { createRedisStore } from '../../../src/stores/redis-store';
import { putSealed } from '../../../src/stores/sealed-store';
import { StateKeys } from '../../../src/stores/state-keys';
import type { StateStore } from '../../../src/stores/state-store';
import type { TicketGrant } from '../../../src/wix/ticket';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { post } from './catalogue';
import { honest } from './material';
import { hasTicket, startServiceProvider, type RunningServiceProvider } from './running-sp';

if (!hasRedis && process.env['CI'] !== 'true') {
  console.warn('SKIPPED: no redis-server on this machine, so a hostile one is not tried.');
}
const describeWithRedis = hasRedis || process.env['CI'] === 'true' ? describe : describe.skip;

const random = { bytes: (count: number) => randomBytes(count) };
const verifier = 'a'.repeat(43);
const codeChallenge = createHash('sha256').update(verifier).digest('base64url');

describeWithRedis('a Redis that others can write to', () => {
  let server: RedisServer;
  let theirs: StateStore;
  let sp: RunningServiceProvider;
  /** They know our format and not our store key. */
  const stateKeys = new StateKeys([randomBytes(32)]);

  beforeAll(async () => {
    server = await startRedis();
    theirs = createRedisStore({ url: server.url, keyPrefix: 'wix-saml:' });
    sp = await startServiceProvider({ state: server.url });
    await waitUntil(() => theirs.ping());
    await waitUntil(async () => {
      if (!(await fetch(new URL('/readyz', sp.acsUrl))).ok) throw new Error('not ready');
    });
  });
  afterAll(async () => {
    await Promise.all([sp.close(), theirs.close()]);
    await server.stop();
  });

  it('still signs honest people in', async () => {
    const outcome = await sp.send(post(honest(await sp.context())));
    expect(hasTicket(outcome)).toBe(true);
    expect(await sp.redeem(outcome)).toBe('mallory@example.com');
  });

  it('cannot make a ticket for a member of its choice', async () => {
    const ticket = randomBytes(32).toString('base64url');
    // Typed, so that a new field cannot make this forgery toothless.
    const grant: TicketGrant & { expiresAt: number } = {
      site: 'portal',
      connection: 'acme',
      identityProvider: 'https://idp.example.com/metadata',
      email: 'alice@example.com',
      codeChallenge,
      state: 's',
      returnTo: '/',
      signIn: '0123456789',
      subject: { nameId: { value: 'alice@example.com' }, requestedAt: Date.now() },
      expiresAt: Date.now() + 60_000,
    };
    await putSealed({ store: theirs, random, stateKeys }, { kind: 'ticket', id: ticket }, grant, {
      ttlMs: 60_000,
    });
    const answer = await fetch(new URL('/session-token', sp.acsUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket, codeVerifier: verifier }),
    });
    expect(await answer.json()).toMatchObject({ error: 'TICKET_UNKNOWN' });
  });

  it('cannot give a request of its choice a challenge of its own', async () => {
    const context = await sp.context();
    const request: PendingRequest = {
      connection: 'acme',
      site: 'portal',
      codeChallenge,
      state: '',
      returnTo: '/',
      forceAuthn: false,
      requestedAt: Date.now(),
    };
    const place = { kind: 'request', id: context.requestId } as const;
    await putSealed({ store: theirs, random, stateKeys }, place, request, { ttlMs: 60_000 });
    const outcome = await sp.send(post(honest(context)));
    expect(outcome).toMatchObject({ code: 'SAML_REQUEST_UNKNOWN', location: null });
  });
});

async function waitUntil(attempt: () => Promise<unknown>): Promise<void> {
  for (let count = 0; ; count += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (count === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
