/** Secrets, addresses and people are planted wherever they could be, and none of them is in what `wix-saml support` writes. */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricsOf } from '../../../../src/admin/support/bundle';
import { lastEvents } from '../../../../src/admin/support/log-extract';
import { scrub } from '../../../../src/admin/support/scrub';
import { redactedConfiguration, redactedPath } from '../../../../src/config/redacted';
import { configuration } from '../../../../src/config/options';
import { eventFields } from '../../../../src/core/event-fields';
import { makeExample, yaml, type Example } from '../../../support/makers/configuration';
import { wixSaml } from '../../../support/makers/terminal';

const planted = {
  email: 'jane.doe@secret-corp.example',
  password: 'hunter2-Passw0rd',
  token: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
  apiKey: 'IST.eyJraWQiOiJQb3pIX2FDMiIsImFsZyI6IlJTMjU2In0',
  webhook: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  ip: '203.0.113.77',
  ip6: '2001:db8:85a3::8a2e:370:7334',
  url: 'https://idp.secret-corp.example/sso?user=jane',
  path: '/home/jane/certs/sp.key',
  pem: '-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
  ticket: 'q3Zk9v1m0T2yqN7c5W8bXr4uLd6sEa1gHjKlPoIuYtR',
};
const all = Object.values(planted);
const pieces = [...all, 'jane', 'secret-corp', 'hunter2', 'sp.key'];
const expectNothingOf = (text: string): void => {
  for (const piece of pieces) expect(text).not.toContain(piece);
};

let example: Example;
const at = (name: string): string => join(example.directory, name);
beforeAll(() => void (example = makeExample()));
afterAll(() => example.remove());

/** A word of no form is known from its field alone: those of our own words never hold one. */
const textsFor = (personal: string): string[] =>
  personal === 'no' ? all.filter((one) => one !== planted.password) : all;

/** A log in which every field of every kind of line holds everything. */
function poisonedLog(): string {
  const stuffed = Object.fromEntries(
    Object.entries(eventFields).map(([name, { kind, personal }]) => [
      name,
      kind === 'number'
        ? 7
        : kind === 'flag'
          ? true
          : kind === 'texts'
            ? textsFor(personal)
            : textsFor(personal).join(' '),
    ]),
  );
  const lines = ['refused', 'failed', 'login.accepted', 'http.answered', 'config.warning', 'connection.down'];
  return [
    ...lines.map((event) =>
      JSON.stringify({ time: '2026-06-01T00:00:00.000Z', level: 'warn', event, ...stuffed }),
    ),
    JSON.stringify({ event: planted.email, level: planted.password, time: planted.token }),
    JSON.stringify({
      event: 'refused',
      level: planted.email,
      time: planted.url,
      reference: 'KPVGWD49N6',
      [planted.email]: 1,
    }),
    `12:00:00Z warn  refused problem=${planted.password} received=${planted.email}`,
    ...all,
  ].join('\n');
}

describe('wix-saml support', () => {
  it('writes states, findings and the last events, and nothing that is somebody’s', async () => {
    writeFileSync(at('service.log'), poisonedLog());
    writeFileSync(at('smtp.password'), planted.password, { mode: 0o600 });
    writeFileSync(at('hook.secret'), planted.webhook, { mode: 0o600 });
    const text = `${yaml.replace('    emailFrom: nameId', `    emailFrom: nameId\n    contactEmail: ${planted.email}\n    technicalContact: ${planted.email}`)}
notify:
  to: ${planted.email}
  smtp: { host: mail.secret-corp.example, from: ${planted.email}, user: jane, passwordFile: smtp.password }
  webhooks: [{ url: "${planted.url}", secretFile: hook.secret }]
`;
    writeFileSync(at('wix-saml.yaml'), text);
    const ran = await wixSaml([
      ...['support', '--config', at('wix-saml.yaml')],
      ...['--log', at('service.log'), '--out', at('bundle.json')],
    ]);
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringContaining('Read it before you send it') as unknown,
    });
    expect(statSync(at('bundle.json')).mode & 0o777).toBe(0o600);
    const written = readFileSync(at('bundle.json'), 'utf8');
    expectNothingOf(written);
    const bundle = JSON.parse(written) as {
      log: object[];
      connections: object[];
      options: object;
      ends: object[];
    };
    expect(bundle).toMatchObject({
      versions: { node: process.version },
      options: { listen: { port: 3000 }, notify: { to: '[set]', smtp: { host: '[set]', user: '[set]' } } },
      connections: [{ name: 'acme', site: 'portal', state: 'ready', source: 'file' }],
    });
    expect(bundle.ends.length).toBeGreaterThan(0);
    // Six whole lines, one that has lost its level and time, one of a terminal.
    expect(bundle.log).toHaveLength(8);
    expect(bundle.log[0]).toMatchObject({
      event: 'refused',
      level: 'warn',
      connection: '[claimed]',
      wixMs: 7,
    });
    expect(bundle.log[6]).toEqual({ event: 'refused', reference: 'KPVGWD49N6' });
  });

  it('writes over nothing', async () => {
    const before = readFileSync(at('idp.xml'));
    const ran = await wixSaml(['support', '--config', at('wix-saml.yaml'), '--out', at('idp.xml')]);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('EEXIST') as unknown });
    expect(readFileSync(at('idp.xml'))).toEqual(before);
  });

  it('says what is wrong with a configuration without saying what stands in it', async () => {
    const wrong = yaml
      .replace('port: 3000', `port: "${planted.password}"`)
      .replace('state: memory', `state: "${planted.url}"`)
      .replace('emailDomains: [acme.com]', `emailDomains: ["${planted.email}"]\n    ${planted.password}: 1`);
    writeFileSync(at('wrong.yaml'), wrong);
    const { code, out } = await wixSaml(['support', '--config', at('wrong.yaml')]);
    expect(code).toBe(0);
    expectNothingOf(out);
    const { findings, options } = JSON.parse(out) as {
      findings: { problems: { path: string }[] };
      options: object;
    };
    expect(findings.problems.map(({ path }) => path)).toContain('listen.port');
    expect(options).toMatchObject({
      connections: { acme: { 'unknown options': 1, emailDomains: '[1 set]' } },
    });
  });
});

