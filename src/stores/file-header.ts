// The first look at the data file, before LMDB maps it into memory: what is no LMDB file, or ends before what it refers to,
// would end the process by a signal, at every start and without a word. Half of a copy looks like that, and so does what some
// disks leave after a power cut.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { SsoError } from '../core/errors';

/** Offsets within one of the two meta pages (MDB_page, MDB_meta of the LMDB that `lmdb` brings; 64-bit, little-endian). */
const at = { magic: 24, pageSize: 48, freeRoot: 88, mainRoot: 136, end: 160 } as const;
const MAGIC = 0xbeefc0de;
const EMPTY_TREE = 0xffff_ffff_ffff_ffffn;
const MIN_PAGE = 256;
const MAX_PAGE = 65_536;
/** Where these offsets are known to hold; elsewhere LMDB is on its own. */
const known: readonly string[] = ['x64', 'arm64'];

/**
 * Why LMDB must not open a file; undefined when it may. Nothing is thrown away by itself: what the file remembers may be what
 * keeps a spent assertion spent.
 */
export function damageOf(file: string): SsoError | undefined {
  const fault = faultOfFile(file);
  if (fault === undefined) return undefined;
  const problem = `${file} ${fault}: put a backup back, or move the directory away and begin anew`;
  return new SsoError('STATE_DIRECTORY_UNUSABLE', { problem });
}

/**
 * Looks, and changes nothing.
 * @returns what is wrong with the file; undefined when LMDB may open it, or will make it
 */
export function faultOfFile(file: string): 'is no data of ours' | 'is cut off' | undefined {
  const descriptor = known.includes(process.arch) ? openOrNothing(file) : undefined;
  if (descriptor === undefined) return undefined;
  try {
    const first = metaPage(descriptor, 0);
    if (first === undefined) return fstatSync(descriptor).size === 0 ? undefined : 'is cut off';
    const pageSize = pageSizeOf(first);
    if (pageSize === undefined) return 'is no data of ours';
    const second = metaPage(descriptor, pageSize);
    if (second === undefined) return 'is cut off';
    if (pageSizeOf(second) !== pageSize) return 'is no data of ours';
    // Asked last: a file that others write to only grows.
    const pages = BigInt(Math.floor(fstatSync(descriptor).size / pageSize));
    const roots = [first, second].flatMap((page) => [
      page.readBigUInt64LE(at.freeRoot),
      page.readBigUInt64LE(at.mainRoot),
    ]);
    return roots.every((root) => root === EMPTY_TREE || root < pages) ? undefined : 'is cut off';
  } finally {
    closeSync(descriptor);
  }
}

function openOrNothing(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    return undefined; // Missing, or LMDB will say why not.
  }
}

/** Undefined when the file ends before. */
function metaPage(descriptor: number, offset: number): Buffer | undefined {
  const page = Buffer.alloc(at.end);
  return readSync(descriptor, page, 0, at.end, offset) === at.end ? page : undefined;
}

/** Undefined when it is no meta page. */
function pageSizeOf(page: Buffer): number | undefined {
  const size = page.readUInt32LE(at.pageSize);
  const isSize = size >= MIN_PAGE && size <= MAX_PAGE && (size & (size - 1)) === 0;
  return page.readUInt32LE(at.magic) === MAGIC && isSize ? size : undefined;
}
