// Groups of names in this process, each name for its time. Bounded: when there is no more room, old names give way, of one
// group after the other, as the records do that they stand for.

export class MemoryNames {
  /** Group → name → when its time is over. */
  readonly #groups = new Map<string, Map<string, number>>();
  readonly #most: number;
  #count = 0;

  /** @param most names of all groups together */
  constructor(most: number) {
    this.#most = most;
  }

  enter(group: string, name: string, expiresAt: number, now: number): void {
    this.#dropFirstOnes(group, now);
    this.leave(group, name);
    if (this.#count >= this.#most) this.#makeRoom();
    const names = this.#groups.get(group) ?? new Map<string, number>();
    names.set(name, expiresAt);
    this.#groups.set(group, names);
    this.#count += 1;
  }

  names(group: string, most: number, now: number): readonly string[] {
    const live: string[] = [];
    for (const [name, expiresAt] of this.#groups.get(group) ?? []) {
      if (live.length >= most) break;
      if (expiresAt > now) live.push(name);
    }
    return live;
  }

  leave(group: string, name: string): void {
    const names = this.#groups.get(group);
    if (names?.delete(name) !== true) return;
    this.#count -= 1;
    if (names.size === 0) this.#groups.delete(group);
  }

  clear(): void {
    this.#groups.clear();
    this.#count = 0;
  }

  /** Most names of a group live equally long, so the first that came are the first that end. */
  #dropFirstOnes(group: string, now: number): void {
    for (const [name, expiresAt] of this.#groups.get(group) ?? []) {
      if (expiresAt > now) return;
      this.leave(group, name);
    }
  }

  #makeRoom(): void {
    for (const [group, names] of this.#groups) {
      for (const [name] of names) {
        this.leave(group, name);
        // To the end of the turns.
        if (this.#groups.delete(group) && names.size > 0) this.#groups.set(group, names);
        return;
      }
    }
  }
}
