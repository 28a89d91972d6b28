/** `notify` and `technicalContact`: whom notices go to, and what is refused before anything is sent. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const smtp = 'host: smtp.example.com\n    from: wix-saml@example.com';
const withNotify = (text: string): string => `${yaml}notify:\n  ${text}\n`;

describe('notify', () => {
  let example: Example;
  beforeAll(() => {
    example = makeExample();
    const files = { one: `${secret}\n`, two: `${secret}\n${secret.replace('Bw', 'CA')}\n`, pass: 'a word\n' };
    for (const [name, text] of Object.entries({ ...files, empty: '\n', bad: 'whsec_c2hvcnQ=' }))
      writeFileSync(join(example.directory, name), text, { mode: 0o600 });
  });
  afterAll(() => example.remove());
  const notifyOf = async (text: string, env?: Record<string, string>) =>
    (await example.load(withNotify(text), env)).notify;

  it('tells nobody when it is not there', async () => {
    expect((await example.load()).notify).toBeUndefined();
  });

  it.each([
    [smtp, { port: 587, tls: 'starttls' }],
    [`${smtp}\n    port: 465`, { port: 465, tls: 'implicit' }],
    [`${smtp}\n    port: 2525`, { port: 2525, tls: 'starttls' }],
    [`${smtp}\n    tls: implicit`, { port: 465, tls: 'implicit' }],
    ['host: localhost\n    from: a@example.com', { port: 25, tls: 'none' }],
    ['host: localhost\n    from: a@example.com\n    tls: starttls', { port: 587, tls: 'starttls' }],
  ])('protects the way to the mail server: %j', async (text, expected) => {
    const notify = await notifyOf(`to: ops@example.com\n  smtp:\n    ${text}`);
    expect(notify).toMatchObject({ to: ['ops@example.com'], smtp: expected, webhooks: [] });
  });

  it('reads a password and secrets from files or the environment, and shows neither', async () => {
    const text = `smtp:\n    ${smtp}\n    user: me\n    passwordFile: pass\n  webhooks:\n    - url: https://hooks.example.com/a\n      secretFile: two\n    - url: http://127.0.0.1:8080/b\n      secret: \${HOOK}`;
    const notify = await notifyOf(text, { HOOK: secret });
    expect(notify?.smtp?.password?.reveal()).toBe('a word');
    expect(notify?.webhooks.map(({ url, secrets }) => [url, secrets.length])).toEqual([
      ['https://hooks.example.com/a', 2],
      ['http://127.0.0.1:8080/b', 1],
    ]);
    expect(inspect(notify, { depth: 9 }) + JSON.stringify(notify)).not.toMatch(/a word|BwcH/);
  });

  it('knows the technical contact of each connection', async () => {
    const text = withNotify(`smtp:\n    ${smtp}`).replace(
      '    emailFrom: nameId',
      '    technicalContact: [it@acme.example, mailto:soc@acme.example]\n    emailFrom: nameId',
    );
    const { notify } = await example.load(text);
    expect(notify?.contacts.get('acme')).toEqual(['it@acme.example', 'soc@acme.example']);
  });

  it.each([
    ['a mail without a server', 'to: ops@example.com', 'notify.smtp', /needed/],
    ['no TLS to another machine', `smtp:\n    ${smtp}\n    tls: none`, 'notify.smtp.tls', /another machine/],
    ['a user without a password', `smtp:\n    ${smtp}\n    user: me`, 'notify.smtp', /one of user/],
    [
      'a password in the file',
      `smtp:\n    ${smtp}\n    password: x`,
      'notify.smtp.password',
      /secret in the/,
    ],
    [
      'an empty password',
      `smtp:\n    ${smtp}\n    user: me\n    passwordFile: empty`,
      'notify.smtp.passwordFile',
      /nothing/,
    ],
    [
      'a webhook without a secret',
      'webhooks: [{ url: "https://x.example/" }]',
      'notify.webhooks[0].secretFile',
      /needed/,
    ],
    [
      'a short secret',
      'webhooks: [{ url: "https://x.example/", secretFile: bad }]',
      'notify.webhooks[0].secretFile',
      /no secret/,
    ],
    [
      'a secret in the file',
      `webhooks: [{ url: "https://x.example/", secretFile: ${secret} }]`,
      'notify.webhooks[0].secretFile',
      /secret in the/,
    ],
    [
      'http to another machine',
      'webhooks: [{ url: "http://x.example/", secretFile: one }]',
      'notify.webhooks[0].url',
      /https/,
    ],
    [
      'a password in the address',
      'webhooks: [{ url: "https://a:b@x.example/", secretFile: one }]',
      'notify.webhooks[0].url',
      /https/,
    ],
    [
      'two addresses in one',
      `to: "a@example.com,b@example.com"\n  smtp:\n    ${smtp}`,
      'notify.to',
      /address/,
    ],
    ['a name before the address', `to: "Ops:a@example.com;"\n  smtp:\n    ${smtp}`, 'notify.to', /address/],
  ])('refuses %s', async (_what, text, path, problem) => {
    const problems = await example.problemsOf(withNotify(text));
    expect(problems.map((one) => one.path)).toContainEqual(expect.stringContaining(path) as unknown);
    expect(problems.map((one) => one.problem).join('\n')).toMatch(problem);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  it('refuses a contact who would never be told', async () => {
    const text = yaml.replace(
      '    emailFrom: nameId',
      '    technicalContact: it@acme.example\n    emailFrom: nameId',
    );
    expect(await example.problemsOf(text)).toMatchObject([{ path: 'notify.smtp' }]);
  });
});
