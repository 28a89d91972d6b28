// One day in a minute and a half: an address is dead, a file has ended, a connection waits; keys roll on both sides, a file is
// half-written, the process is killed; and whoever signs in at a connection that works is never lost. What happened stands
// in ci-output/day.log.

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../guards/sources';
import {
  idpMetadata,
  makeIdpKeys,
  readForm,
  signInOverHttp,
  startIdp,
  type IdpKeys,
  type LocalIdp,
} from '../../support/idp';
import { freePort } from '../../support/makers/free-port';
import { startWixSite } from '../../support/makers/made-site';
import { onwardOf } from '../../support/onward';
import type { WixSite, WixTab } from '../../support/wix';
import { describeReal } from './processes';
import { startService, type Service } from './service';
import { simpleSamlPhpIsHere, startSimpleSamlPhp, type SimpleSamlPhp } from './simplesamlphp/start';
import { Visitor } from './visitor';

const program = join(root, 'dist', 'cli', 'bin.js');
const UNTIL_IT_COMES_BACK_MS = 90_000;

/** An IdP whose metadata lies at an address of ours, or in a file. */
interface OtherIdp {
  readonly idp: LocalIdp;
  /** What its address answers; absent: nothing listens there. */
  metadata: string | undefined;
  /** How often it was asked. */
  asked: number;
}

interface UnderWay {
  readonly tab: WixTab;
  readonly fields: URLSearchParams;
}

const diary: string[] = [];
const note = (line: string): void => void diary.push(`${new Date().toISOString()} ${line}`);

