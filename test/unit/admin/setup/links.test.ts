/** Set-up links in a store: made, redeemed once, ended. */
import { randomBytes } from 'node:crypto';
import {
  createLink,
  isFormTokenOf,
  listLinks,
  lookAtLink,
  readSession,
  redeemLink,
  revokeLink,
  wereLinksMade,
  type LinkPorts,
} from '../../../../src/admin/setup/links';
import { readLinkRecord } from '../../../../src/admin/setup/link-record';
import { createMemoryStore } from '../../../../src/stores/memory-store';
import { sealedDocuments } from '../../../../src/stores/sealed-documents';
import { StateKeys } from '../../../../src/stores/state-keys';
import type { StateStore } from '../../../../src/stores/state-store';
import { START } from '../../../support/makers/setting';

const DAY = 86_400_000;
let now: number;
let store: StateStore;
let ports: LinkPorts;

beforeEach(() => {
  now = START;
  const clock = { now: () => now };
  const random = { bytes: (count: number) => randomBytes(count) };
  store = createMemoryStore(clock);
  const documents = sealedDocuments({ store, random, stateKeys: new StateKeys([randomBytes(32)]) });
  ports = { documents, clock, random };
});

const make = async (days = 7): Promise<string> =>
  (await createLink(ports, { connection: 'acme', days })).secret.reveal();
const invalid = (problem: string): object => ({ code: 'SETUP_LINK_INVALID', detail: { problem } });

describe('a set-up link', () => {
  it('is 256 random bits, of which the store holds no more than a hash', async () => {
    const secret = await make();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    const names = (await store.list('setup-links/')).map(({ name }) => name);
    expect(names).toHaveLength(1);
    const values = await Promise.all(names.map(async (name) => (await store.get(name))?.value));
    expect(JSON.stringify([names, values])).not.toContain(secret);
  });

  it('says that links were made, for ever', async () => {
    expect(await wereLinksMade(ports)).toBe(false);
    await make();
    now += 400 * DAY;
    await make();
    expect(await listLinks(ports)).toHaveLength(1); // the first one is forgotten
    expect(await wereLinksMade(ports)).toBe(true);
  });

  it('may be looked at as often as one likes', async () => {
    const secret = await make();
    await lookAtLink(ports, secret);
    expect(await lookAtLink(ports, secret)).toMatchObject({ connection: 'acme', state: 'open' });
  });

  it('is redeemed once: of a hundred clicks at the same moment one counts', async () => {
    const secret = await make();
    const clicks = Array.from({ length: 100 }, () => redeemLink(ports, secret, undefined));
    const done = await Promise.allSettled(clicks);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(redeemLink(ports, secret, undefined)).rejects.toMatchObject({
      code: 'SETUP_LINK_INVALID',
      detail: { problem: 'redeemed in another browser' },
    });
  });

  it('opens again in the browser that redeemed it, for the same session', async () => {
    const secret = await make();
    const { cookie } = await redeemLink(ports, secret, undefined);
    const again = await redeemLink(ports, secret, cookie.reveal());
    expect(again.cookie.reveal()).toBe(cookie.reveal());
  });

  it('gives a fresh session whatever the browser brings', async () => {
    const planted = (await redeemLink(ports, await make(), undefined)).cookie.reveal();
    const { cookie } = await redeemLink(ports, await make(), planted);
    expect(cookie.reveal()).not.toBe(planted);
  });

  it.each([
    ['unknown', randomBytes(32).toString('base64url'), 'unknown'],
    ['of another form', '../links', 'not a link of ours'],
    ['empty', '', 'not a link of ours'],
  ])('that is %s opens nothing', async (_title, secret, problem) => {
    await make();
    await expect(redeemLink(ports, secret, undefined)).rejects.toMatchObject(invalid(problem));
  });

  it('ends with its days, and the session with it', async () => {
    const secret = await make(1);
    const unopened = await make(1);
    const { cookie } = await redeemLink(ports, secret, undefined);
    now += DAY - 1;
    expect((await readSession(ports, cookie.reveal())).link.connection).toBe('acme');
    now += 1;
    await expect(readSession(ports, cookie.reveal())).rejects.toMatchObject({ code: 'SETUP_LINK_INVALID' });
    await expect(lookAtLink(ports, unopened)).rejects.toMatchObject({ detail: { problem: 'expired' } });
  });

  it('ends when it is revoked, and the session with it', async () => {
    const secret = await make();
    const { cookie, link } = await redeemLink(ports, secret, undefined);
    expect(await revokeLink(ports, link.id)).toMatchObject({ state: 'revoked' });
    expect(await revokeLink(ports, link.id)).toMatchObject({ state: 'revoked' });
    await expect(readSession(ports, cookie.reveal())).rejects.toMatchObject({
      detail: { problem: 'revoked' },
    });
    await expect(redeemLink(ports, secret, cookie.reveal())).rejects.toMatchObject({
      detail: { problem: 'revoked' },
    });
    expect(await listLinks(ports)).toMatchObject([{ id: link.id, state: 'revoked' }]);
  });

  it.each(['000000000000', 'x', '../../setup', ''])('revokes nothing by the id %j', async (id) => {
    await make();
    expect(await revokeLink(ports, id)).toBeUndefined();
  });

  it('that was set back in the store is not believed by who saw it revoked', async () => {
    const { link } = await createLink(ports, { connection: 'acme', days: 7 });
    const [listed] = await store.list('setup-links/');
    const before = await store.get(listed?.name ?? '');
    await revokeLink(ports, link.id);
    const real = store.get.bind(store);
    store.get = (name) => (name === listed?.name ? Promise.resolve(before) : real(name));
    await expect(listLinks(ports)).rejects.toMatchObject({ code: 'STATE_DOCUMENT_UNREADABLE' });
  });
});

