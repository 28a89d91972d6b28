// Rows that wait to be written, within bounds that no flood can move: where there is no more room a start is left out first,
// then a refusal is counted instead of kept.

import type { ErrorCode } from '../../core/errors';
import type { Entry, SeriesName } from './entries';

/** Of all connections together, between two writings. */
const MOST_STARTED = 2000;
const MOST_REFUSED = 1000;
const MOST_ENDED = 8000;
/** Of one connection. */
const MOST_REFUSED_OF_ONE = 200;
const MOST_PRINTS_OF_ONE = 50;
const MOST_CONNECTIONS = 10_000;

export type Rows = Readonly<Record<SeriesName, readonly unknown[]>>;

interface Kept extends Record<SeriesName, unknown[]> {
  /** Refusals beyond the bounds, by code. */
  readonly counted: Map<ErrorCode, number>;
}

export class WaitingRows {
  private rows = new Map<string, Kept>();
  private readonly held = { started: 0, refused: 0, ended: 0 };

  get isEmpty(): boolean {
    return this.rows.size === 0;
  }

  add(connection: string, entry: Entry): void {
    const kept = this.of(connection);
    if (kept === undefined) return;
    if (entry.step === 'started') this.keep(kept, 'started', MOST_STARTED, entry);
    else if (entry.step === 'refused') {
      const isMany = kept.refused.length >= MOST_REFUSED_OF_ONE;
      if (isMany || !this.keep(kept, 'refused', MOST_REFUSED, entry))
        kept.counted.set(entry.code, (kept.counted.get(entry.code) ?? 0) + 1);
    } else this.keep(kept, 'ended', MOST_ENDED, entry);
  }

  addVerdicts(connection: string, verdicts: object): void {
    this.of(connection)?.verdicts.push(verdicts);
  }

  /** @param make called where there is room: the first of a few seconds speak for the others */
  addPrint(connection: string, make: () => object): void {
    const prints = this.of(connection)?.prints;
    if (prints !== undefined && prints.length < MOST_PRINTS_OF_ONE) prints.push(make());
  }

  /** All of them, by connection; from now on others wait. @param at for what was only counted */
  take(at: number): ReadonlyMap<string, Rows> {
    const taken = this.rows;
    this.rows = new Map();
    Object.assign(this.held, { started: 0, refused: 0, ended: 0 });
    for (const { counted, refused } of taken.values())
      for (const [code, count] of counted) refused.push({ step: 'manyRefused', at, code, count });
    return taken;
  }

  private of(connection: string): Kept | undefined {
    const known = this.rows.get(connection);
    if (known !== undefined || this.rows.size >= MOST_CONNECTIONS) return known;
    const fresh: Kept = {
      ...{ started: [], ended: [], refused: [], verdicts: [], prints: [] },
      counted: new Map(),
    };
    this.rows.set(connection, fresh);
    return fresh;
  }

  private keep(kept: Kept, name: keyof WaitingRows['held'], most: number, entry: Entry): boolean {
    if (this.held[name] >= most) return false;
    this.held[name] += 1;
    kept[name].push(entry);
    return true;
  }
}
