/** `wix-saml audit verify`, after a service has written. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../../src/index';
import { run } from '../../../src/cli/program';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { listen } from '../../support/makers/listening';

let example: Example;
let config: string;
beforeEach(() => {
  example = makeExample();
  config = join(example.directory, 'wix-saml.yaml');
  writeFileSync(config, `${yaml}audit: { file: audit.jsonl }\n`);
});
afterEach(() => example.remove());

async function verify(...args: string[]): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const terminal = {
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
    env: {},
  };
  const code = await run(['audit', 'verify', '--config', config, ...args], terminal);
  return { code, text: said.join('\n') };
}

it('proves what a service wrote, and finds what somebody changed', async () => {
  const app = createApp(await example.load(readFileSync(config, 'utf8')), { log: () => undefined });
  const server = await listen(app.handler);
  await server.get('/saml/login?connection=nobody');
  await server.stop();
  await app.close();

  const first = await verify();
  expect(first.text).toMatch(/^\d+ lines, number 1 to \d+: nothing was changed/);
  expect(first.code).toBe(0);
  const head = /Head: (\S+)/.exec(first.text)?.[1] ?? '';
  expect((await verify('--head', head)).code).toBe(0);
  const { text } = await verify('--json');
  expect(JSON.parse(text)).toMatchObject({ ok: true, firstSeq: 1, head });

  const file = join(example.directory, 'audit.jsonl');
  const written = readFileSync(file, 'utf8');
  expect(written).toContain('"code":"LOGIN_CONNECTION_UNKNOWN"');
  writeFileSync(file, written.replace('LOGIN_CONNECTION_UNKNOWN', 'LOGIN_CONNECTION_KNOWN'));
  const second = await verify();
  expect(second.text).toMatch(/audit\.jsonl, line \d+, was changed/);
  expect(second.code).toBe(1);
});

it.each([[['--head', 'x']], [['--head', `0:${'a'.repeat(43)}`]]])('refuses %j as no head', async (args) => {
  expect((await verify(...args)).code).toBe(2);
});

it('says in one sentence that a file is not there', async () => {
  const { code, text } = await verify('--file', join(example.directory, 'other.jsonl'));
  expect(code).toBe(1);
  expect(text).toMatch(/^Failed: .*other\.jsonl/);
});

it('does not start where the file cannot be written', async () => {
  const text = `${yaml}audit: { file: not/there/audit.jsonl }\n`;
  const loaded = await example.load(text);
  expect(() => createApp(loaded, { log: () => undefined })).toThrow(/cannot be written: .*not\/there/);
});
