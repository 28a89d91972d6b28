// A4, A5: metadata that renews itself, against an address and a file that change, with a clock and timers by hand.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventsTo, type SsoEvent } from '../../../src/core/events';
import type { ConnectionSettings } from '../../../src/sso/connection';
import {
  ConnectionDirectory,
  stateAt,
  type MetadataSource,
  type WantedMetadata,
} from '../../../src/sso/directory';
import { metadataCopies } from '../../../src/sso/metadata-copies';
import { MetadataRefresh } from '../../../src/sso/metadata-refresh';
import { nextTry } from '../../../src/sso/refresh-times';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { sealedDocuments } from '../../../src/stores/sealed-documents';
import { StateKeys } from '../../../src/stores/state-keys';
import type { StateStore } from '../../../src/stores/state-store';
import { describeCertificate, readCertificate } from '../../../src/saml/signature/certificate';
import { idpMetadata, makeIdpKeys, signElement, type IdpKeys } from '../../support/idp';
import { connection, START } from '../../support/makers/setting';

const MINUTE = 60_000;
const IDP = 'https://idp.example/metadata';
const first = makeIdpKeys({ kind: 'ec-p256' });
const second = makeIdpKeys({ kind: 'ec-p256' });
const metadata = (certificates = [first.certificateBase64], entityId = IDP, attributes = ''): string =>
  idpMetadata({ entityId, ssoUrl: 'https://idp.example/sso', certificates }).replace(
    ' entityID=',
    ` ${attributes} entityID=`,
  );
const settings: ConnectionSettings = connection('acme', 'portal', ['acme.example']);

