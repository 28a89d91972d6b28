// What the outside world is to the lower floors: a clock, randomness, levels and values of log lines. (Who hears of
// events is in events.ts.) Passed in as values, so every decision can be repeated in a test; the real ones are made in compose.ts only.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

/** Cryptographically strong random bytes. */
export interface Random {
  bytes(count: number): Buffer;
}

/** What decisions depend on and a test can repeat. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
}

/** What is done later, unless it is cancelled first. Does not keep a process alive. */
export interface Timers {
  /** @returns cancels it */
  after(milliseconds: number, run: () => void): () => void;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export type LogValue = string | number | boolean | readonly string[] | undefined;

/** A keyed hash of an e-mail: events of one person can be joined, the person cannot be read from them. */
export type Pseudonym = (email: string) => string;
