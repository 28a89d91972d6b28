/** `wix-saml reload` against a socket that a service opened, and against none. */

import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionView } from '../../../src/admin/connections';
import { openControlSocket, type ControlSocket } from '../../../src/server/control-socket';
import type { ReloadChoice, ReloadOutcome } from '../../../src/server/reload';
import { wixSaml } from '../../support/makers/terminal';

const nothing = {
  connectionsAdded: [],
  connectionsRemoved: [],
  connectionsChanged: [],
  sitesAdded: [],
  sitesRemoved: [],
  sitesChanged: [],
  settingsChanged: [],
};

let directory: string;
let config: string;
let env: Record<string, string>;
const open: ControlSocket[] = [];
const asked: ReloadChoice[] = [];
const views: ConnectionView[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-reload-'));
  config = join(directory, 'wix-saml.yaml');
  writeFileSync(config, '');
  env = { XDG_RUNTIME_DIR: directory };
  asked.length = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
  rmSync(directory, { recursive: true, force: true });
});

async function service(outcome: () => Promise<ReloadOutcome>): Promise<ControlSocket> {
  const socket = await openControlSocket(config, env, {
    reload: (choice) => {
      asked.push(choice);
      return outcome();
    },
    connections: () => views,
  });
  if (socket === undefined) throw new Error('no socket');
  open.push(socket);
  return socket;
}
const reload = (...more: string[]) => wixSaml(['reload', '--config', config, ...more], env);
const fine = (): Promise<ReloadOutcome> =>
  Promise.resolve({ ok: true, changes: { ...nothing, connectionsAdded: ['acme', 'globex'] }, warnings: [] });

describe('wix-saml reload', () => {
  it('says what changed, and takes a removal along only when it is told', async () => {
    await service(fine);
    const { code, out } = await reload();
    expect({ code, out }).toEqual({
      code: 0,
      out: `process ${String(process.pid)}: read anew\n  new connections: acme, globex`,
    });
    await reload('--allow-removal');
    expect(asked).toEqual([{ allowRemoval: false }, { allowRemoval: true }]);
  });

  it('fails with every problem, in words and for machines', async () => {
    const problems = [
      { path: 'listen', problem: 'cannot change', hint: 'Restart it.' },
      { path: '', problem: 'x changed \u001b[2J while it was read', hint: 'Again.' },
    ];
    await service(() => Promise.resolve({ ok: false, problems }));
    const { code, out } = await reload();
    expect(code).toBe(1);
    expect(out).toMatch(/nothing was changed.*\n {2}listen: cannot change\n {6}Restart it\.\n {2}x changed/);
    expect(out).not.toContain('\u001b');
    const { code: jsonCode, out: json } = await reload('--json');
    expect(jsonCode).toBe(1);
    expect(JSON.parse(json)).toMatchObject({ ok: false, processes: [{ ok: false, problems }] });
  });

  it('says so when the program fails, and goes on listening', async () => {
    await service(() => Promise.reject(new Error('secret')));
    const { code, out } = await reload();
    expect(code).toBe(1);
    expect(out).toMatch(/mistake of the program/);
    expect(out).not.toContain('secret');
    expect((await reload()).code).toBe(1);
  });

  it('says that no service runs, and removes what one left that was killed', async () => {
    const { path, close } = await service(fine);
    await close();
    open.length = 0;
    writeFileSync(path, '');
    const { code, err } = await reload();
    expect(code).toBe(1);
    expect(err).toMatch(/No running service was found/);
    expect(readdirSync(join(directory, 'wix-saml'))).toEqual([]);
    expect(JSON.parse((await reload('--json')).out)).toEqual({ ok: false, processes: [] });
  });

  it('finds the services of its own configuration only', async () => {
    await service(fine);
    const other = join(directory, 'other.yaml');
    writeFileSync(other, '');
    expect((await wixSaml(['reload', '--config', other], env)).code).toBe(1);
    expect(asked).toEqual([]);
  });
});

describe('the socket', () => {
  const exchange = (path: string, text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(path, () => socket.end(text));
      socket.on('data', (chunk) => void (answer += chunk.toString()));
      socket.once('error', reject).once('close', () => resolve(answer));
    });

  it('belongs to the user of the service alone, and so does its directory', async () => {
    const { path } = await service(fine);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'wix-saml')).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['nothing', ''],
    ['an empty line', '\n'],
    ['no verb', '{}\n'],
    ['a list', '[]\n'],
    ['another verb', '{"verb":"stop"}\n'],
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
    ['a line without an end', 'x'.repeat(5000)],
  ])('answers %s with a sentence and does nothing', async (_title, text) => {
    const { path } = await service(fine);
    expect(await exchange(path, text)).toMatch(/not a request/);
    expect(asked).toEqual([]);
  });

  it('is not put where others can write', async () => {
    chmodSync(directory, 0o700);
    const shared = mkdtempSync(join(tmpdir(), 'wix-saml-shared-'));
    chmodSync(shared, 0o777);
    const socket = await openControlSocket(
      config,
      { ...env, RUNTIME_DIRECTORY: shared },
      { reload: fine, connections: () => [] },
    );
    if (socket !== undefined) open.push(socket);
    expect(socket?.path.startsWith(directory)).toBe(true);
    expect(existsSync(shared)).toBe(true);
    rmSync(shared, { recursive: true });
  });
});

describe('wix-saml connections', () => {
  const ready: ConnectionView = {
    ...{ name: 'acme', site: 'portal', state: 'ready', source: 'https://idp.example/metadata', keys: [] },
    ...{ fetched: '2026-03-01T12:00:00.000Z', nextRefresh: '2026-03-01T13:00:00.000Z' },
  };
  afterEach(() => void views.splice(0));

  it('shows what the running service has, with the last and the next look at an address', async () => {
    views.push(ready);
    await service(fine);
    const { code, out, err } = await wixSaml(['connections', '--config', config], env);
    expect(code).toBe(0);
    expect(err).toContain(`process ${String(process.pid)}`);
    expect(out).toMatch(/fetched {6}2026-03-01T12:00:00\.000Z\n {2}next look {4}2026-03-01T13:00:00\.000Z/);
    const machine = await wixSaml(['connections', '--json', '--config', config], env);
    expect(JSON.parse(machine.out)).toEqual({ connections: [ready], process: process.pid });
  });

  it('fails where one is down', async () => {
    views.push({ ...ready, state: 'down', reason: 'away' });
    await service(fine);
    expect((await wixSaml(['connections', '--config', config], env)).code).toBe(1);
  });
});
