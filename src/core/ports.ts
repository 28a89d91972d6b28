// What the outside world is to the lower floors: a clock, randomness and a log.
// Passed in as values, so every decision can be repeated in a test; the real ones are made in compose.ts only.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

/** Cryptographically strong random bytes. */
export interface Random {
  bytes(count: number): Buffer;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export type LogValue = string | number | boolean | readonly string[] | undefined;

/** One structured line per event. Never given a token, ticket, assertion, key or an e-mail in clear. */
export type Log = (level: LogLevel, event: string, fields?: Readonly<Record<string, LogValue>>) => void;

/** A keyed hash of an e-mail: lines of one person can be joined, the person cannot be read from them. */
export type Pseudonym = (email: string) => string;
