// Whether audit files are as they were written: every line holds, none is missing between them, and the last is the one that
// the head beside the file, or a head that somebody noted elsewhere, speaks of.

import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BEGINNING, readLine, type Chain, type Head } from './chain';

export interface AuditFault {
  readonly file: string;
  /** 1 for the first; undefined where it is about the end. */
  readonly line?: number;
  readonly problem: string;
}

export interface AuditVerdict {
  readonly lines: number;
  /** What the last line makes; note it elsewhere, and give it to the next run. */
  readonly head: Head;
  /** Of the first line; more than 1 where earlier files were not given. */
  readonly firstSeq: number;
  /** The first of a file ends the reading: what follows it proves nothing. */
  readonly fault?: AuditFault;
}

export const headFileOf = (file: string): string => `${file}.head`;

/**
 * Reads files of one chain, oldest first; the last is the one that is being written.
 * @param noted a head from elsewhere that must be among the lines
 * @throws the file system's error where a file cannot be read
 */
export async function verifyAudit(
  files: readonly string[],
  chain: Chain,
  noted?: Head,
): Promise<AuditVerdict> {
  let head = BEGINNING;
  let lines = 0;
  let firstSeq = 0;
  let isNotedSeen = noted === undefined;
  for (const file of files) {
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (lines === 0) head = beforeFirst(line) ?? head;
      const next = chain.follow(head, line);
      if (typeof next === 'string' && !(lines === 0 && isOneOfMany(line, next))) {
        return { lines, head, firstSeq, fault: { file, line: number, problem: faults[next] } };
      }
      head = typeof next === 'string' ? (readLine(line) ?? head) : next;
      if (lines === 0) firstSeq = head.seq;
      lines += 1;
      isNotedSeen ||= noted?.seq === head.seq && noted.hash === head.hash;
    }
  }
  const fault = endFault(files.at(-1) ?? '', chain, { head, lines, isNotedSeen });
  return {
    lines,
    head: { seq: head.seq, hash: head.hash },
    firstSeq,
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Where earlier files are not given, the first line cannot be proved, only its followers. */
const isOneOfMany = (line: string, next: string): boolean =>
  next === 'changed' && (readLine(line)?.seq ?? 0) > 1;

function beforeFirst(line: string): Head | undefined {
  const first = readLine(line);
  return first === undefined || first.seq === 1 ? undefined : { seq: first.seq - 1, hash: '' };
}

const faults = {
  'not a line': 'is not a line of an audit log, or was cut off',
  'missing lines':
    'does not follow the line before: lines are missing, were moved, or come from another file',
  changed: 'was changed, or was written under another state key',
} as const;

interface End {
  readonly head: Head;
  readonly lines: number;
  readonly isNotedSeen: boolean;
}

function endFault(file: string, chain: Chain, { head, lines, isNotedSeen }: End): AuditFault | undefined {
  if (!isNotedSeen)
    return { file, problem: 'does not hold the line of the head that was given: lines are missing' };
  const text = textIfThere(headFileOf(file));
  if (text === undefined)
    return lines === 0
      ? undefined
      : { file, problem: 'has no .head file beside it: its end cannot be proved' };
  const kept = chain.readHead(text);
  if (kept === undefined)
    return { file: headFileOf(file), problem: 'was changed, or was written under another state key' };
  // A process that ended at once has written lines and not yet their head.
  if (kept.seq <= head.seq) return undefined;
  return { file, problem: `ends with line ${head.seq}, but ${kept.seq} were written: its end is cut off` };
}

function textIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}
