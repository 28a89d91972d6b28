// Captured answers in which it was not clear who signs in, judged by `wix-saml explain` as somebody reported them.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/program';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';

const reports = join(__dirname, '../../vectors/reports');
const report = (name: string): string => join(reports, name);

let example: Example;
beforeAll(() => {
  example = makeExample();
  copyFileSync(report('idp.xml'), join(example.directory, 'idp.xml'));
  const ours = yaml.slice(0, yaml.indexOf('connections:'));
  writeFileSync(join(example.directory, 'R28.yaml'), ours + readFileSync(report('R28.yaml'), 'utf8'));
});
afterAll(() => example.remove());

interface Answer {
  readonly verdict: string;
  readonly code?: string;
  readonly email?: string;
  readonly rules: readonly { id: string; expected?: string; received?: string; remedy?: string }[];
}

async function explain(file: string, ...more: readonly string[]): Promise<string> {
  const out: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => out.push(line), env: {} };
  const args = [
    ...['explain', report(file), '--at', '2026-11-25T08:00:00Z'],
    ...['--acs-url', 'https://sso.example.com/saml/acs'],
    ...['--entity-id', 'https://sso.example.com/saml/metadata'],
    ...['--in-response-to', '_0123456789012345678901234567890123456789-acme'],
    ...['--idp-metadata', report('idp.xml'), ...more],
  ];
  await run(args, terminal);
  return out.join('\n');
}

const judged = async (file: string, ...more: readonly string[]): Promise<Answer> =>
  JSON.parse(await explain(file, '--json', ...more)) as Answer;
const configured = (): string[] => ['--config', join(example.directory, 'R28.yaml'), '--connection', 'acme'];

it('R27: the guest name in the NameID does not hide the address in the claim', async () => {
  const file = 'R27-guest-name-in-name-id.xml';
  expect(await judged(file)).toMatchObject({ verdict: 'accept', email: 'alice@corp.example' });
});

it('R28: the configured attribute decides', async () => {
  const file = 'R28-upn-and-mail.xml';
  expect(await judged(file, ...configured())).toMatchObject({
    verdict: 'accept',
    email: 'alice@corp.example',
  });
});

it('R28: nothing configured is ambiguous, and both lines are shown', async () => {
  const { verdict, code, rules } = await judged('R28-upn-and-mail.xml');
  expect({ verdict, code }).toEqual({ verdict: 'refuse', code: 'POLICY_EMAIL_AMBIGUOUS' });
  const row = rules.find(({ id }) => id === 'policy.email');
  expect(row?.expected).toContain('`emailFrom: nameId` or `emailFrom: mail`');
  expect(row?.received).toMatch(/^NameID a\*{3}@corp\.example, .*attribute mail: a\*{3}@corp\.example/);
});

it('R29: what was configured, and what came instead', async () => {
  const file = 'R29-configured-attribute-is-missing.xml';
  const { verdict, code, rules } = await judged(file, ...configured());
  expect({ verdict, code }).toEqual({ verdict: 'refuse', code: 'POLICY_EMAIL_MISSING' });
  expect(rules.find(({ id }) => id === 'policy.email')).toMatchObject({
    expected: 'one address in the attribute mail (emailFrom of the connection)',
    received: expect.stringMatching(
      /^NameID u\*{3} .*:persistent, attribute email: a\*{3}@corp\.example, attribute Department$/,
    ) as unknown,
    remedy: expect.stringContaining('`emailFrom`') as unknown,
  });
});

it.each([[[]], [['--show-email']]])('R29: its text holds no local part, %j', async (more) => {
  const text = await explain('R29-configured-attribute-is-missing.xml', ...configured(), ...more);
  expect(text).toContain('attribute email: a***@corp.example, attribute Department');
  expect(text).not.toContain('alice');
});
