// Who is served next when more comes than can be done at once. Work waits in lines; each line has its share of the time, and
// within a line every client gets its turn, so that nobody waits behind another's flood. Between two pieces of work the event
// loop turns once: health checks and bodies go on meanwhile. A line that is full refuses, which costs nothing.

import { SsoError } from '../core/errors';

export interface LineRules {
  /** Share of the time against the other lines while both have work. */
  readonly share: number;
  /**
   * Part of the time that the line may have although nobody else wants it, 1 being all of it. Below 1 it rests after each
   * piece of work: what strangers send as fast as they are answered leaves room for whoever comes next.
   */
  readonly most: number;
}

export interface LinesRules<Name extends string> {
  /** In the order of precedence between lines that had as much time. */
  readonly lines: Readonly<Record<Name, LineRules>>;
  /** Pieces of work that are under way at once; what they wait for (a store, another thread) is not our time. */
  readonly atOnce: number;
  /** Waiting, in one line. */
  readonly waiting: number;
  /** Waiting, of one client in one line. */
  readonly waitingOfClient: number;
  /** Milliseconds from any fixed point. */
  readonly now: () => number;
}

export interface Place {
  readonly client: string;
  /** What it weighs: among the waiting of one client, small work goes ahead of large work that came shortly before. */
  readonly bytes: number;
  /** Told when whoever waits is not wanted any more. */
  readonly onDropped?: (listener: (refusal: SsoError) => void) => void;
}

interface Waiting {
  readonly due: number;
  readonly run: () => void;
  readonly refuse: (refusal: SsoError) => void;
}

interface Line {
  readonly share: number;
  /** Client → what waits, in the order of turns. */
  readonly clients: Map<string, Waiting[]>;
  waiting: number;
  /** Time that it had, divided by its share. */
  spent: number;
  readonly most: number;
  restsUntil: number;
}

/** A message of 8 KB is given as much of a start over one of 80 KB as 72 milliseconds. */
const MS_PER_KIB = 1;

export class Lines<Name extends string> {
  readonly #rules: LinesRules<Name>;
  readonly #lines: ReadonlyMap<string, Line>;
  #underWay = 0;
  #turn: NodeJS.Immediate | undefined;
  #alarmed = false;

  constructor(rules: LinesRules<Name>) {
    this.#rules = rules;
    const lines = Object.entries<LineRules>(rules.lines);
    this.#lines = new Map(
      lines.map(([name, line]) => [
        name,
        { ...line, clients: new Map(), waiting: 0, spent: 0, restsUntil: 0 },
      ]),
    );
  }

  /** How many wait now, by line. */
  get waiting(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#lines].map(([name, { waiting }]) => [name, waiting]));
  }

  /**
   * Does the work when its turn has come.
   *
   * @throws HTTP_BUSY when the line is full, or the one who waits was given up; else what the work throws
   */
  async do<T>(name: Name, place: Place, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(name);
    if (line === undefined) throw new TypeError(`no line ${name}`);
    await this.#turnOf(line, place);
    this.#underWay++;
    const startedAt = this.#rules.now();
    try {
      const working = work();
      // What ran until here ran at once and kept everybody waiting: that is what a line is charged for.
      this.#charge(line, startedAt);
      return await working;
    } finally {
      this.#underWay--;
      this.#schedule();
    }
  }

  #charge(line: Line, startedAt: number): void {
    const now = this.#rules.now();
    line.spent += (now - startedAt) / line.share;
    line.restsUntil = now + (now - startedAt) * (1 / line.most - 1);
  }

  /** At once when nobody is before us. */
  #turnOf(line: Line, { client, bytes, onDropped }: Place): Promise<void> | undefined {
    const { waiting, waitingOfClient, atOnce } = this.#rules;
    const isFree = this.#turn === undefined && this.#underWay < atOnce && !this.#anybodyWaits();
    if (isFree && line.restsUntil <= this.#rules.now()) {
      this.#turn = setImmediate(() => this.#next());
      return undefined;
    }
    const queue = line.clients.get(client) ?? [];
    if (line.waiting >= waiting || queue.length >= waitingOfClient)
      return Promise.reject(new SsoError('HTTP_BUSY', { problem: 'the line is full' }));
    this.#takeCredit(line);
    line.clients.set(client, queue);
    line.waiting++;
    this.#schedule();
    return new Promise((run, refuse) => {
      const one: Waiting = { due: this.#rules.now() + (bytes / 1024) * MS_PER_KIB, run, refuse };
      queue.push(one);
      onDropped?.((refusal) => {
        if (this.#leave(line, client, one)) refuse(refusal);
      });
    });
  }

  #anybodyWaits(): boolean {
    for (const { waiting } of this.#lines.values()) if (waiting > 0) return true;
    return false;
  }

  /** Whoever comes back after a pause brings no credit along. */
  #takeCredit(line: Line): void {
    if (line.waiting > 0) return;
    const busy = [...this.#lines.values()].filter(({ waiting }) => waiting > 0);
    if (busy.length === 0) for (const one of this.#lines.values()) one.spent = 0;
    else line.spent = Math.max(line.spent, Math.min(...busy.map(({ spent }) => spent)));
  }

  #schedule(): void {
    if (this.#turn !== undefined || !this.#anybodyWaits()) return;
    this.#turn = setImmediate(() => this.#next());
  }

  #next(): void {
    this.#turn = undefined;
    if (this.#underWay >= this.#rules.atOnce) return; // Whoever ends schedules the next turn.
    const now = this.#rules.now();
    const wanting = [...this.#lines.values()].filter(({ waiting }) => waiting > 0);
    let line: Line | undefined;
    for (const one of wanting) {
      if (one.restsUntil <= now && (line === undefined || one.spent < line.spent)) line = one;
    }
    if (line === undefined && wanting.length > 0) {
      this.#wakeUp(Math.min(...wanting.map(({ restsUntil }) => restsUntil)) - now);
      return;
    }
    const [client, queue] = line?.clients.entries().next().value ?? [];
    if (line === undefined || client === undefined || queue === undefined) return;
    const first = queue.reduce((least, one) => (one.due < least.due ? one : least));
    this.#leave(line, client, first);
    // To the end of the turns.
    if (line.clients.delete(client) && queue.length > 0) line.clients.set(client, queue);
    first.run();
    this.#schedule();
  }

  /** All that wait are in lines that rest. */
  #wakeUp(afterMs: number): void {
    if (this.#alarmed) return;
    this.#alarmed = true;
    setTimeout(() => {
      this.#alarmed = false;
      this.#schedule();
    }, afterMs);
  }

  /** False when it is not there any more. */
  #leave(line: Line, client: string, one: Waiting): boolean {
    const queue = line.clients.get(client) ?? [];
    const at = queue.indexOf(one);
    if (at === -1) return false;
    queue.splice(at, 1);
    if (queue.length === 0) line.clients.delete(client);
    line.waiting--;
    return true;
  }
}
