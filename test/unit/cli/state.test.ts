/** `wix-saml state backup`: from a service that goes on to one that starts on the copy. */

import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../../../src/server/app';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';

let example: Example;
const configs = new Map<string, string>();
beforeAll(async () => {
  example = makeExample();
  await example.load();
  for (const [name, state] of [
    ['memory', 'memory'],
    ['file', 'file:./data'],
    ['redis', 'redis://127.0.0.1:1'],
  ] as const) {
    const file = join(example.directory, `${name}.yaml`);
    writeFileSync(file, yaml.replace('state: memory', `state: ${state}`));
    configs.set(name, file);
  }
});
afterAll(() => example.remove());

const at = (name: string): string => configs.get(name) ?? '';
const place = (name: string): string => join(example.directory, name);
const backup = (name: string, into: string, ...more: string[]) =>
  wixSaml(['state', 'backup', place(into), '--config', at(name), ...more]);
const keys = (...words: string[]) => wixSaml(['keys', ...words, '--config', at('file')]);

async function withService<T>(use: () => Promise<T>): Promise<T> {
  const { app } = openApp(await example.load(readFileSync(at('file'), 'utf8')), { log: () => undefined });
  await app.ready;
  try {
    return await use();
  } finally {
    await app.close();
  }
}

it('copies while the service runs; put back, it is the state of that moment', async () => {
  await withService(() => Promise.resolve());
  expect((await keys('rotate', 'exchange', 'publish')).code).toBe(0);
  const copied = await withService(() => backup('file', 'copy'));
  expect(copied).toMatchObject({ code: 0, err: '' });
  expect(copied.out).toMatch(
    /copy holds a copy \(\d+\.\d MiB\).*\n.*of no use without the state key: .*state\.key\.\n.*put it back/,
  );
  expect((await keys('rotate', 'exchange', 'publish', '--undo')).code).toBe(0);
  expect((await keys('list')).out).toMatch(/^exchange of site portal\n/m);
  renameSync(place('data'), place('away'));
  cpSync(place('copy'), place('data'), { recursive: true });
  await withService(async () => {
    expect((await keys('list')).out).toMatch(/^exchange of site portal: published, not used yet\n/m);
  });
});

it('says in JSON what it made, and does not write over it', async () => {
  const made = await backup('file', 'json-copy', '--json');
  const said = JSON.parse(made.out) as { bytes: number };
  expect(said).toMatchObject({ ok: true, directory: place('json-copy') });
  expect(said.bytes).toBe(readFileSync(join(place('json-copy'), 'data.mdb')).length);
  const again = await backup('file', 'json-copy');
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toBe(`Nothing was copied: ${place('json-copy')} is there already.`);
});

it.each([
  ['memory', /nothing that outlives the process/],
  ['redis', /an old copy of it must not be put back/],
])('with state in %s there is nothing to copy, and it says why', async (name, why) => {
  const { code, err } = await backup(name, 'other');
  expect(code).toBe(1);
  expect(err).toMatch(why);
  expect(existsSync(place('other'))).toBe(false);
});

it('other words are refused as wrong use', async () => {
  expect((await wixSaml(['state', 'restore', 'x', '--config', at('file')])).code).toBe(2);
  expect((await wixSaml(['state', 'backup', '--config', at('file')])).code).toBe(2);
});