let server: Server;
let url: string;
let answer: { status: number; body: string; headers?: Record<string, string> };
let asked: IncomingHttpHeaders[];
let paths: string[];
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-refresh-'));
  server = createServer((request, response) => {
    asked.push(request.headers);
    paths.push(request.url ?? '');
    response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/metadata`;
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(() => {
  answer = { status: 200, body: metadata() };
  asked = [];
  paths = [];
});

interface World {
  readonly refresh: MetadataRefresh;
  readonly events: SsoEvent[];
  /** Names of the events, in order. */
  told(): string[];
  /** Lets so much time pass, and what is due happen. */
  pass(ms: number): Promise<void>;
}

const keys = new StateKeys([randomBytes(32)]);

function world(
  from: MetadataSource,
  store: StateStore = createMemoryStore({ now: () => START }),
  wanted: Omit<WantedMetadata, 'from'> = {},
): World {
  let now = START;
  const events: SsoEvent[] = [];
  const due = new Set<{ at: number; run: () => void }>();
  const refresh = new MetadataRefresh(
    new ConnectionDirectory([
      { settings, metadata: { from, ...wanted }, state: { kind: 'waiting', for: 'firstFetch' } },
    ]),
    {
      clock: { now: () => now },
      random: { bytes: () => Buffer.from([0xff]) },
      timers: {
        after: (ms, run) => {
          const timer = { at: now + ms, run };
          due.add(timer);
          return () => void due.delete(timer);
        },
      },
      events: eventsTo((event) => void events.push(event)),
      copies: metadataCopies(
        sealedDocuments({ store, stateKeys: keys, random: { bytes: (count) => randomBytes(count) } }),
      ),
      ours: 'https://sso.example.com/saml/metadata',
    },
  );
  refresh.start();
  return {
    refresh,
    events,
    told: () => events.map(({ type }) => type),
    pass: async (ms) => {
      now += ms;
      for (const timer of [...due].filter(({ at }) => at <= now)) {
        due.delete(timer);
        timer.run();
      }
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
    },
  };
}

const keysOf = ({ refresh }: World): string[] | undefined =>
  refresh.current.ready.get('acme')?.identityProvider.signingKeys.map(({ thumbprint }) => thumbprint);

describe('#metadata.refresh/address an address', () => {
  it('A4: is asked at once, and again after an hour; what changed is told', async () => {
    const acme = world({ url });
    await acme.pass(0);
    expect(keysOf(acme)).toEqual([first.fingerprint256]);
    expect(acme.told()).toEqual(['connection.up']);
    answer = { status: 200, body: metadata([second.certificateBase64]) };
    await acme.pass(50 * MINUTE);
    expect(asked).toHaveLength(1);
    await acme.pass(20 * MINUTE);
    expect(keysOf(acme)).toEqual([second.fingerprint256]);
    expect(acme.events.at(-1)).toEqual({
      type: 'metadata.refreshed',
      connection: 'acme',
      site: 'portal',
      keysAdded: [second.fingerprint256],
      keysRemoved: [first.fingerprint256],
    });
    acme.refresh.close();
  });

  it('is asked with what it said of its copy, and 304 keeps it', async () => {
    answer.headers = { etag: '"1"', 'last-modified': 'Thu, 15 Jan 2026 10:00:00 GMT' };
    const acme = world({ url });
    await acme.pass(0);
    answer = { status: 304, body: '' };
    await acme.pass(70 * MINUTE);
    expect(asked[1]).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Thu, 15 Jan 2026 10:00:00 GMT',
    });
    expect(keysOf(acme)).toHaveLength(1);
    expect(acme.told()).toEqual(['connection.up']);
    acme.refresh.close();
  });

  it.each([
    ['an error', { status: 500, body: '' }],
    ['a web page', { status: 200, body: '<html>' }],
    ['no usable key', { status: 200, body: metadata([]) }],
    ['the metadata of another IdP', { status: 200, body: metadata(undefined, 'https://other.example') }],
    ['our own metadata', { status: 200, body: metadata(undefined, 'https://sso.example.com/saml/metadata') }],
    [
      'expired metadata',
      { status: 200, body: metadata(undefined, IDP, 'validUntil="2026-01-01T00:00:00Z"') },
    ],
  ])('#metadata.refresh/keeps-good-copy that gives %s changes nothing', async (_title, bad) => {
    const acme = world({ url });
    await acme.pass(0);
    answer = bad;
    await acme.pass(70 * MINUTE);
    expect(keysOf(acme)).toEqual([first.fingerprint256]);
    expect(acme.told()).toEqual(['connection.up', 'metadata.refreshFailed']);
    acme.refresh.close();
  });

  it('A1: that does not answer leaves the connection down until it does', async () => {
    answer = { status: 503, body: '' };
    const acme = world({ url });
    await acme.pass(0);
    expect(acme.refresh.current.byName('acme')?.state).toMatchObject({ kind: 'down', since: START });
    await acme.pass(2 * MINUTE);
    expect(acme.refresh.current.byName('acme')?.state).toMatchObject({ kind: 'down', since: START });
    answer = { status: 200, body: metadata() };
    await acme.pass(3 * MINUTE);
    expect(keysOf(acme)).toHaveLength(1);
    expect(acme.told()).toEqual([
      'metadata.refreshFailed',
      'connection.down',
      'metadata.refreshFailed',
      'connection.up',
    ]);
    acme.refresh.close();
  });

  it('#metadata.refresh/valid-until A5: is asked before its copy ends; past the end the connection is down', async () => {
    answer.body = metadata(undefined, IDP, 'validUntil="2026-01-15T12:40:00Z"');
    const acme = world({ url });
    await acme.pass(0);
    answer = { status: 500, body: '' };
    await acme.pass(25 * MINUTE);
    expect(acme.told()).toEqual(['connection.up', 'metadata.refreshFailed']);
    await acme.pass(20 * MINUTE);
    expect(stateAt(acme.refresh.current.byName('acme')!, START + 45 * MINUTE)).toMatchObject({
      kind: 'down',
    });
    expect(acme.told().at(-1)).toBe('connection.down');
    acme.refresh.close();
  });
});

describe('#metadata.refresh/last-good-copy the last good copy', () => {
  it('is used at the next start, while the address is away', async () => {
    const store = createMemoryStore({ now: () => START });
    const before = world({ url }, store);
    await before.pass(0);
    before.refresh.close();
    answer = { status: 500, body: '' };
    const after = world({ url }, store);
    await after.pass(0);
    expect(keysOf(after)).toEqual([first.fingerprint256]);
    expect(after.told()).toEqual(['connection.up', 'metadata.refreshFailed']);
    after.refresh.close();
  });

  it('of another address is none, and a store that is away is no trouble', async () => {
    const store = createMemoryStore({ now: () => START });
    const before = world({ url }, store);
    await before.pass(0);
    before.refresh.close();
    answer = { status: 500, body: '' };
    const other = world({ url: `${url}?other` }, store);
    await other.pass(0);
    expect(keysOf(other)).toBeUndefined();
    other.refresh.close();
    answer = { status: 200, body: metadata() };
    await store.close();
    const without = world({ url }, store);
    await without.pass(0);
    expect(keysOf(without)).toHaveLength(1);
    without.refresh.close();
  });
});

describe('#metadata.refresh/signer a signer that the operator has named', () => {
  const publisher = makeIdpKeys({ kind: 'ec-p256' });
  const signers = [describeCertificate(readCertificate(publisher.certificateBase64))];
  const signed = (xml: string, keys: IdpKeys = publisher): string =>
    signElement(xml.replace(/^<\?xml[^>]*\?>\s*/, '').replace(' entityID=', ' ID="_m" entityID='), '_m', {
      keys,
    });

  it.each([
    ['no signature', metadata()],
    ['another signature', signed(metadata(), first)],
    ['a signature over something else', signed(metadata()).replace('/sso"', '/sso2"')],
  ])('decides: with %s nothing is used, and nothing good is replaced', async (_title, bad) => {
    answer.body = bad;
    const acme = world({ url }, undefined, { signers });
    await acme.pass(0);
    expect(keysOf(acme)).toBeUndefined();
    answer.body = signed(metadata([second.certificateBase64]));
    await acme.pass(2 * MINUTE);
    expect(keysOf(acme)).toEqual([second.fingerprint256]);
    answer.body = bad;
    await acme.pass(70 * MINUTE);
    expect(keysOf(acme)).toEqual([second.fingerprint256]);
    expect(acme.told()).toEqual([
      'metadata.refreshFailed',
      'connection.down',
      'connection.up',
      'metadata.refreshFailed',
    ]);
    acme.refresh.close();
  });

  it('also decides about the last good copy: one from before is not used', async () => {
    const store = createMemoryStore({ now: () => START });
    const before = world({ url }, store);
    await before.pass(0);
    before.refresh.close();
    answer = { status: 500, body: '' };
    const after = world({ url }, store, { signers });
    await after.pass(0);
    expect(keysOf(after)).toBeUndefined();
    after.refresh.close();
  });

  it('decides about a file', async () => {
    const file = join(directory, 'signed.xml');
    writeFileSync(file, metadata());
    const acme = world({ file }, undefined, { signers });
    await acme.pass(20_000);
    await acme.pass(20_000);
    expect(acme.refresh.current.byName('acme')?.state).toMatchObject({
      trouble: { problem: 'The metadata is not signed as a whole.' },
    });
    writeFileSync(file, signed(metadata()));
    await acme.pass(20_000);
    await acme.pass(20_000);
    expect(keysOf(acme)).toHaveLength(1);
    acme.refresh.close();
  });
});

describe('#metadata.refresh/query a Metadata Query', () => {
  it('asks for the one form, and takes the one entity alone', async () => {
    answer.headers = { etag: '"1"' };
    const acme = world({ url, mdq: IDP }, undefined, { entityId: IDP });
    await acme.pass(0);
    expect(asked[0]?.accept).toBe('application/samlmetadata+xml');
    expect(keysOf(acme)).toHaveLength(1);
    answer.body = metadata(undefined, 'https://other.example');
    await acme.pass(70 * MINUTE);
    expect(asked[1]?.['if-none-match']).toBe('"1"');
    expect(acme.events.at(-1)).toMatchObject({ problem: `There is no entity ${IDP} in it.` });
    answer = { status: 404, body: '' };
    await acme.pass(70 * MINUTE);
    expect(acme.events.at(-1)).toMatchObject({
      problem: expect.stringMatching(/status 404/) as unknown,
      hint: expect.stringMatching(/The responder does not know https:\/\/idp.example\/metadata/) as unknown,
    });
    expect(keysOf(acme)).toHaveLength(1);
    acme.refresh.close();
  });
});

describe('#metadata.refresh/stale an address that is silent for longer than maxStaleDays', () => {
  const DAY = 24 * 60 * MINUTE;

  it('takes the connection down until it answers; 304 is an answer', async () => {
    const store = createMemoryStore({ now: () => START });
    const acme = world({ url }, store, { maxStaleMs: DAY });
    answer.headers = { etag: '"1"' };
    await acme.pass(0);
    answer = { status: 304, body: '' };
    await acme.pass(20 * 60 * MINUTE);
    answer = { status: 500, body: '' };
    await acme.pass(20 * 60 * MINUTE);
    expect(acme.told()).toEqual(['connection.up', 'metadata.refreshFailed']);
    await acme.pass(5 * 60 * MINUTE);
    expect(acme.events.at(-1)).toMatchObject({
      type: 'connection.down',
      problem: expect.stringMatching(/fetched last at 2026-01-16T08:00:00.000Z, .* maxStaleDays/) as unknown,
    });
    acme.refresh.close();

    // Another process learns from the copy how old it is.
    const other = world({ url }, store, { maxStaleMs: DAY });
    await other.pass(0);
    expect(other.refresh.current.byName('acme')?.state).toMatchObject({
      fetchedAt: START + 20 * 60 * MINUTE,
    });
    await other.pass(2 * DAY);
    expect(stateAt(other.refresh.current.byName('acme')!, START + 2 * DAY).kind).toBe('down');
    answer = { status: 200, body: metadata() };
    await other.pass(60 * MINUTE);
    expect(other.told().at(-1)).toBe('connection.up');
    other.refresh.close();
  });
});

describe('a file', () => {
  it('is read when it has changed and then stayed as it is', async () => {
    const file = join(directory, 'idp.xml');
    const acme = world({ file });
    await acme.pass(20_000);
    await acme.pass(20_000);
    expect(acme.refresh.current.byName('acme')?.state).toMatchObject({ kind: 'down' });
    writeFileSync(file, metadata().slice(0, 100));
    await acme.pass(20_000);
    writeFileSync(file, metadata()); // The half was never judged.
    await acme.pass(20_000);
    await acme.pass(20_000);
    expect(keysOf(acme)).toEqual([first.fingerprint256]);
    expect(acme.told()).toEqual(['metadata.refreshFailed', 'connection.down', 'connection.up']);
    acme.refresh.close();
  });
});

describe('#metadata.refresh/guarded a refresh because of an unknown key', () => {
  it('A4: happens once for all who want it, and once in five minutes', async () => {
    const acme = world({ url });
    await acme.pass(0);
    answer = { status: 200, body: metadata([second.certificateBase64]) };
    const wanted = await Promise.all([1, 2, 3].map(() => acme.refresh.refreshForUnknownKey('acme')));
    expect(wanted).toEqual([true, true, true]);
    expect(asked).toHaveLength(2);
    expect(await acme.refresh.refreshForUnknownKey('acme')).toBe(false);
    expect(asked).toHaveLength(2);
    await acme.pass(5 * MINUTE);
    await acme.refresh.refreshForUnknownKey('acme');
    expect(asked).toHaveLength(3);
    acme.refresh.close();
  });

  it('is nothing for a file or an unknown connection', async () => {
    const acme = world({ file: join(directory, 'none.xml') });
    expect(await acme.refresh.refreshForUnknownKey('acme')).toBe(false);
    expect(await acme.refresh.refreshForUnknownKey('nobody')).toBe(false);
    acme.refresh.close();
  });
});

describe('the next try', () => {
  const latest = { bytes: () => Buffer.from([0xff]) };
  const minutes = (facts: Partial<Parameters<typeof nextTry>[0]>): number =>
    Math.round(nextTry({ now: START, failures: 0, ...facts }, latest) / MINUTE);
  it.each([
    ['is in an hour', {}, 60],
    ['is when the IdP wishes', { cacheDurationMs: 6 * 60 * MINUTE }, 360],
    ['is not sooner than in five minutes', { cacheDurationMs: 1 }, 5],
    ['is not later than in a day', { cacheDurationMs: 9e9 }, 1440],
    ['is well before the copy ends', { validUntil: START + 20 * MINUTE }, 10],
    ['is not within a minute', { validUntil: START + 1000 }, 1],
    ['is soon after a failure', { failures: 1 }, 1],
    ['is less and less often', { failures: 4 }, 8],
    ['is as often as usual in the end', { failures: 20 }, 60],
  ])('%s', (_title, facts, expected) => {
    expect(minutes(facts)).toBe(expected);
  });

  it('is not at the same second everywhere', () => {
    const at = (byte: number): number =>
      nextTry({ now: START, failures: 0 }, { bytes: () => Buffer.from([byte]) });
    expect([at(0), at(255)]).toEqual([51 * MINUTE, 60 * MINUTE]);
  });
});
