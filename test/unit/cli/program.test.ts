/** What holds for every command: the version, completion, and failures that a machine can read. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCommands } from '../../../src/cli/program';
import { wixSaml } from '../../support/makers/terminal';

it.each(['-v', '--version', '-V'])('%s prints the version', async (flag) => {
  const { code, out } = await wixSaml([flag]);
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+\.\d+\.\d+$/);
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('for %s knows every command and flag', async (shell) => {
    const { code, out } = await wixSaml(['completion', shell]);
    expect(code).toBe(0);
    for (const { name, options } of await loadCommands()) {
      expect(out).toContain(name);
      for (const { flags } of Object.values(options)) {
        const long = /--([a-z0-9-]+)/.exec(flags)?.[1] ?? '';
        expect(out).toContain(shell === 'fish' ? `-l ${long}` : `--${long}`);
      }
    }
  });

  it('for bash is a script that offers what fits', async () => {
    const { out } = await wixSaml(['completion', 'bash']);
    const offered = (line: string, at: number): string =>
      execFileSync('bash', [
        '-c',
        `${out}\nCOMP_WORDS=(${line}); COMP_CWORD=${at}; _wix_saml; echo "\${COMPREPLY[@]}"`,
      ]).toString();
    expect(offered('wix-saml exp', 1)).toBe('explain\n');
    expect(offered('wix-saml check --str', 2)).toBe('--strict\n');
    expect(offered('wix-saml keys rot', 2)).toBe('rotate\n');
    expect(offered('wix-saml keys rotate e', 3)).toBe('encryption exchange\n');
    expect(offered('wix-saml completion z', 2)).toBe('zsh\n');
  });

  it('for bash keeps a file name with a blank in one piece', async () => {
    const { out } = await wixSaml(['completion', 'bash']);
    const directory = mkdtempSync(join(tmpdir(), 'wix-saml completion-'));
    writeFileSync(join(directory, 'my own.yaml'), '');
    const script = `${out}\nCOMP_WORDS=(wix-saml check -c my); COMP_CWORD=3; _wix_saml; printf '<%s>' "\${COMPREPLY[@]}"`;
    const offered = execFileSync('bash', ['-c', script], { cwd: directory }).toString();
    rmSync(directory, { recursive: true });
    expect(offered).toBe('<my own.yaml>');
  });

  it('says which shells there are', async () => {
    expect(await wixSaml(['completion', 'tcsh'])).toMatchObject({
      code: 2,
      err: 'Name one of: bash, zsh, fish.',
    });
    expect((await wixSaml(['completion', 'constructor'])).code).toBe(2);
  });
});

describe('E17: --json is JSON also when the command fails', () => {
  it.each([
    [['check', '--json', '--config', '/nowhere/wix-saml.yaml'], 1],
    [['check', '--json', '--nonsense'], 2],
    [['explain', '/nowhere/capture.b64', '--json'], 2],
    [['explain', '--json'], 2],
    [['metadata', '--json', '--config', '/nowhere/wix-saml.yaml'], 1],
  ])('%j', async (args, code) => {
    const ran = await wixSaml(args);
    expect(ran.code).toBe(code);
    const value = JSON.parse(ran.out) as { ok: boolean };
    expect(value.ok).toBe(false);
  });
});

describe('E17: of every command', () => {
  const commands = [
    'serve',
    'reload',
    'init',
    'keys',
    'check',
    'connections',
    'invite',
    'log',
    'links',
    'sessions',
    'metadata',
    'site',
    'explain',
    'why',
    'support',
    'state',
    'audit',
    'demo',
    'dev',
    'completion',
  ];

  it('this is the list', async () => {
    expect((await loadCommands()).map(({ name }) => name)).toEqual(commands);
  });

  it.each(commands)('%s --json fails in JSON when it is called wrongly', async (name) => {
    const ran = await wixSaml([name, '--json', '--nonsense']);
    expect([ran.code, (JSON.parse(ran.out) as { ok: boolean }).ok]).toEqual([2, false]);
  });

  it.each([
    [['keys', '--into', `${__filename}/below`, '--only', 'state'], 1],
    [['check', '--config', '/nowhere'], 1],
    [['connections', '--config', '/nowhere'], 1],
    [['metadata', '--config', '/nowhere'], 1],
    [['site', '--into', '/nowhere', '--config', '/nowhere'], 1],
    [['explain', '/nowhere'], 2],
    [['why', 'AAAAAAAAAA', '--log', '/nowhere'], 2],
    [['why', 'AAAAAAAAAA', '--log', __filename], 1],
  ])('%j fails in JSON when it cannot do it', async (args, code) => {
    const ran = await wixSaml([...args, '--json']);
    expect([ran.code, (JSON.parse(ran.out) as { ok: boolean }).ok]).toEqual([code, false]);
  });
});
