// Whose body is read next. A connection gives 64 KB at a time, and twenty that send as fast as they can would fill every turn of
// the event loop with theirs: an honest sign-in needs a dozen turns and would wait for all of it in each. So what is large
// is read in pieces, a few in a turn, and every client in its turn.

/** Of bodies that go on. */
const PIECES_PER_TURN = 2;

export class ReadingTurns {
  /** Client → what waits, in the order of turns. */
  readonly #clients = new Map<string, (() => void)[]>();
  #isDue = false;

  /** @param read reads one piece; called in a later turn of the event loop */
  wait(client: string, read: () => void): void {
    const queue = this.#clients.get(client);
    if (queue === undefined) this.#clients.set(client, [read]);
    else queue.push(read);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isDue || this.#clients.size === 0) return;
    this.#isDue = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#isDue = false;
    for (let piece = 0; piece < PIECES_PER_TURN; piece += 1) {
      const [client, queue] = this.#clients.entries().next().value ?? [];
      if (client === undefined || queue === undefined) break;
      const read = queue.shift();
      // To the end of the turns.
      this.#clients.delete(client);
      if (queue.length > 0) this.#clients.set(client, queue);
      read?.();
    }
    this.#schedule();
  }
}
