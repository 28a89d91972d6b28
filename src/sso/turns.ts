// One after the other, for each name: ten connections to one federation do not read its aggregate ten times at once.

export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs when whoever came before has ended, well or not. */
  take<T>(name: string, run: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const mine = before.then(run);
    const settled: Promise<void> = mine.then(
      () => this.forget(name, settled),
      () => this.forget(name, settled),
    );
    this.last.set(name, settled);
    return mine;
  }

  private forget(name: string, ended: Promise<unknown>): void {
    if (this.last.get(name) === ended) this.last.delete(name);
  }
}
