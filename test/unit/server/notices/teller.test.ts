/** Notices on their way to a real mail server and a real receiver of webhooks. */

import { eventsTo, type SsoEvent } from '../../../../src/core/events';
import type { NoticeWays } from '../../../../src/admin/notices/ways';
import { SsoError } from '../../../../src/core/errors';
import { Secret } from '../../../../src/core/secret';
import { TellerToBe, type TellerPorts } from '../../../../src/server/notices/teller';
import { systemRandom } from '../../../../src/server/system';
import { createMemoryStore } from '../../../../src/stores/memory-store';
import { startMailServer, type MailServer } from '../../../support/makers/mail-server';
import {
  isGenuine,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../support/makers/webhook-receiver';

const secretText = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const nextText = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const secretsOf = (...texts: string[]): Secret<Buffer>[] =>
  texts.map((text) => new Secret(Buffer.from(text.slice(6), 'base64')));

const down = (problem = 'The metadata was valid until yesterday.', connection = 'acme'): SsoEvent => ({
  type: 'connection.down',
  ...{ connection, site: 'portal', problem, hint: 'Download the current metadata from the IdP.' },
});
const refused = (
  code: 'SAML_SIGNATURE_INVALID' | 'SAML_STATUS_NOT_SUCCESS' = 'SAML_SIGNATURE_INVALID',
): SsoEvent => ({
  type: 'refused',
  ...{ reference: 'KPVGWD49N6', code, path: '/saml/acs', connection: 'acme', site: 'portal' },
});

let mail: MailServer;
let hook: WebhookReceiver;
let now = Date.parse('2026-06-01T09:00:00Z');
beforeAll(async () => {
  mail = await startMailServer();
  hook = await startWebhookReceiver();
});
afterAll(async () => {
  await mail.close();
  await hook.close();
});

interface World {
  readonly tell: (event: SsoEvent) => void;
  readonly said: SsoEvent[];
  /** Ends the waiting of everything that waits for another try. @returns their delays */
  readonly later: () => number[];
  readonly idle: () => Promise<void>;
}

const store = () => createMemoryStore({ now: () => now });

function aWorld(changes: Partial<TellerPorts> & { readonly others?: Partial<NoticeWays> } = {}): World {
  const { others, ...ports } = changes;
  const said: SsoEvent[] = [];
  const timers = new Map<() => void, number>();
  let lastSeen: number | undefined;
  const toBe = new TellerToBe();
  const events = eventsTo((event) => said.push(event), toBe.subscriber);
  const ways: NoticeWays = {
    to: ['ops@example.com'],
    contacts: new Map([['acme', ['it@acme.example']]]),
    smtp: { host: '127.0.0.1', port: mail.port, tls: 'none', from: 'wix-saml@example.com' },
    webhooks: [{ url: hook.url, secrets: secretsOf(secretText, nextText) }],
    ...others,
  };
  const teller = toBe.open({
    clock: { now: () => now },
    random: systemRandom,
    timers: {
      after: (delay, run) => {
        timers.set(run, delay);
        return () => timers.delete(run);
      },
    },
    events,
    store: store(),
    ways: () => ways,
    isConnection: (name) => name === 'acme',
    signIns: { note: () => (lastSeen = now), lastSeen: () => Promise.resolve(lastSeen) },
    baseUrl: () => 'https://sso.example.com',
    outbound: () => ({}),
    ...ports,
  });
  worlds.push(teller);
  const seen = (): number => said.length + mail.mails.length + hook.received.length;
  const idle = async (): Promise<void> => {
    for (let quiet = 0, before = seen(); quiet < 3; before = seen()) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      quiet = seen() === before ? quiet + 1 : 0;
    }
  };
  return {
    tell: events.emit,
    said,
    idle,
    later: () => {
      const due = [...timers];
      timers.clear();
      for (const [run] of due) run();
      return due.map(([, delay]) => delay);
    },
  };
}

