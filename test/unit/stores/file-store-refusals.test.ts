/** Where the file store refuses to work: each with its code and one sentence, and it goes on by itself when that is over. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkStoreDirectory } from '../../../src/admin/check-state';
import type { SsoError } from '../../../src/core/errors';
import { systemClock, systemRandom } from '../../../src/server/system';
import type { StoreFormat } from '../../../src/stores/file-directory';
import { thisMachine, type Machine } from '../../../src/stores/file-machine';
import { createFileStore, type FileStoreOptions } from '../../../src/stores/file-store';
import type { StateStore } from '../../../src/stores/state-store';

const MARKER = 'wix-saml-store.json';

/** How a test may mount for its own process alone: as root of a user namespace, or where those are closed, as root. */
const mounting = [
  ['unshare', '-rm'],
  ['sudo', '-n', 'unshare', '-m'],
].find(([command = '', ...rest]) => spawnSync(command, [...rest, 'true']).status === 0);
if (mounting === undefined && process.env['CI'] !== 'true') {
  process.stderr.write('SKIPPED: nothing may be mounted here, so no full and no read-only disk is tried.\n');
}
const itWithMounts = mounting !== undefined || process.env['CI'] === 'true' ? it : it.skip;

function withMounts(script: string, program: readonly string[]): string {
  const [command = '', ...rest] = mounting ?? [];
  return execFileSync(command, [...rest, 'sh', '-c', `${script} && exec "$0" "$@"`, ...program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString();
}

let home: string;
let directory: string;
const stores: StateStore[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wix-saml-refusals-'));
  directory = join(home, 'data');
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  rmSync(home, { recursive: true, force: true });
});

function open(options: Partial<FileStoreOptions> = {}): StateStore {
  const store = createFileStore({ directory, clock: systemClock, random: systemRandom, ...options });
  stores.push(store);
  return store;
}

const machine = (changes: Partial<Machine>): Machine => ({ ...thisMachine, ...changes });

async function refusal(options: Partial<FileStoreOptions> = {}): Promise<SsoError> {
  const store = open(options);
  const refused: unknown = await store.claim('assertion:a', 1000).then(
    () => undefined,
    (error: unknown) => error,
  );
  // Whatever the verb, and readiness too.
  await expect(store.ping()).rejects.toMatchObject({ code: (refused as SsoError).code });
  return refused as SsoError;
}

/** Time that is turned by hand. */
function handClock(now = systemClock.now()) {
  return { now: () => now, advance: (ms: number) => void (now += ms) };
}

describe('a directory that is not there', () => {
  it('is made, for its owner alone, with nothing in it that others may read', async () => {
    directory = join(home, 'deep', 'data');
    expect(checkStoreDirectory(directory)).toEqual([]);
    await open().put('ticket:a', 'a', 60_000);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('is refused where it cannot be made', async () => {
    writeFileSync(join(home, 'file'), '');
    directory = join(home, 'file', 'data');
    expect(await refusal()).toMatchObject({ code: 'STATE_DIRECTORY_UNUSABLE' });
  });
});

describe('a directory that cannot hold the store', () => {
  beforeEach(() => mkdirSync(directory, { mode: 0o700 }));

  const cases: [what: string, arrange: () => void, changes: Partial<Machine>, problem: RegExp][] = [
    [
      'is a file',
      () => {
        rmSync(directory, { recursive: true });
        writeFileSync(directory, '');
      },
      {},
      /is not a directory/,
    ],
    ['belongs to another user', () => undefined, { userId: () => 4711 }, /belongs to another user/],
    ['is open to the group', () => chmodSync(directory, 0o770), {}, /may be written by other users/],
    ['is open to all', () => chmodSync(directory, 0o707), {}, /may be written by other users/],
    [
      'holds foreign files',
      () => writeFileSync(join(directory, 'thesis.tex'), ''),
      {},
      /holds files that are not ours/,
    ],
    ['holds the data of another LMDB', () => writeFileSync(join(directory, 'data.mdb'), ''), {}, /not ours/],
    ['has a broken marker', () => writeFileSync(join(directory, MARKER), '{}'), {}, /unreadable/],
    ...(
      [
        ['NFS', 0x6969],
        ['SMB', 0x517b],
        ['CIFS', 0xff534d42],
        ['SMB2', 0xfe534d42],
        ['FUSE', 0x65735546],
        ['9P', 0x01021997],
        ['Ceph', 0x00c36400],
      ] as const
    ).map(([name, type]): [string, () => void, Partial<Machine>, RegExp] => [
      `lies on ${name}`,
      () => undefined,
      { fileSystemType: () => type },
      new RegExp(`shared file system \\(${name}\\)`),
    ]),
  ];

  it.each(cases)(
    'is refused when it %s, by the store and by check',
    async (_what, arrange, changes, problem) => {
      arrange();
      const before = statSync(directory).isDirectory() ? readdirSync(directory) : undefined;
      const told: SsoError[] = [];
      const refused = await refusal({ machine: machine(changes), onRefusal: (each) => told.push(each) });
      expect(refused).toMatchObject({
        code: 'STATE_DIRECTORY_UNUSABLE',
        detail: { problem: expect.stringMatching(problem) as string },
      });
      expect(refused.detail.problem).toContain(directory);
      expect(told).toEqual([refused]);
      const [finding] = checkStoreDirectory(directory, machine(changes));
      expect(finding).toMatchObject({ path: 'state', problem: refused.detail.problem });
      if (before !== undefined) expect(readdirSync(directory)).toEqual(before);
    },
  );

  itWithMounts('is refused when its file system is read-only', () => {
    const script = `chown $(id -u) ${directory} && mount --bind ${directory} ${directory} && mount -o remount,ro,bind ${directory}`;
    const said = withMounts(script, probe(directory));
    expect(said).toMatch(/^STATE_DIRECTORY_UNUSABLE the directory \S+ is read-only/);
  });

  it('is believed as it is put right, without a restart', async () => {
    chmodSync(directory, 0o777);
    const clock = handClock();
    const store = open({ clock });
    await expect(store.put('ticket:a', 'a', 60_000)).rejects.toMatchObject({
      code: 'STATE_DIRECTORY_UNUSABLE',
    });
    chmodSync(directory, 0o700);
    await expect(store.put('ticket:a', 'a', 60_000)).rejects.toMatchObject({
      code: 'STATE_DIRECTORY_UNUSABLE',
    });
    clock.advance(2001);
    await store.put('ticket:a', 'a', 60_000);
    expect(await store.take('ticket:a')).toBe('a');
  });

  it('may be the root of a volume, and a link to a directory', async () => {
    mkdirSync(join(directory, 'lost+found'));
    const link = join(home, 'link');
    symlinkSync(directory, link);
    await expect(open({ directory: link }).claim('assertion:a', 1000)).resolves.toBe(true);
  });
});

describe('a directory that another container has open', () => {
  const elsewhere = machine({ pidNamespace: () => '4026999999' });

  it('is refused as long as a process of that one lives, also for check of a long path', async () => {
    directory = join(home, 'd'.repeat(120));
    const first = open();
    await first.claim('assertion:a', 60_000);
    expect(await refusal({ machine: elsewhere })).toMatchObject({
      code: 'STATE_DIRECTORY_SHARED',
      detail: { problem: expect.stringContaining('another container') as string },
    });
    const clock = handClock();
    const second = open({ machine: elsewhere, clock });
    await expect(second.claim('assertion:a', 60_000)).rejects.toMatchObject({
      code: 'STATE_DIRECTORY_SHARED',
    });
    await first.close();
    clock.advance(2001);
    expect(await second.claim('assertion:a', 60_000)).toBe(false);
  });

  it('is shared by processes of one container', async () => {
    await open().claim('assertion:a', 60_000);
    expect(await open().claim('assertion:a', 60_000)).toBe(false);
  });

  it('leaves nothing of itself behind but the data', async () => {
    const store = open();
    await store.ping();
    await store.close();
    expect(readdirSync(directory).sort()).toEqual(['data.mdb', 'data.mdb-lock', MARKER]);
  });
});

describe('data of another version', () => {
  const format = (made: number, readableBy: number): StoreFormat => ({ format: made, readableBy });
  const written = () => JSON.parse(readFileSync(join(directory, MARKER), 'utf8')) as unknown;

  it('is read one version up, and marked so that nobody goes back unseen', async () => {
    const old = open({ format: format(1, 1) });
    await old.put('ticket:a', 'a', 60_000);
    await old.putIf('keys/one', 'document', undefined);
    await old.close();
    const later = open({ format: format(2, 2) });
    expect(await later.take('ticket:a')).toBe('a');
    expect(await later.get('keys/one')).toMatchObject({ value: 'document' });
    expect(written()).toEqual(format(2, 2));
  });

  it('is refused one version down, untouched', async () => {
    const later = open({ format: format(2, 2) });
    await later.put('ticket:a', 'a', 60_000);
    await later.close();
    const refused = await refusal({ format: format(1, 1) });
    expect(refused).toMatchObject({ code: 'STATE_FORMAT_NEWER' });
    expect(refused.detail.problem).toMatch(/has format 2; this version reads up to 1/);
    expect(checkStoreDirectory(directory)).toMatchObject([{ path: 'state' }]);
    expect(written()).toEqual(format(2, 2));
    expect(await open({ format: format(2, 2) }).take('ticket:a')).toBe('a');
  });

  it('is read one version down where the later one says that it may be', async () => {
    const later = open({ format: format(2, 1) });
    await later.put('ticket:a', 'a', 60_000);
    await later.close();
    expect(await open({ format: format(1, 1) }).take('ticket:a')).toBe('a');
    expect(written()).toEqual(format(2, 1));
  });
});

describe('a full disk', () => {
  itWithMounts('refuses what cannot be remembered, keeps what was, and goes on when there is room', () => {
    const mount = join(home, 'small');
    mkdirSync(mount);
    const script = `mount -t tmpfs -o size=3m small ${mount} && head -c 1500000 /dev/zero > ${mount}/filler`;
    const said = withMounts(script, probe(join(mount, 'data'), 'fill'));
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^STATE_DISK_FULL the disk of \S+ is full$/),
      'ready: STATE_DISK_FULL',
      'after room: claimed true, first claim again false, ready',
      '',
    ]);
  });
});

/** A process of its own that opens a store and says what became of it. */
function probe(where: string, ...more: string[]): string[] {
  const root = resolve(__dirname, '../../..');
  const program = join(root, 'test/support/makers/store-probe.ts');
  return [process.execPath, '-r', join(root, 'test/fuzz/typescript.cjs'), program, where, ...more];
}
