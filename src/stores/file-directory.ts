// Whether a directory may hold the embedded store. What LMDB would corrupt, what others may change and what is somebody
// else's is refused, in one sentence for the operator: a store that only seems to work forgets what was spent.

import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SsoError } from '../core/errors';
import type { Random } from '../core/ports';
import type { Machine } from './file-machine';

/**
 * What this version writes, and the oldest version that can read it. A later version that adds what an older one may
 * overlook leaves `readableBy`; then the way back stays open.
 */
export interface StoreFormat {
  readonly format: number;
  readonly readableBy: number;
}

export const FORMAT: StoreFormat = Object.freeze({ format: 1, readableBy: 1 });

/** Says whose the directory is, and its format. */
export const MARKER = 'wix-saml-store.json';

/** Whether a store was begun there, or that cannot be seen: then opening it says why. Looks and makes nothing. */
export function holdsData(directory: string): boolean {
  try {
    return statSync(join(directory, MARKER), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** Made by the file system at the root of a volume. */
const ALWAYS_THERE = 'lost+found';

/** Others' machines may write there, or its locks and memory maps are not those of one kernel (statfs(2), linux/magic.h). */
const shared: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x73757245, 'Coda'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x786f4256, 'VirtualBox folder'],
]);

/**
 * Looks, and changes nothing.
 * @returns undefined when the directory may be used, or is not there yet; otherwise why not
 */
export function judgeDirectory(
  directory: string,
  machine: Machine,
  ours: StoreFormat = FORMAT,
): SsoError | undefined {
  try {
    if (!isThere(directory)) return undefined;
    judge(directory, machine, ours);
    return undefined;
  } catch (cause) {
    return cause instanceof SsoError ? cause : unusable(directory, cause);
  }
}

/**
 * Makes the directory where it is missing (0700) and marks it as ours.
 * @throws SsoError STATE_DIRECTORY_UNUSABLE, STATE_FORMAT_NEWER, STATE_DISK_FULL
 */
export function prepareDirectory(
  directory: string,
  machine: Machine,
  { random, format = FORMAT }: { readonly random: Random; readonly format?: StoreFormat },
): void {
  try {
    if (!isThere(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
    const marked = judge(directory, machine, format);
    if (marked === undefined || marked.format < format.format) mark(directory, format, random);
  } catch (cause) {
    throw cause instanceof SsoError ? cause : unusable(directory, cause);
  }
}

function isThere(directory: string): boolean {
  return lstatSync(directory, { throwIfNoEntry: false }) !== undefined;
}

/** The directory's format; undefined when it is empty. */
function judge(directory: string, machine: Machine, ours: StoreFormat): StoreFormat | undefined {
  const entries = readdirSync(directory); // ENOTDIR names what is not a directory.
  const { uid, mode } = statSync(directory);
  const user = machine.userId();
  if (user !== undefined && uid !== user) refuse(directory, 'belongs to another user');
  if (user !== undefined && (mode & 0o022) !== 0) refuse(directory, 'may be written by other users');
  const network = shared.get(machine.fileSystemType(directory) ?? 0);
  if (network !== undefined) refuse(directory, `lies on a shared file system (${network})`);
  accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  if (!entries.includes(MARKER)) {
    const foreign = entries.find((name) => name !== ALWAYS_THERE && !isHalfMade(name));
    if (foreign !== undefined) refuse(directory, 'holds files that are not ours');
    return undefined;
  }
  const marked = readMarker(readFileSync(join(directory, MARKER), 'latin1'));
  if (marked === undefined) return refuse(directory, `has an unreadable ${MARKER}`);
  if (marked.readableBy > ours.format) {
    const problem = `the data in ${directory} has format ${String(marked.format)}; this version reads up to ${String(ours.format)}`;
    throw new SsoError('STATE_FORMAT_NEWER', { problem });
  }
  return marked;
}

function refuse(directory: string, what: string): never {
  throw new SsoError('STATE_DIRECTORY_UNUSABLE', { problem: `the directory ${directory} ${what}` });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there and cannot be made',
  ENOTDIR: 'is not a directory',
  EACCES: 'may not be read and written by this user',
  EPERM: 'may not be read and written by this user',
  EROFS: 'is read-only',
};

/** A refusal in our words for what the system says. */
export function unusable(directory: string, cause: unknown): SsoError {
  if (isFull(cause, directory)) return diskFull(directory, cause);
  const code = textOf(cause, 'code') ?? 'unknown';
  const problem = `the directory ${directory} ${reasons[code] ?? `cannot be used (${code})`}`;
  return new SsoError('STATE_DIRECTORY_UNUSABLE', { problem }, cause);
}

const FULL = /^(ENOSPC|EDQUOT)$/;
const FULL_WORDS = /No space left|Disk quota exceeded|MDB_MAP_FULL/;

/** Whether an error says that there is no room left in the directory. */
export function isFull(cause: unknown, directory: string): boolean {
  const message = textOf(cause, 'message') ?? '';
  if (FULL.test(textOf(cause, 'code') ?? '') || FULL_WORDS.test(message)) return true;
  // What the system wrote in part, because the rest had no room, LMDB calls an input/output error.
  return /input\/output error/i.test(message) && freeBytes(directory) < ROOM_BYTES;
}

/** Less than a commit of a few records may take. */
const ROOM_BYTES = 256 * 1024;

function freeBytes(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

function textOf(cause: unknown, name: 'code' | 'message'): string | undefined {
  const value: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

export const diskFull = (directory: string, cause: unknown): SsoError =>
  new SsoError('STATE_DISK_FULL', { problem: `the disk of ${directory} is full` }, cause);

const isHalfMade = (name: string): boolean => name.startsWith(`${MARKER}.`);

/** Written aside and renamed, so that nobody reads half of it; of several that start together all write the same. */
function mark(directory: string, format: StoreFormat, random: Random): void {
  const whole = join(directory, `${MARKER}.${random.bytes(8).toString('hex')}`);
  try {
    writeFileSync(whole, `${JSON.stringify(format)}\n`, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(whole, join(directory, MARKER));
  } finally {
    rmSync(whole, { force: true });
  }
}

function readMarker(text: string): StoreFormat | undefined {
  const [, format, readableBy] = /^\{"format":(\d{1,6}),"readableBy":(\d{1,6})\}\s*$/.exec(text) ?? [];
  return format === undefined ? undefined : { format: Number(format), readableBy: Number(readableBy) };
}
