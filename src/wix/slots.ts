// How many calls of one site are under way at once in this process. Who finds all slots taken waits in a short line; when
// that is full too, they are told so at once.

export class Slots {
  readonly #atOnce: number;
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  /** @param most who may wait for a slot */
  constructor(atOnce: number, most: number) {
    this.#atOnce = atOnce;
    this.#most = most;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Runs when a slot is free; undefined when too many wait for one. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#taken < this.#atOnce) this.#taken += 1;
    else if (this.#waiting.length >= this.#most) return undefined;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The slot goes from hand to hand.
      if (next === undefined) this.#taken -= 1;
      else next();
    }
  }
}
