// What somebody is told of by mail or webhook: one cause, in words that a person can act on at night. Made of an event;
// holds no member, token or assertion, and no e-mail address.

/** Why somebody is told. Names are a contract with whoever receives webhooks. */
export const noticeCauses = [
  'ending.near',
  'connection.failing',
  'connection.down',
  'connection.up',
  'metadata.changed',
  'setup.waiting',
  'setup.activated',
  'domain.lost',
  'state.away',
  'state.back',
  'audit.trouble',
  'keys.unusable',
  'app.selfTestFailed',
  'test',
] as const;

export type NoticeCause = (typeof noticeCauses)[number];

export interface Notice {
  readonly cause: NoticeCause;
  /** With the cause, what is told once: a connection, or an end and its day. */
  readonly about: string;
  /** Milliseconds for which the same is not told again. */
  readonly onceMs: number;
  /** What happened, in a few words. */
  readonly subject: string;
  /** The same in a sentence or two. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
  /** What to type for it, or for seeing more. */
  readonly command: string;
  readonly connection?: string | undefined;
  readonly site?: string | undefined;
  /** Whether it is also for the technical contact of its connection. */
  readonly forContact: boolean;
}
