/** E7, item 7 of the words: `init` asks on a real pseudo-terminal and takes what is typed. About 3 s. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../guards/sources';
import { describeReal } from '../real/processes';

const binary = join(root, 'dist/cli/bin.js');
const environment = (more: Record<string, string>): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, TERM: 'xterm-256color' };
  delete env['CI']; // nobody is asked there
  delete env['NO_COLOR'];
  return { ...env, ...more };
};

/** Runs a command in a pseudo-terminal, of no known size as `script` makes it of a pipe; types each reply as soon as its question is on the screen. */
async function onTerminal(
  args: readonly string[],
  replies: readonly (readonly [question: string, reply: string])[],
  { directory, env = {} }: { readonly directory: string; readonly env?: Record<string, string> },
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const command = `${process.execPath} ${binary} ${args.join(' ')}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: directory,
    env: environment(env),
    timeout: 20_000,
  });
  let screen = '';
  let seen = 0;
  const left = [...replies];
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    const [next] = left;
    if (next === undefined || !screen.slice(seen).includes(next[0])) return;
    seen = screen.length;
    left.shift();
    // The prompt reads keys a moment after it is drawn.
    setTimeout(() => child.stdin.write(next[1]), 100);
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, screen };
}

const ESC = '\u001b';
const CTRL_C = '\u0003';

describeReal(
  spawnSync('script', ['--version']).status === 0,
  '`script` of util-linux',
  'install bsdutils',
)('init on a terminal', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'wix-saml-init-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const written = (): string => readFileSync(join(directory, 'wix-saml.yaml'), 'utf8');

  it('asks for what no flag says, refuses nonsense at once, and writes what was typed', async () => {
    const backspaces = '\u007f'.repeat('nonsense'.length);
    const { code, screen } = await onTerminal(
      ['init', '--site-url', 'https://www.acme.com'],
      [
        ['browsers reach this service?', 'nonsense\r'],
        ['is no address', `${backspaces}https://sso.acme.com\r`],
        ['mail domain', 'acme.com\r'],
        ['e-mail address: nameId', '\r'],
      ],
      { directory },
    );
    expect({ code, screen }).toMatchObject({ code: 0 });
    expect(screen).not.toContain('address of the Wix site?');
    expect(written()).toContain('baseUrl: https://sso.acme.com\n');
    expect(written()).toContain('emailDomains: [acme.com]');
    expect(written()).toContain('emailFrom: nameId');
    expect(screen).not.toContain('Addresses:');
  });

  it('writes nothing after Ctrl-C, and has no colour with NO_COLOR', async () => {
    const { code, screen } = await onTerminal(['init'], [['browsers reach this service?', CTRL_C]], {
      directory,
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(1);
    expect(screen).toContain('Nothing was written.');
    expect(screen).not.toMatch(new RegExp(`${ESC}\\[3[0-7]m`));
    expect(existsSync(join(directory, 'wix-saml.yaml'))).toBe(false);
  });

  it('asks nothing with --yes, nor where nobody can reply', async () => {
    expect((await onTerminal(['init', '--yes'], [], { directory })).code).toBe(0);
    rmSync(join(directory, 'wix-saml.yaml'));
    const piped = spawnSync(process.execPath, [binary, 'init'], { cwd: directory, encoding: 'utf8' });
    expect(piped.status).toBe(0);
    expect(piped.stdout).toContain(
      '1. Addresses:     edit baseUrl, the site’s url, emailDomains, and emailFrom',
    );
  });
});