const worlds: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});
beforeEach(() => {
  (mail.mails as unknown[]).length = 0;
  (hook.received as unknown[]).length = 0;
  hook.answer = 204;
  now += 400 * 86_400_000;
});

const sentTo = (): string[][] => mail.mails.map(({ to }) => [...to]).sort();
const outcomes = ({ said }: World): string[] =>
  said.flatMap((event) =>
    event.type === 'notice.sent' || event.type === 'notice.failed'
      ? [`${event.type} ${event.cause} ${event.channel}`]
      : [],
  );

describe('a notice', () => {
  it('goes to the operator, the technical contact and the webhook, each by itself', async () => {
    const world = aWorld();
    world.tell(down());
    await Promise.all([mail.arrived(2), hook.arrived(1)]);
    await world.idle();
    expect(sentTo()).toEqual([['it@acme.example'], ['ops@example.com']]);
    expect(outcomes(world).sort()).toEqual([
      'notice.sent connection.down mail',
      'notice.sent connection.down mail to contact',
      'notice.sent connection.down webhook notify.webhooks[0]',
    ]);
    const [first] = mail.mails;
    expect(first?.raw).toMatch(/^Subject: wix-saml: acme: nobody can sign in\r$/m);
    expect(first?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(first?.raw).toContain('What to do: Download the current metadata from the IdP.');
    expect(first?.raw).toContain('On the machine of the service: wix-saml check');
    expect(JSON.parse(hook.received[0]?.body ?? '')).toEqual({
      type: 'connection.down',
      timestamp: new Date(now).toISOString(),
      data: {
        service: 'https://sso.example.com',
        subject: 'acme: nobody can sign in',
        problem: 'The metadata was valid until yesterday.',
        remedy: 'Download the current metadata from the IdP.',
        command: 'wix-saml check',
        connection: 'acme',
        site: 'portal',
      },
    });
  });

  it('is signed by each secret, and by no other', async () => {
    const world = aWorld();
    world.tell(down());
    await hook.arrived(1);
    const [received] = hook.received;
    if (received === undefined) throw new Error('nothing came');
    expect(received.contentType).toBe('application/json');
    expect(await isGenuine(received, secretText, now)).toBe(true);
    expect(await isGenuine(received, nextText, now)).toBe(true);
    expect(await isGenuine(received, `whsec_${Buffer.alloc(32, 9).toString('base64')}`, now)).toBe(false);
    expect(await isGenuine({ ...received, body: `${received.body} ` }, secretText, now)).toBe(false);
    expect(await isGenuine(received, secretText, now + 600_000)).toBe(false);
    const other = { ...received.headers, 'webhook-id': 'msg_other' };
    expect(await isGenuine({ ...received, headers: other }, secretText, now)).toBe(false);
  });

  it('comes once a day, from whichever of several processes', async () => {
    const shared = store();
    const [one, other] = [aWorld({ store: shared }), aWorld({ store: shared })];
    for (const world of [one, other, one]) world.tell(down());
    await one.idle();
    expect(hook.received).toHaveLength(1);
    now += 86_400_000 - 1;
    other.tell(down());
    await one.idle();
    expect(hook.received).toHaveLength(1);
    now += 1;
    other.tell(down());
    one.tell(down());
    await one.idle();
    expect(hook.received).toHaveLength(2);
  });

  it('comes once from each process while the store is away', async () => {
    const claim = (): Promise<boolean> => Promise.reject(new SsoError('STATE_UNAVAILABLE'));
    const world = aWorld({ store: { claim } });
    const away: SsoEvent = { type: 'state.connection', problem: 'ECONNREFUSED', hint: 'Check `state`.' };
    for (let count = 0; count < 5; count += 1) world.tell(away);
    await world.idle();
    expect(sentTo()).toEqual([['ops@example.com']]);
    expect(hook.received).toHaveLength(1);
  });

  it('never has a header, a line or an address of a stranger', async () => {
    const world = aWorld();
    const problem = 'x\r\nBcc: victim@evil.example\r\n\r\nHello\u202e jane.doe@acme.example <b>';
    world.tell({ ...down(), problem, hint: problem } as SsoEvent);
    await Promise.all([mail.arrived(2), hook.arrived(1)]);
    for (const { raw, to } of mail.mails) {
      expect(to.join()).not.toContain('evil');
      expect(raw).not.toMatch(/^Bcc:/im);
      expect(raw).not.toContain('jane.doe');
    }
    expect(hook.received[0]?.body).not.toMatch(/jane\.doe|victim|\\u202e|\\r|\\n/);
  });

  it('about a connection that nobody has configured is not sent', async () => {
    const world = aWorld();
    world.tell(down('whatever', 'evil'));
    await world.idle();
    expect(hook.received).toHaveLength(0);
  });
});

describe('the first failure of a connection', () => {
  const accepted = {
    type: 'login.accepted',
    ...{ connection: 'acme', site: 'portal', reference: 'A', signIn: 'B', member: 'C', signed: [] },
    ...{ algorithms: [], keyThumbprints: [], assertionIdHash: 'D', encrypted: false },
  } as const satisfies SsoEvent;

  it('is told when somebody has signed in by it before, and once', async () => {
    const world = aWorld();
    world.tell(refused());
    await world.idle();
    expect(hook.received).toHaveLength(0);
    world.tell(accepted);
    world.tell(refused('SAML_STATUS_NOT_SUCCESS'));
    world.tell(refused());
    world.tell(refused());
    await world.idle();
    expect(hook.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'connection.failing',
    ]);
    expect(hook.received[0]?.body).toContain('wix-saml why KPVGWD49N6');
  });

  it('is not told of a connection that nobody has used for a week', async () => {
    const world = aWorld();
    world.tell(accepted);
    now += 7 * 86_400_000;
    world.tell(refused());
    await world.idle();
    expect(hook.received).toHaveLength(0);
  });
});

