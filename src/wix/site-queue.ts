// Everything that stands between a ticket and one site, in the order in which it is passed: slots of this process, the line
// that all processes share, the gate that watches whether the site answers.

import type { SiteGate } from './site-gate';
import { SiteLine, type LineOptions } from './site-line';
import { Slots } from './slots';

/** As many as the pool has connections (http-pool). */
const AT_ONCE = 32;
/** A second or two of waiting; whoever would wait longer does so in the line. */
const WAITING = 64;

export class SiteQueue {
  readonly line: SiteLine;
  readonly #slots = new Slots(AT_ONCE, WAITING);
  readonly #gate: SiteGate;

  constructor(gate: SiteGate, options: Omit<LineOptions, 'isOpen'>) {
    this.#gate = gate;
    this.line = new SiteLine({ ...options, isOpen: () => gate.isOpen });
  }

  /** False while the site is away, or wants a pause. */
  get isOpen(): boolean {
    return this.#gate.isOpen;
  }

  /**
   * Does what asks the site, when it is somebody's turn.
   * @param number of their place; undefined for whoever just came
   * @returns undefined: not yet
   */
  inTurn<T>(number: number | undefined, work: () => Promise<T>): Promise<T | undefined> {
    return this.#slots.run(async () => ((await this.line.go(number)) ? work() : undefined));
  }
}