describe('the session of a link', () => {
  it('is found by its cookie alone', async () => {
    const { cookie } = await redeemLink(ports, await make(), undefined);
    const [key = '', secret = ''] = cookie.reveal().split('.');
    const other = randomBytes(32).toString('base64url');
    for (const wrong of [undefined, '', key, `${key}.${other}`, `${'0'.repeat(64)}.${secret}`, `${key}.`])
      await expect(readSession(ports, wrong)).rejects.toMatchObject(invalid('no session'));
    expect((await readSession(ports, cookie.reveal())).key).toBe(key);
  });

  it('is none before the link is redeemed', async () => {
    const secret = await make();
    const [listed] = await store.list('setup-links/');
    const key = listed?.name.split('/')[1] ?? '';
    await expect(readSession(ports, `${key}.${secret}`)).rejects.toMatchObject(invalid('no session'));
  });

  it('has a token for its forms that no other session has', async () => {
    const [one, other] = await Promise.all(
      [await make(), await make()].map(async (secret) =>
        readSession(ports, (await redeemLink(ports, secret, undefined)).cookie.reveal()),
      ),
    );
    if (one === undefined || other === undefined) throw new Error('no session');
    expect(isFormTokenOf(one, one.formToken)).toBe(true);
    for (const wrong of [other.formToken, '', undefined, one.formToken.slice(1), `${one.formToken}0`])
      expect(isFormTokenOf(one, wrong)).toBe(false);
  });
});

it.each([
  [undefined],
  ['text'],
  [{}],
  [{ scope: 'owner', connection: 'a', createdAt: 1, endsAt: 2 }],
  [{ scope: 'setup', connection: 'a', createdAt: 1, endsAt: '2' }],
  [{ scope: 'setup', connection: 'a', createdAt: 1, endsAt: 2, session: 'short' }],
  [{ scope: 'setup', connection: 'a', createdAt: 1, endsAt: 2, revokedAt: 'x' }],
])('a record %j is none of ours', (value) => {
  expect(readLinkRecord(value)).toBeUndefined();
});