describeReal(
  simpleSamlPhpIsHere,
  'SimpleSAMLphp',
  'simplesamlphp php8.2-cli php8.2-xml php8.2-mbstring',
)('one day', () => {
  let ssp: SimpleSamlPhp;
  let site: WixSite;
  let service: Service;
  let addresses: Server;
  const others = new Map<string, OtherIdp>();
  const connections = ['rolling', 'late', 'old'] as const;

  beforeAll(async () => {
    ssp = await startSimpleSamlPhp();
    for (const name of connections) {
      const people = [{ id: 'dora', name: 'Dora', email: `dora@${name}.example` }];
      const idp = await startIdp({ people, sessions: false });
      others.set(name, { idp, metadata: idp.metadataXml, asked: 0 });
    }
    other('late').metadata = undefined;
    addresses = createServer((request, response) => {
      const found = others.get((request.url ?? '').slice(1));
      if (found !== undefined) found.asked += 1;
      if (found?.metadata === undefined) response.writeHead(503).end();
      else response.end(found.metadata);
    });
    const at = await freePort();
    await new Promise<void>((done) => addresses.listen(at, '127.0.0.1', done));
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    const entry = (name: string, metadata: string): string =>
      `\n  ${name}:\n    site: portal\n    idpMetadata: ${metadata}\n    emailDomains: [${name}.example]\n    emailFrom: nameId\n`;
    service = await startService({
      ...{ port, site, idpMetadataXml: ssp.metadataXml, state: 'file:state' },
      connection: ['allowCbc: true'],
      moreConnections: [
        entry('rolling', `http://127.0.0.1:${at}/rolling`),
        entry('late', `http://127.0.0.1:${at}/late`),
        entry('old', 'metadata/idp/old.xml'),
        entry('coming', 'setup'),
      ].join(''),
      files: { 'metadata/idp/old.xml': endingAt(other('old').idp, '2020-01-01T00:00:00Z') },
    });
    note('started: late answers 503, old ended in 2020, coming waits for its set-up');
    tellIdps();
  });

  afterAll(async () => {
    mkdirSync(join(root, 'ci-output'), { recursive: true });
    const heard = service.log.filter((line) => /connection\.|metadata\.|configuration\.|keys\./.test(line));
    writeFileSync(join(root, 'ci-output', 'day.log'), [...diary, '', ...heard, ''].join('\n'));
    await service.stop();
    await site.stop();
    await Promise.all([...others.values()].map(({ idp }) => idp.close()));
    addresses.close();
    await ssp.stop();
  });

  const other = (name: string): OtherIdp => {
    const found = others.get(name);
    if (found === undefined) throw new Error(`no IdP ${name}`);
    return found;
  };

  function tellIdps(xml = service.metadataXml): void {
    ssp.register(xml);
    for (const { idp } of others.values()) idp.registerServiceProvider(xml);
  }

  /** To the IdP and back with its Response, which is not sent yet. */
  async function begin(connection: string): Promise<UnderWay> {
    const start = await fetch(`${service.baseUrl}/saml/login?connection=${connection}`, {
      redirect: 'manual',
    });
    const tab = await site.openTab();
    const { leftTo } = await tab.goto(start.headers.get('location') ?? '/lost');
    if (leftTo === null) throw new Error('the page led nowhere');
    // A link chose the connection and the site has several: the service asks once.
    const asked = readForm(await (await fetch(leftTo)).text(), leftTo);
    const body = new URLSearchParams([...asked.fields]);
    if (connection !== 'acme') {
      const login = await fetch(asked.action, { method: 'POST', body, redirect: 'manual' });
      const { samlResponse, relayState } = await signInOverHttp(login, leftTo, 'dora');
      return {
        tab,
        fields: new URLSearchParams({ SAMLResponse: samlResponse, RelayState: relayState ?? '' }),
      };
    }
    const visitor = new Visitor();
    const form = await visitor.go(asked.action, body);
    const page = await visitor.submit(form, { username: 'alice', password: 'alice' });
    return { tab, fields: new URLSearchParams([...readForm(page.html, page.url).fields]) };
  }

  /** Who is signed in after it, or the code that refused. */
  async function finish({ tab, fields }: UnderWay): Promise<string | undefined> {
    const answer = await fetch(`${service.baseUrl}/saml/acs`, { method: 'POST', body: fields });
    const text = await answer.text();
    const onward = onwardOf(text);
    if (onward === undefined) return /\b(SAML|POLICY|CONNECTION)_[A-Z_]+/.exec(text)?.[0] ?? text;
    return (await tab.goto(onward)).member?.email;
  }

  const signIn = async (connection: string): Promise<string | undefined> => finish(await begin(connection));

  async function worksFor(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      expect([name, await signIn(name)]).toEqual([
        name,
        name === 'acme' ? 'alice@example.com' : `dora@${name}.example`,
      ]);
    }
    note(`signed in: ${names.join(', ')}`);
  }

  async function notReady(name: string): Promise<void> {
    const answer = await fetch(`${service.baseUrl}/saml/login?connection=${name}`, { redirect: 'manual' });
    const body = await answer.text();
    expect([name, answer.status, body.includes('CONNECTION_NOT_READY')]).toEqual([name, 503, true]);
    expect(answer.headers.get('retry-after')).not.toBeNull();
  }

  async function comesBack(name: string): Promise<void> {
    const until = Date.now() + UNTIL_IT_COMES_BACK_MS;
    const statusOf = async (): Promise<number> =>
      (await fetch(`${service.baseUrl}/saml/login?connection=${name}`, { redirect: 'manual' })).status;
    while ((await statusOf()) === 503 && Date.now() < until) await wait(500);
    expect([name, await statusOf()]).toEqual([name, 302]);
    note(`${name} came back by itself`);
  }

  const wixSaml = (...args: readonly string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [program, ...args, '--config', service.config], (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });

  const path = (name: string): string => join(dirname(service.config), name);
  const signsWith = (name: string, keys: IdpKeys): void => other(name).idp.override({ keys });
  const holding = (name: string, ...keys: readonly IdpKeys[]): string => {
    const { entityId, ssoUrl } = other(name).idp;
    return idpMetadata({
      entityId,
      ssoUrl,
      certificates: keys.map(({ certificateBase64 }) => certificateBase64),
    });
  };

  it('begins with a dead address, an ended file and a connection that waits: the others sign in', async () => {
    await worksFor('acme', 'rolling');
    for (const name of ['late', 'old', 'coming']) await notReady(name);
    expect((await fetch(`${service.baseUrl}/readyz`)).status).toBe(200);
    const { connections: listed } = JSON.parse((await wixSaml('connections', '--json')).out) as {
      connections: { name: string; state: string; fetched?: string; nextRefresh?: string }[];
    };
    expect(listed[1]).toMatchObject({
      fetched: expect.stringMatching(/^20/) as unknown,
      nextRefresh: expect.stringMatching(/^20/) as unknown,
    });
    expect(listed.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'acme ready',
      'rolling ready',
      'late down',
      'old down',
      'coming waiting',
    ]);
    // From now on both could come back; nobody tells the service.
    other('late').metadata = other('late').idp.metadataXml;
    writeFileSync(path('metadata/idp/old.xml'), other('old').idp.metadataXml);
  });

  it('the IdP rolls its key: beside the old one, then alone, with one more look at its address', async () => {
    const { keys } = other('rolling').idp;
    const next = makeIdpKeys({ commonName: 'next' });
    other('rolling').metadata = holding('rolling', keys, next);
    await worksFor('rolling');
    const before = other('rolling').asked;
    signsWith('rolling', next);
    other('rolling').metadata = holding('rolling', next);
    await worksFor('rolling', 'rolling', 'rolling');
    expect(other('rolling').asked - before).toBe(1);
    note('rolling: new key, one guarded refresh');
  });

  it('a stranger’s key is looked for once in five minutes, and costs nobody who is honest', async () => {
    const { keys } = other('rolling').idp;
    const before = other('rolling').asked;
    signsWith('rolling', makeIdpKeys({ commonName: 'stranger' }));
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await signIn('rolling')).toBe('SAML_SIGNATURE_INVALID');
    expect(other('rolling').asked).toBe(before);
    // The first key is gone from the metadata and not believed any more.
    signsWith('rolling', keys);
    expect(await signIn('rolling')).toBe('SAML_SIGNATURE_INVALID');
    note('rolling: a stranger’s key and the old one are refused, the address is not asked');
  });

  it('a reload with a broken or a half-written file changes nothing', async () => {
    for (const [name, code, says, broken] of [
      ['wix-saml.yaml', 1, /nothing was changed/, (text) => text.replace('connections:', 'connections: [')],
      ['wix-saml.yaml', 1, /nothing was changed/, (text) => text.slice(0, text.length / 2)],
      // One connection's trouble keeps nobody else's change waiting.
      ['metadata/idp/acme.xml', 0, /stays in use/, (text) => text.slice(0, text.length / 2)],
    ] as [string, number, RegExp, (text: string) => string][]) {
      const whole = readFileSync(path(name), 'utf8');
      writeFileSync(path(name), broken(whole));
      const ran = await wixSaml('reload');
      const signedIn = await signIn('acme');
      writeFileSync(path(name), whole);
      expect({ name, signedIn, ...ran }).toMatchObject({
        signedIn: 'alice@example.com',
        code,
        out: expect.stringMatching(says) as unknown,
      });
      note(`reload with a broken ${name}: nothing was lost`);
    }
    expect(await wixSaml('reload')).toMatchObject({ code: 0 });
  });

  it('what was dead or had ended is there again, and survives a key that is changed without notice', async () => {
    await comesBack('old');
    await comesBack('late');
    await worksFor('acme', 'late', 'old');
    const before = other('late').asked;
    const next = makeIdpKeys({ commonName: 'unannounced' });
    signsWith('late', next);
    other('late').metadata = holding('late', next);
    await worksFor('late', 'late');
    expect(other('late').asked - before).toBe(1);
    note('late: key changed without notice, one guarded refresh, nobody lost');
  });

  it('all three of our keys rotate, and the process is killed in between', async () => {
    const siteIsTold = async (): Promise<void> => {
      const { out } = await wixSaml('site', '--into', path('site'), '--json');
      const { secret } = JSON.parse(out) as { secret: { name: string; value: object } };
      await site.setSecret(secret.name, JSON.stringify(secret.value));
    };
    for (const purpose of ['signing', 'encryption', 'exchange']) {
      for (const step of ['publish', 'switch', 'retire']) {
        const begun = await begin('acme');
        if (purpose === 'exchange') await siteIsTold();
        if (step === 'switch') await service.kill();
        const ran = await settled(() => wixSaml('keys', 'rotate', purpose, step));
        expect({ purpose, step, ...ran }).toMatchObject({ code: 0, err: '' });
        tellIdps(await (await fetch(`${service.baseUrl}/saml/metadata`)).text());
        expect([purpose, step, await finish(begun)]).toEqual([purpose, step, 'alice@example.com']);
        note(`keys rotate ${purpose} ${step}${step === 'switch' ? ', after kill -9' : ''}: nobody lost`);
      }
    }
    await siteIsTold();
    await worksFor('acme');
  });

  /** A process that has just started is not heard of at once. */
  async function settled<T extends { readonly code: number }>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const ran = await run();
      if (ran.code === 0 || attempt === 40) return ran;
      await wait(250);
    }
  }
});

function endingAt(idp: LocalIdp, validUntil: string): string {
  return idp.metadataXml.replace('<md:EntityDescriptor ', `<md:EntityDescriptor validUntil="${validUntil}" `);
}