describe('a redacted configuration', () => {
  it('shows of every option that takes a text nothing but that it is set', () => {
    const stuffed = (options: Record<string, { inner?: { suffix: string; options: object } }>): object =>
      Object.fromEntries(
        Object.entries(options).map(([key, { inner }]) => {
          const below = inner === undefined ? planted.email : stuffed(inner.options as never);
          return [
            key,
            inner?.suffix === '[]' ? [below] : inner?.suffix === '.NAME' ? { acme: below } : below,
          ];
        }),
      );
    const whole = stuffed(configuration.inner?.options as never);
    const text = JSON.stringify(redactedConfiguration(whole));
    expect(JSON.stringify(whole).match(/jane/g)?.length).toBeGreaterThan(50);
    expectNothingOf(text);
  });

  it('shows no name of a connection that is none', () => {
    expectNothingOf(
      JSON.stringify(redactedConfiguration({ sites: { [planted.email]: {} }, connections: planted.url })),
    );
    expect(redactedConfiguration(planted.pem)).toBe('[set]');
  });
});

describe('a redacted path', () => {
  it.each([
    ['connections.acme.emailFrom', 'connections.acme.emailFrom'],
    ['serviceProvider.signing[0].certificate', 'serviceProvider.signing[0].certificate'],
    ['notify.webhooks[1].secretFile', 'notify.webhooks[1].secretFile'],
    ['connections.acme.hunter2-Passw0rd', 'connections.acme.[?]'],
    ['hunter2-Passw0rd', '[?]'],
    ['connections.jane@x', 'connections.[?]'],
    ['listen.port.jane', 'listen.port.[?]'],
    ['state', 'state'],
    ['', ''],
  ])('of %j is %j', (path, shown) => expect(redactedPath(path)).toBe(shown));
});

describe('scrubbed text', () => {
  it.each(Object.entries(planted))('holds no %s', (_kind, value) => {
    expectNothingOf(scrub(`a "${value}" b`));
    if (value !== planted.password) expectNothingOf(scrub(`it is ${value}, so it is`));
  });

  it('keeps the words around', () => {
    const text = `the IdP at ${planted.url} refused ${planted.email} from ${planted.ip6} with 3 keys at 12:30:59`;
    expect(scrub(text)).toBe('the IdP at [url] refused [address] from [ip] with 3 keys at 12:30:59');
  });
});

describe('an extract of a log', () => {
  it('is its last 500 events', async () => {
    async function* lines(): AsyncGenerator<string> {
      for (let count = 0; count < 700; count += 1)
        yield await Promise.resolve(JSON.stringify({ event: 'login.chooser', choices: count }));
    }
    const known = { connections: new Set<string>(), sites: new Set<string>() };
    const found = await lastEvents(lines(), known);
    expect(found).toHaveLength(500);
    expect(found[0]).toMatchObject({ choices: 200 });
  });
});

describe('metrics', () => {
  it('are lines of our own counters and nothing else', () => {
    const page = `# HELP x\nwix_saml_connections{connection="acme",state="ready"} 1\nprocess_cpu_seconds_total 0.5\nevil{a="${planted.email}"} 1\n${planted.token}\n`;
    expect(metricsOf(page)).toEqual([
      'wix_saml_connections{connection="acme",state="ready"} 1',
      'process_cpu_seconds_total 0.5',
    ]);
  });
});
