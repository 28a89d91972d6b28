// E17: `npm run demo` leaves no process behind, however it is ended. Real processes; about 13 s.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../guards/sources';
import { freePort } from '../../support/makers/free-port';
import { describeReal } from '../real/processes';

/** Processes by their parent, as Linux has them. */
function childrenOf(pid: number): number[] {
  const own = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}

function parentOf(pid: number): number | undefined {
  try {
    // The name in brackets may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? undefined : Number(fields[1]);
  } catch {
    return undefined;
  }
}

const isAlive = (pid: number): boolean => parentOf(pid) !== undefined;

interface RunningDemo {
  readonly pid: number;
  readonly family: readonly number[];
}

async function started(isReady: (output: string) => boolean): Promise<RunningDemo> {
  const port = String(await freePort(3));
  // A group of its own, as a terminal gives it to what it starts.
  const npm = spawn('npm', ['run', '--ignore-scripts', 'demo', '--', '--port', port], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (let tries = 0; tries < 900 && !isReady(output); tries += 1) await pause(100);
  if (npm.pid === undefined || !isReady(output)) throw new Error(`the demo did not start: ${output}`);
  return { pid: npm.pid, family: [npm.pid, ...childrenOf(npm.pid)] };
}

async function survivors({ family }: RunningDemo): Promise<number[]> {
  for (let tries = 0; tries < 150 && family.some(isAlive); tries += 1) await pause(100);
  const left = family.filter(isAlive);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return left;
}

const ends: readonly (readonly [string, (demo: RunningDemo) => void])[] = [
  ['SIGTERM to npm', ({ pid }) => process.kill(pid, 'SIGTERM')],
  ['SIGINT to npm', ({ pid }) => process.kill(pid, 'SIGINT')],
  ['Ctrl-C, which goes to the whole group', ({ pid }) => process.kill(-pid, 'SIGINT')],
  ['the end of npm by force', ({ pid }) => process.kill(pid, 'SIGKILL')],
  ['the end of the demo itself by force', ({ family }) => process.kill(demoIn(family), 'SIGKILL')],
];

describeReal(
  existsSync('/proc/self/stat'),
  'Linux’ /proc',
  'none: run this on Linux',
)('npm run demo', () => {
  const demos: RunningDemo[] = [];
  beforeAll(async () => {
    // One after the other: a free port that two of them find is taken by the time they listen.
    while (demos.length < ends.length)
      demos.push(await started((output) => output.includes('Ctrl-C ends the demo')));
  });

  it.each(ends.map(([how, end], index) => [how, end, index] as const))(
    'E17: after %s nothing is left',
    async (_how, end, index) => {
      const demo = demos[index];
      if (demo === undefined) throw new Error('the demo did not start');
      expect(demo.family.length).toBeGreaterThanOrEqual(3);
      end(demo);
      expect(await survivors(demo)).toEqual([]);
    },
  );
});

function demoIn(family: readonly number[]): number {
  const commandOf = (pid: number): string =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  const found = family.find((pid) => commandOf(pid).startsWith('node dist/cli/bin.js demo'));
  if (found === undefined) throw new Error('no process of the demo');
  return found;
}
