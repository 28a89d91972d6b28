/** Two running apps on one store: what happened to both is told once; and a dead mail server costs nobody anything. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp, type OpenApp } from '../../../../src/server/app';
import { changed, makeExample, type Example } from '../../../support/makers/configuration';
import { startMailServer, type MailServer } from '../../../support/makers/mail-server';
import { wixSaml } from '../../../support/makers/terminal';
import {
  isGenuine,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../support/makers/webhook-receiver';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

let example: Example;
let mail: MailServer;
let hook: WebhookReceiver;
const apps: OpenApp[] = [];
beforeAll(async () => {
  example = makeExample();
  mail = await startMailServer();
  hook = await startWebhookReceiver();
  writeFileSync(join(example.directory, 'hook.secret'), secret, { mode: 0o600 });
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map(({ app }) => app.close()));
});
afterAll(async () => {
  example.remove();
  await mail.close();
  await hook.close();
});

const notify = (port: number): string => `
notify:
  to: ops@example.com
  smtp: { host: 127.0.0.1, port: ${port}, from: wix-saml@example.com }
  webhooks:
    - url: ${hook.url}
      secretFile: hook.secret
`;

async function start(text: string): Promise<string[]> {
  const said: string[] = [];
  const opened = openApp(await example.load(text), { log: (_level, event) => said.push(event) });
  apps.push(opened);
  await opened.app.ready;
  return said;
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isSo(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
};

describe('apps on one store', () => {
  it('tell once that a connection is down at the start', async () => {
    rmSync(join(example.directory, 'store'), { recursive: true, force: true });
    const text = changed('idpMetadata: idp.xml', 'idpMetadata: gone.xml').replace(
      'state: memory',
      'state: file:store',
    );
    const saids = [await start(text + notify(mail.port)), await start(text + notify(mail.port))];
    await until(() => saids.flat().filter((event) => event === 'notice.sent').length === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(saids.flat().filter((event) => event === 'connection.down')).toHaveLength(2);
    expect(mail.mails.map(({ to }) => to)).toEqual([['ops@example.com']]);
    expect(hook.received).toHaveLength(1);
    const [received] = hook.received;
    expect(received !== undefined && (await isGenuine(received, secret, Date.now()))).toBe(true);
  });

  it('go on when nothing of it can be sent', async () => {
    const text = changed('idpMetadata: idp.xml', 'idpMetadata: gone.xml') + notify(9);
    hook.answer = 500;
    await start(text);
    const [opened] = apps;
    const began = performance.now();
    await opened?.app.close();
    expect(performance.now() - began).toBeLessThan(3500);
    hook.answer = 204;
  });
});

describe('wix-saml check --notify', () => {
  it('sends a test by every way and says so', async () => {
    await example.load(changed('port: 3000', 'port: 3001') + notify(mail.port));
    const before = [mail.mails.length, hook.received.length];
    const { out } = await wixSaml([
      'check',
      '--notify',
      '--config',
      join(example.directory, 'wix-saml.yaml'),
    ]);
    expect(out).toContain('A test notice went out: mail.');
    expect(out).toContain('A test notice went out: webhook notify.webhooks[0].');
    expect([mail.mails.length, hook.received.length]).toEqual(before.map((count) => count + 1));
    expect(mail.mails.at(-1)?.raw).toContain('Subject: wix-saml: a test, and all is well');
  });

  it('is a finding when one does not work', async () => {
    await example.load(changed('port: 3000', 'port: 3001') + notify(9));
    hook.answer = 403;
    const file = join(example.directory, 'wix-saml.yaml');
    const { code, out } = await wixSaml(['check', '--json', '--notify', '--config', file]);
    hook.answer = 204;
    const { problems, sent } = JSON.parse(out) as { problems: { path: string }[]; sent: string[] };
    expect([code, sent]).toEqual([1, []]);
    expect(problems.map(({ path }) => path)).toEqual(['notify.smtp', 'notify.webhooks[0]']);
  });

  it('says that nobody is told where nothing is configured', async () => {
    await example.load(changed('port: 3000', 'port: 3002'));
    const { code, out } = await wixSaml([
      'check',
      '--notify',
      '--config',
      join(example.directory, 'wix-saml.yaml'),
    ]);
    expect([code, out]).toEqual([1, expect.stringContaining('notify: tells nobody')]);
  });
});
