/** What systemd hears of us: in order, and nothing where it does not listen. With a systemd-notify of our own, and with the real one. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { monotonicMicroseconds } from '../../../src/server/system';
import { systemdNotices } from '../../../src/server/systemd';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'wix-saml-notify-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Writes its arguments into a file, the first call slower than the others. */
function fake(): { env: Record<string, string>; said: () => string[] } {
  const log = join(directory, 'said');
  const script = `#!/bin/sh\n[ -e '${log}' ] || sleep 0.1\necho "$@" >> '${log}'\n`;
  writeFileSync(join(directory, 'systemd-notify'), script, { mode: 0o755 });
  const path = [directory, process.env['PATH'] ?? ''].join(delimiter);
  return {
    env: { PATH: path, NOTIFY_SOCKET: '/run/none' },
    said: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}

async function until(enough: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !enough(); attempt += 1) await wait(25);
}

describe('notices to systemd', () => {
  it('are said in order, a reload with the time at which it began', async () => {
    const { env, said } = fake();
    const notices = systemdNotices(env, () => 123n);
    notices.ready();
    notices.reloading();
    notices.ready();
    notices.stopping();
    await until(() => said().length === 4);
    notices.close();
    expect(said()).toEqual(['READY=1', 'RELOADING=1 MONOTONIC_USEC=123', 'READY=1', 'STOPPING=1']);
  });

  it('are signs of life twice as often as it waits for them, and only when it waits for this process', async () => {
    const { env, said } = fake();
    const other = systemdNotices({ ...env, WATCHDOG_USEC: '200000', WATCHDOG_PID: '1' }, () => 0n);
    const none = systemdNotices({ ...env, WATCHDOG_USEC: 'soon' }, () => 0n);
    await wait(250);
    expect(said()).toEqual([]);
    other.close();
    none.close();
    const watched = { ...env, WATCHDOG_USEC: '200000', WATCHDOG_PID: String(process.pid) };
    const notices = systemdNotices(watched, () => 0n);
    await until(() => said().length >= 2);
    notices.close();
    expect(new Set(said())).toEqual(new Set(['WATCHDOG=1']));
  });

  it('are not said where nobody listens, and cost nothing where systemd-notify is missing', async () => {
    const { env, said } = fake();
    systemdNotices({ PATH: env['PATH'] ?? '' }, () => 0n).ready();
    systemdNotices({ PATH: join(directory, 'none'), NOTIFY_SOCKET: '/run/none' }, () => 0n).ready();
    await wait(200);
    expect(said()).toEqual([]);
  });
});

const hasReal =
  spawnSync('systemd-notify', ['--version']).status === 0 &&
  spawnSync('python3', ['-c', 'import socket; socket.AF_UNIX']).status === 0;
if (!hasReal && process.env['CI'] !== 'true') {
  process.stderr.write(
    'SKIPPED: no systemd-notify or python3 on this machine, so no real notices are read.\n',
  );
}
const itReal = hasReal || process.env['CI'] === 'true' ? it : it.skip;

/** Prints each datagram on one line, fields joined by blanks. */
const listener = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); s.settimeout(10)
print('bound', flush=True)
for _ in range(8):
    print(s.recv(4096).decode().replace(chr(10), ' ').strip(), flush=True)
`;

describe('systemd-notify', () => {
  itReal('brings our notices to a datagram socket', async () => {
    const socket = join(directory, 'notify.sock');
    const reader = spawn('python3', ['-c', listener, socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    let heard = '';
    reader.stdout.on('data', (chunk: Buffer) => void (heard += chunk.toString()));
    try {
      await until(() => heard.includes('bound'));
      const env = { PATH: process.env['PATH'] ?? '', NOTIFY_SOCKET: socket };
      const before = monotonicMicroseconds();
      const notices = systemdNotices(env, monotonicMicroseconds);
      notices.ready();
      notices.reloading();
      notices.stopping();
      await until(() => heard.includes('STOPPING=1'));
      notices.close();
      const [, micro = ''] = /READY=1[^]*RELOADING=1 MONOTONIC_USEC=([0-9]+)[^]*STOPPING=1/.exec(heard) ?? [];
      expect(BigInt(micro)).toBeGreaterThanOrEqual(before);
    } finally {
      reader.kill();
    }
  });
});

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;
const itAnalyzes = hasAnalyze ? it : it.skip;

describe('deploy/wix-saml.service', () => {
  const unit = join(__dirname, '..', '..', '..', 'deploy', 'wix-saml.service');

  it('is notified, watched, and reloads by our own command, which fails aloud', () => {
    const text = readFileSync(unit, 'utf8');
    for (const line of ['Type=notify', 'NotifyAccess=all', 'RuntimeDirectory=wix-saml']) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toMatch(/^ExecReload=.* reload /m);
    expect(text).toMatch(/^WatchdogSec=\d+/m);
  });

  itAnalyzes('is what systemd understands', () => {
    // The program of the unit is not installed here.
    const text = readFileSync(unit, 'utf8').replaceAll(/^(Exec\w+=)\S+/gm, '$1/bin/true');
    const copy = join(directory, 'wix-saml.service');
    writeFileSync(copy, text);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', copy], {
      encoding: 'utf8',
    });
    const ours = stderr.split('\n').filter((line) => line.includes('wix-saml.service'));
    expect({ status, ours }).toEqual({ status: 0, ours: [] });
  });
});
