/** The keys of the state store: listed ones are read with the configuration, the other is made when the store is opened. */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '../../../src/config/problem';
import { openStateKeys } from '../../../src/config/state-key-files';
import { configWarnings } from '../../../src/config/warnings';
import { StateKeys, stateKeyText } from '../../../src/stores/state-keys';
import { changed, makeExample, now, type Example } from '../../support/makers/configuration';

const random = { bytes: (count: number) => randomBytes(count) };
const [one, two] = [randomBytes(32), randomBytes(32)];
let example: Example;
beforeAll(() => void (example = makeExample()));
afterAll(() => example.remove());
afterEach(() => {
  for (const name of ['state.key', 'certs']) rmSync(at(name), { recursive: true, force: true });
});

const at = (...names: string[]) => join(example.directory, ...names);
const listing = (list: string) => changed('state: memory', `state: redis://127.0.0.1:1\nstateKeys: ${list}`);
const shared = changed('state: memory', 'state: redis://127.0.0.1:1');
const put = (name: string, text: string) => writeFileSync(at(name), text, { mode: 0o600 });

describe('listed state keys', () => {
  it('are read from files and variables, in their order', async () => {
    put('one.key', stateKeyText(one));
    const env = { STATE_KEY: stateKeyText(two) };
    const { stateKeys } = await example.load(listing("['${STATE_KEY}', one.key]"), env);
    expect(openStateKeys(stateKeys, random).ids).toEqual(new StateKeys([two, one]).ids);
    expect(existsSync(at('state.key'))).toBe(false);
  });

  it.each([
    ['a file that is not there', '[none.key]', '[0]', /cannot be read: .*none\.key \(ENOENT\)/],
    ['an empty list', '[]', '', /empty list/],
    ['no list', 'state.key', '', /must be a list/],
    ['a private key', '[sp.key]', '[0]', /is not a state key/],
    ['an empty file', '[empty.key]', '[0]', /is not a state key/],
    ['a variable that is not set', "['${NONE}']", '[0]', /NONE, which is not set/],
    ['a variable with another thing', "['${ODD}']", '[0]', /is not a state key/],
    ['a number', '[7]', '[0]', /must be text/],
    [
      'a key in the configuration itself',
      `['${stateKeyText(one).trim()}']`,
      '[0]',
      /holds a state key in the configuration itself/,
    ],
  ])('that are %s are a problem', async (_title, list, place, problem) => {
    const problems = await example.problemsOf(listing(list), { ODD: 'wix-saml-state-key:v1:short' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: `stateKeys${place}` });
    expect(problems[0]?.problem).toMatch(problem);
    expect(JSON.stringify(problems)).not.toContain(one.toString('base64url'));
  });

  it('are warned about when everybody can read them', async () => {
    put('one.key', stateKeyText(one));
    chmodSync(at('one.key'), 0o644);
    const warnings = configWarnings(await example.load(listing('[one.key]')), now);
    expect(warnings).toContainEqual(expect.objectContaining({ path: 'stateKeys[0]' }));
  });
});

describe('a state key that is not listed', () => {
  it('lies beside the first signing key, and reading a configuration does not make it', async () => {
    expect((await example.load(shared)).stateKeys).toEqual({ file: at('state.key') });
    mkdirSync(at('certs'));
    put('certs/moved.key', readFileSync(at('sp.key'), 'utf8'));
    const { stateKeys } = await example.load(shared.replace('key: sp.key', 'key: certs/moved.key'));
    expect(stateKeys).toEqual({ file: at('certs', 'state.key') });
    expect(readdirSync(at('certs'))).toEqual(['moved.key']);
    expect(existsSync(at('state.key'))).toBe(false);
  });

  it('lies beside the configuration where the signing key comes from the environment', async () => {
    const text = shared.replace('key: sp.key', "key: '${SIGNING_KEY}'");
    const { stateKeys } = await example.load(text, { SIGNING_KEY: readFileSync(at('sp.key'), 'utf8') });
    expect(stateKeys).toEqual({ file: at('state.key') });
  });

  it('is made at the first opening, for its owner only, and stays', () => {
    const choice = { file: at('state.key') };
    const made = openStateKeys(choice, random);
    expect(statSync(at('state.key')).mode & 0o777).toBe(0o600);
    const text = readFileSync(at('state.key'), 'utf8');
    expect(text).toMatch(/^wix-saml-state-key:v1:[A-Za-z0-9_-]{43}\n$/);
    expect(openStateKeys(choice, random).ids).toEqual(made.ids);
    expect(readFileSync(at('state.key'), 'utf8')).toBe(text);
    expect(readdirSync(example.directory).filter((name) => name.startsWith('state.key'))).toEqual([
      'state.key',
    ]);
  });

  it('is warned about when everybody can read it', async () => {
    put('state.key', stateKeyText(one));
    chmodSync(at('state.key'), 0o644);
    const warnings = configWarnings(await example.load(shared), now);
    expect(warnings).toContainEqual(expect.objectContaining({ path: 'stateKeys' }));
    expect(configWarnings(await example.load(), now)).not.toContainEqual(
      expect.objectContaining({ path: 'stateKeys' }),
    );
  });

  it('that is something else is a problem of the configuration, where a shared store needs it', async () => {
    put('state.key', 'something else');
    expect(await example.problemsOf(shared)).toMatchObject([
      { path: 'stateKeys', problem: `is not a state key: ${at('state.key')}` },
    ]);
    expect(await example.problemsOf(changed('port: 3000', 'port: 3001'))).toEqual([]);
  });

  it.each(['', 'wix-saml-state-key:v1:', '-----BEGIN PRIVATE KEY-----'])(
    'is never replaced when it holds %j',
    (text) => {
      put('state.key', text);
      expect(() => openStateKeys({ file: at('state.key') }, random)).toThrow(/stateKeys: is not a state key/);
      expect(readFileSync(at('state.key'), 'utf8')).toBe(text);
    },
  );

  it('that cannot be made is a problem that names the file and the option', () => {
    for (const file of [at('nowhere', 'state.key'), at('sp.key', 'state.key'), at('folder')]) {
      const open = () => openStateKeys({ file }, random);
      expect(open).toThrow(ConfigError);
      expect(open).toThrow(file);
      expect(open).toThrow(/stateKeys/);
      expect(open).toThrow(/wix-saml keys --only state/);
    }
  });

  it('is the same for all processes that start together, and nobody reads half of it', async () => {
    const program = at('race.cjs');
    execFileSync(
      join(process.cwd(), 'node_modules/.bin/esbuild'),
      ['--bundle', '--platform=node', '--log-level=error', `--outfile=${program}`, '--loader=ts'],
      {
        input: `
          import { randomBytes } from 'node:crypto';
          import { openStateKeys } from ${JSON.stringify(join(process.cwd(), 'src/config/state-key-files'))};
          const [file = '', start] = process.argv.slice(2);
          while (Date.now() < Number(start));
          console.log(openStateKeys({ file }, { bytes: (count) => randomBytes(count) }).ids[0]);`,
        cwd: process.cwd(),
      },
    );
    const file = at('raced.key');
    const start = String(Date.now() + 1500);
    const outputs = await Promise.all(
      Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, [program, file, start])),
    );
    const ids = new Set(outputs.map(({ stdout }) => stdout.trim()));
    expect([...ids]).toEqual(openStateKeys({ file }, random).ids);
    expect(readdirSync(example.directory).filter((name) => name.startsWith('raced.key'))).toEqual([
      'raced.key',
    ]);
  });
});
