// An audit log whose lines hold each other: every line carries a keyed hash over itself and the hash of the line before, so
// that none can be changed, taken out, put in or moved by anybody without the key. What is cut off at the end is seen by
// its head, a note of the last line beside the file, and by whoever noted a head elsewhere.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StateKeys } from '../../stores/state-keys';

/** The last line: what the next one continues. */
export interface Head {
  /** Counts lines from 1 on, without a gap, over all files of a chain. */
  readonly seq: number;
  /** 43 characters, base64url. */
  readonly hash: string;
}

/** Before the first line of all. */
export const BEGINNING: Head = Object.freeze({ seq: 0, hash: '' });

const PURPOSE = 'wix-saml audit log v1';
const HEAD_PURPOSE = 'wix-saml audit head v1';
const LINE = /^(\{"audit":\{"seq":([1-9][0-9]{0,15})\},.*),"hash":"([A-Za-z0-9_-]{43})"\}$/;
const HEAD = /^([0-9]{1,16}):([A-Za-z0-9_-]{43}):([A-Za-z0-9_-]{43})\n?$/;

/** Makes lines and judges them. The same state keys make the same chain; of several keys the first writes, all are believed. */
export class Chain {
  readonly #writing: Buffer;
  readonly #believed: readonly Buffer[];
  readonly #headWriting: Buffer;
  readonly #headBelieved: readonly Buffer[];

  constructor(keys: StateKeys) {
    this.#writing = keys.sealing(PURPOSE);
    this.#believed = [...keys.opening(PURPOSE)];
    this.#headWriting = keys.sealing(HEAD_PURPOSE);
    this.#headBelieved = [...keys.opening(HEAD_PURPOSE)];
  }

  /** The line after `head`, without its line break. @param record has members, and none called audit or hash */
  lineAfter(head: Head, record: object): { readonly line: string; readonly head: Head } {
    const seq = head.seq + 1;
    const open = JSON.stringify({ audit: { seq }, ...record }).slice(0, -1);
    const hash = hashOf(this.#writing, head.hash, open);
    return { line: `${open},"hash":"${hash}"}`, head: { seq, hash } };
  }

  /** The head that this line makes, when it is a line of ours that comes after `before`; else what is wrong with it. */
  follow(before: Head, line: string): Head | 'not a line' | 'missing lines' | 'changed' {
    const written = readLine(line);
    if (written === undefined) return 'not a line';
    if (!this.#believed.some((key) => isEqual(hashOf(key, before.hash, written.open), written.hash)))
      return written.seq === before.seq + 1 ? 'changed' : 'missing lines';
    return written.seq === before.seq + 1 ? { seq: written.seq, hash: written.hash } : 'missing lines';
  }

  /** A head as the text of a file; nobody without the key writes another. */
  headText({ seq, hash }: Head): string {
    return `${seq}:${hash}:${hashOf(this.#headWriting, hash, String(seq))}\n`;
  }

  /** Undefined for a text that is not ours. */
  readHead(text: string): Head | undefined {
    const [, seq, hash, seal] = HEAD.exec(text) ?? [];
    if (seq === undefined || hash === undefined || seal === undefined) return undefined;
    const isOurs = this.#headBelieved.some((key) => isEqual(hashOf(key, hash, seq), seal));
    return isOurs ? { seq: Number(seq), hash } : undefined;
  }
}

/** What a line says of itself; nothing is proved. */
export function readLine(line: string): (Head & { readonly open: string }) | undefined {
  const [, open, seq, hash] = LINE.exec(line) ?? [];
  return open === undefined || seq === undefined || hash === undefined
    ? undefined
    : { open, seq: Number(seq), hash };
}

const hashOf = (key: Buffer, before: string, text: string): string =>
  createHmac('sha256', key).update(`${before}\n${text}`).digest('base64url');

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
