// All three of our keys rotate while people sign in at two processes with one Redis, and nobody is lost: neither who signs in
// meanwhile, nor who began before a step and comes back after it. And a reload from the command line, with real processes.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { signInOverHttp, startIdp, type CarriedResponse, type LocalIdp } from '../../support/idp';
import { startWixSite } from '../../support/makers/made-site';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { onwardOf } from '../../support/onward';
import type { WixSite, WixTab } from '../../support/wix';
import { describeReal } from './processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from './service';

const program = join(__dirname, '..', '..', '..', 'dist', 'cli', 'bin.js');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const wixSaml = (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });

interface UnderWay {
  readonly base: string;
  readonly tab: WixTab;
  readonly form: CarriedResponse;
}

describeReal(
  hasRedis,
  'Redis',
  'redis-server',
)('two processes with one Redis', () => {
  let redis: RedisServer;
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let other: Awaited<ReturnType<Service['again']>>;

  beforeAll(async () => {
    redis = await startRedis();
    idp = await startIdp({ layout: 'shibboleth' });
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({ port, site, idpMetadataXml: idp.metadataXml, state: redis.url });
    idp.registerServiceProvider(service.metadataXml);
    other = await service.again();
  });

  const load = { going: true, members: [] as (string | undefined)[] };

  afterAll(async () => {
    load.going = false;
    await other.stop();
    await service.stop();
    await site.stop();
    await idp.close();
    await redis.stop();
  });

  async function begin(base = service.baseUrl): Promise<UnderWay> {
    const tab = await site.openTab();
    await tab.goto('/');
    const { leftTo } = await tab.click('#signInButton');
    const loginUrl = leftTo ?? '';
    const login = await fetch(loginUrl, { redirect: 'manual' });
    return { base, tab, form: await signInOverHttp(login, loginUrl, 'alice') };
  }

  async function finish({ base, tab, form }: UnderWay): Promise<string | undefined> {
    const answer = await fetch(`${base}/saml/acs`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ SAMLResponse: form.samlResponse, RelayState: form.relayState ?? '' }),
    });
    const landed = await tab.goto(onwardOf(await answer.text()) ?? '/lost');
    return landed.member?.email;
  }

  /** As an IdP that reads our address does, whichever process it meets. */
  async function readByTheIdp(base = service.baseUrl): Promise<string> {
    const metadata = await (await fetch(`${base}/saml/metadata`)).text();
    idp.registerServiceProvider(metadata);
    return metadata;
  }

  const step = (...words: string[]): Promise<Ran> =>
    wixSaml('keys', 'rotate', ...words, '--config', service.config);
  const certificatesIn = (metadata: string, use: string): string[] =>
    [...metadata.matchAll(/<md:KeyDescriptor use="([a-z]+)">[^]*?<ds:X509Certificate>([^<]*)</g)].flatMap(
      ([, its, certificate = '']) => (its === use ? [certificate] : []),
    );

  async function siteIsTold(): Promise<void> {
    const { out } = await wixSaml(
      'site',
      '--config',
      service.config,
      '--into',
      join(dirname(service.config), 'site'),
      '--json',
    );
    const { secret } = JSON.parse(out) as { secret: { name: string; value: object } };
    await site.setSecret(secret.name, JSON.stringify(secret.value));
  }

  it('rotate signing, encryption and exchange without a lost sign-in', async () => {
    const begun: UnderWay[] = [];
    const signingIn = (async () => {
      for (let round = 0; load.going && round < 400; round += 1) {
        load.members.push(await finish(await begin(round % 2 === 0 ? service.baseUrl : other.baseUrl)));
      }
    })();
    const taken = async (...words: string[]): Promise<Ran> => {
      begun.push(await begin(), await begin(other.baseUrl));
      const ran = await step(...words);
      expect({ words, ...ran }).toMatchObject({ code: 0, err: '' });
      return ran;
    };
    const before = await readByTheIdp();

    expect((await step('signing', 'switch')).err).toMatch(/no rotation is under way/);
    expect((await taken('signing', 'publish')).out).toMatch(/Tell the IT administrators.*acme/);
    const published = await readByTheIdp(other.baseUrl);
    expect(certificatesIn(published, 'signing').slice(0, 1)).toEqual(certificatesIn(before, 'signing'));
    expect(certificatesIn(published, 'signing')).toHaveLength(2);
    await taken('signing', 'switch');
    await taken('signing', 'switch', '--undo');
    await taken('signing', 'switch');
    await taken('signing', 'retire');
    const signedByNew = await readByTheIdp();
    expect(certificatesIn(signedByNew, 'signing')).toEqual(certificatesIn(published, 'signing').slice(1));
    expect((await wixSaml('metadata', '--config', service.config)).out.trim()).toBe(signedByNew.trim());

    await taken('encryption', 'publish');
    await taken('encryption', 'switch');
    const encrypted = await readByTheIdp(other.baseUrl);
    expect(certificatesIn(encrypted, 'encryption')).toHaveLength(1);
    expect(certificatesIn(encrypted, 'encryption')).not.toEqual(certificatesIn(before, 'encryption'));
    expect((await taken('encryption', 'retire', '--keep', '3')).out).toMatch(/decrypts until/);

    await taken('exchange', 'publish');
    const early = await step('exchange', 'switch');
    expect(early.code).toBe(1);
    expect(early.err).toMatch(/site portal does not know the next key/);
    await siteIsTold();
    await taken('exchange', 'switch');
    await taken('exchange', 'retire');
    await siteIsTold();

    const list = JSON.parse((await wixSaml('keys', 'list', '--json', '--config', service.config)).out) as {
      keys: { purpose: string; state: string; file?: string }[];
      processes: unknown[];
    };
    expect(list.processes).toHaveLength(2);
    expect(list.keys.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
      'signing retired',
      'signing active',
      'encryption retired',
      'encryption active',
      'exchange retired',
      'exchange active',
    ]);

    load.going = false;
    await signingIn;
    const late = await Promise.all(begun.map(finish));
    expect(new Set([...load.members, ...late])).toEqual(new Set(['alice@example.com']));
    expect(load.members.length).toBeGreaterThan(10);
    // A start after all that uses the same keys: its configuration names the old ones.
    const third = await service.again();
    expect(await (await fetch(`${third.baseUrl}/saml/metadata`)).text()).toBe(encrypted);
    expect(await finish(await begin(third.baseUrl))).toBe('alice@example.com');
    await third.stop();
  });

  it('refuses to go on while a process cannot read the next key', async () => {
    await step('signing', 'publish');
    const { out } = await wixSaml('keys', 'list', '--json', '--config', service.config);
    const { keys } = JSON.parse(out) as { keys: { state: string; file?: string }[] };
    const file = join(
      dirname(service.config),
      'certs',
      'sp',
      `${keys.find(({ state }) => state === 'next')?.file ?? ''}.key`,
    );
    const whole = readFileSync(file);
    writeFileSync(file, 'gone');
    const third = await service.again().catch(() => undefined);
    const refused = await step('signing', 'switch');
    writeFileSync(file, whole);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/Nothing was changed:\n.*process \d+: is not a private key/);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if ((await step('signing', 'switch')).code === 0) break;
      await wait(250);
    }
    expect((await step('signing', 'retire')).code).toBe(0);
    await third?.stop();
  });

  it('reload by command and by SIGHUP, and say what came of it', async () => {
    const text = readFileSync(service.config, 'utf8');
    const heard = (event: string): number => service.log.filter((line) => line.includes(`"${event}"`)).length;
    writeFileSync(service.config, text.replace('log:', 'log').replace('acme:', 'acme: ['));
    const broken = await wixSaml('reload', '--config', service.config);
    expect(broken).toMatchObject({ code: 1, out: expect.stringMatching(/nothing was changed/) as unknown });
    writeFileSync(service.config, text.replace('landingPage: /sso', 'landingPage: /other'));
    const fine = await wixSaml('reload', '--config', service.config);
    expect(fine).toMatchObject({ code: 0, out: expect.stringMatching(/changed sites: portal/) as unknown });
    writeFileSync(service.config, text);
    process.kill(service.pid ?? 0, 'SIGHUP');
    for (let attempt = 0; attempt < 100 && heard('configuration.reloaded') < 2; attempt += 1) await wait(50);
    expect(heard('configuration.reloaded')).toBe(2);
    expect(heard('configuration.reloadFailed')).toBeGreaterThan(0);
    await readByTheIdp();
    expect(await finish(await begin())).toBe('alice@example.com');
  });
});