describe('a receiver that fails', () => {
  it('is tried again with growing patience under the same id, then given up', async () => {
    const world = aWorld({ others: { to: [], contacts: new Map() } });
    hook.answer = 500;
    world.tell(down());
    const delays: number[] = [];
    for (let count = 1; count <= 5; count += 1) {
      await hook.arrived(count);
      await world.idle();
      delays.push(...world.later());
    }
    expect(delays).toEqual([10_000, 60_000, 300_000, 1_800_000]);
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(outcomes(world)).toEqual(['notice.failed connection.down webhook notify.webhooks[0]']);
  });

  it('that wants no more of them (410) is not asked again', async () => {
    const world = aWorld({ others: { to: [], contacts: new Map() } });
    hook.answer = 410;
    world.tell(down());
    await hook.arrived(1);
    await world.idle();
    expect(world.later()).toEqual([]);
    expect(outcomes(world)).toEqual(['notice.failed connection.down webhook notify.webhooks[0]']);
  });

  it('keeps nobody waiting: a hundred causes on their way are enough', async () => {
    const claims: string[] = [];
    const answers: (() => void)[] = [];
    const claim = (key: string): Promise<boolean> => {
      claims.push(key);
      return new Promise((resolve) => answers.push(() => resolve(false)));
    };
    const world = aWorld({ store: { claim }, isConnection: () => true });
    for (let count = 0; count < 300; count += 1) world.tell(down('x', `c${count}`));
    await new Promise((resolve) => setImmediate(resolve));
    expect(claims).toHaveLength(100);
    for (const answer of answers) answer();
  });

  it('is no reason to wait with stopping', async () => {
    hook.answer = 500;
    const world = aWorld({ others: { to: [], contacts: new Map() } });
    const teller = worlds.at(-1);
    world.tell(down());
    await hook.arrived(1);
    await world.idle();
    await teller?.close();
    expect(world.later()).toEqual([]);
  });
});
