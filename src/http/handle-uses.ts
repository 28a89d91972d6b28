// How often each handle has let an answer go first. Bounded: the handle that came first is forgotten first, and may then let a
// few more go first, which is no harm: anybody can have a fresh one.

export class HandleUses {
  readonly #most: number;
  readonly #counted: number;
  readonly #uses = new Map<string, number>();

  constructor(most: number, counted: number) {
    this.#most = most;
    this.#counted = counted;
  }

  /** True as often as allowed for each request ID. */
  admit(requestId: string): boolean {
    const uses = (this.#uses.get(requestId) ?? 0) + 1;
    this.#uses.set(requestId, Math.min(uses, this.#most + 1));
    const [oldest] = this.#uses.keys();
    if (this.#uses.size > this.#counted && oldest !== undefined) this.#uses.delete(oldest);
    return uses <= this.#most;
  }
}
