// Writes the audit log: lines are chained at once and reach the disk in groups, one flush for all that came meanwhile. The
// file may be moved away at any time; the chain goes on in the next one.

import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { BEGINNING, readLine, type Chain, type Head } from '../../admin/audit/chain';
import { headFileOf } from '../../admin/audit/verify-audit';
import type { Subscriber } from '../../core/events';
import type { Clock, Timers } from '../../core/ports';
import { auditRecord } from './ecs';
import { isRunning } from '../system';

export interface AuditPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly chain: Chain;
  /** Told once a minute while it lasts. */
  readonly onTrouble: (problem: string) => void;
  /** Of this package. */
  readonly version: string;
}

export interface AuditLog {
  readonly subscriber: Subscriber;
  /** Writes what waits and closes the file. */
  readonly close: () => Promise<void>;
}

/** The file is another process'. */
export class AuditFileInUse extends Error {
  override readonly name = 'AuditFileInUse';
}

/** How long a line may wait for others to share its flush. */
const GROUP_MS = 20;
const RETRY_MS = 2_000;
/** Lines that wait while the disk is full; what comes after is counted and not kept. */
const MOST_WAITING = 20_000;
const TAIL_BYTES = 64 * 1024;

/**
 * Opens or begins the file, and takes up the chain where it ends.
 * @throws AuditFileInUse; the file system's error
 */
export function openAuditLog(file: string, ports: AuditPorts): AuditLog {
  const lock = takeLock(file);
  try {
    return new Writer(file, lock, ports).asAuditLog();
  } catch (cause) {
    rmSync(lock, { force: true });
    throw cause;
  }
}

class Writer {
  private head: Head;
  private handle: FileHandle | undefined;
  private waiting: string[] = [];
  private left = 0;
  private timer: (() => void) | undefined;
  private flight: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly file: string,
    private readonly lock: string,
    private readonly ports: AuditPorts,
  ) {
    const { head, dropped } = endOf(file, ports.chain);
    this.head = head;
    const kept = keptHead(file, ports.chain);
    if (dropped > 0) this.write({ action: 'audit.lineDropped', bytes: dropped });
    if (kept !== undefined && kept.seq > head.seq) {
      if (existsSync(file) && statSync(file).size > 0) {
        ports.onTrouble(`lines ${head.seq + 1} to ${kept.seq} are missing at the end of ${file}`);
        this.write({ action: 'audit.linesMissing', from: head.seq + 1, to: kept.seq });
      } else this.head = kept; // Moved away: its successor goes on.
    }
  }

  asAuditLog(): AuditLog {
    return Object.freeze({
      subscriber: (event) => {
        const record = auditRecord(event, this.ports.clock.now(), this.ports.version);
        if (record !== undefined) this.add(record);
      },
      close: () => this.close(),
    } satisfies AuditLog);
  }

  /** About the log itself. */
  private write({ action, ...own }: Readonly<Record<string, unknown>>): void {
    this.add({
      '@timestamp': new Date(this.ports.clock.now()).toISOString(),
      event: { kind: 'event', category: ['configuration'], action, outcome: 'failure' },
      wix_saml: own,
    });
  }

  private add(record: object): void {
    if (this.closed) return;
    if (this.waiting.length >= MOST_WAITING) {
      this.left += 1;
      return;
    }
    if (this.left > 0) {
      const lines = this.left;
      this.left = 0;
      this.write({ action: 'audit.notWritten', lines });
    }
    const { line, head } = this.ports.chain.lineAfter(this.head, record);
    this.head = head;
    this.waiting.push(`${line}\n`);
    this.schedule(GROUP_MS);
  }

  private schedule(delayMs: number): void {
    if (this.flight !== undefined || this.timer !== undefined) return;
    this.timer = this.ports.timers.after(delayMs, () => {
      this.timer = undefined;
      void this.flush();
    });
  }

  private flush(): Promise<void> {
    this.flight ??= this.writeOut().finally(() => {
      this.flight = undefined;
    });
    return this.flight;
  }

  private async writeOut(): Promise<void> {
    const lines = this.waiting;
    if (lines.length === 0) return;
    const head = this.head;
    this.waiting = [];
    try {
      const handle = await this.current();
      const { size } = await handle.stat();
      try {
        await handle.appendFile(lines.join(''));
        await handle.datasync();
      } catch (cause) {
        // Half a group would stand twice after the next try.
        await handle.truncate(size).catch(() => undefined);
        throw cause;
      }
      keepHead(this.file, this.ports.chain.headText(head));
    } catch (cause) {
      this.waiting = [...lines, ...this.waiting];
      const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
      this.ports.onTrouble(`${this.file} cannot be written (${reason})`);
      this.flight = undefined;
      if (!this.closed) this.schedule(RETRY_MS);
    }
    if (this.waiting.length > 0 && !this.closed) this.schedule(GROUP_MS);
  }

  /** The file at its place; another one when it was moved away. */
  private async current(): Promise<FileHandle> {
    const held = this.handle && (await this.handle.stat());
    const there = existsSync(this.file) ? statSync(this.file) : undefined;
    if (this.handle !== undefined && held?.ino === there?.ino) return this.handle;
    await this.handle?.close();
    this.handle = await open(this.file, 'a', 0o600);
    return this.handle;
  }

  private async close(): Promise<void> {
    this.timer?.();
    this.closed = true;
    await this.flight;
    await this.flush();
    await this.handle?.close();
    rmSync(this.lock, { force: true });
  }
}

/** The last whole line of a file; what a crash left of another is cut off. */
function endOf(file: string, chain: Chain): { readonly head: Head; readonly dropped: number } {
  if (!existsSync(file)) return { head: BEGINNING, dropped: 0 };
  const handle = openSync(file, 'r+');
  try {
    const { size } = fstatSync(handle);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, tail, 0, tail.length, size - tail.length);
    const whole = tail.lastIndexOf(0x0a) + 1;
    const dropped = tail.length - whole;
    if (dropped > 0) ftruncateSync(handle, size - dropped);
    const last = tail.subarray(0, whole).toString('utf8').trimEnd().split('\n').at(-1) ?? '';
    const read = readLine(last);
    const head =
      read === undefined ? (keptHead(file, chain) ?? BEGINNING) : { seq: read.seq, hash: read.hash };
    return { head, dropped };
  } finally {
    closeSync(handle);
  }
}

function keptHead(file: string, chain: Chain): Head | undefined {
  const name = headFileOf(file);
  return existsSync(name) ? chain.readHead(readFileSync(name, 'latin1')) : undefined;
}

function keepHead(file: string, text: string): void {
  const name = headFileOf(file);
  writeFileSync(`${name}.new`, text, { mode: 0o600 });
  renameSync(`${name}.new`, name);
}

/** One writer for each file: two would tear the chain. @returns the lock's file */
function takeLock(file: string): string {
  const lock = `${file}.lock`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return lock;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const holder = Number(readFileSync(lock, 'latin1'));
      if (isAlive(holder)) break;
      rmSync(lock, { force: true });
    }
  }
  throw new AuditFileInUse(`${file} is written by another process; give each process a file of its own`);
}

/** One of before a restart in a container may have had our own number. */
const isAlive = (pid: number): boolean => pid !== process.pid && isRunning(pid);
