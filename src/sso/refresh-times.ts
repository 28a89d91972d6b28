// When the metadata of a connection is asked for again.

import type { Random } from '../core/ports';
import type { WantedMetadata } from './directory';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A file is looked at so often, and read when it has changed and then stayed as it is for one look. */
export const fileLookMs = 15_000;
/** How often an unknown key may make us ask an address, per connection: anybody can send an answer that nobody signed. */
export const guardedRefreshMs = 5 * MINUTE;
/** A person waits for it. */
export const guardedTimeoutMs = 5000;
/** Somebody waits for a new configuration. */
export const firstAnswersMs = 10_000;
const fetchTimeoutMs = 10_000;
/** A federation's aggregate has 80 MB. */
const aggregateTimeoutMs = 60_000;

/** How long an answer may take, to its end: one entity out of an address that is no query may be one of many. */
export const timeoutOf = ({ from, entityId }: WantedMetadata): number =>
  entityId !== undefined && 'url' in from && from.mdq === undefined ? aggregateTimeoutMs : fetchTimeoutMs;

export interface RefreshFacts {
  readonly now: number;
  /** Failures in a row. */
  readonly failures: number;
  readonly validUntil?: number | undefined;
  readonly cacheDurationMs?: number | undefined;
}

/**
 * Milliseconds until the next try: an hour, or what the IdP wishes between five minutes and a day, and well before the copy
 * at hand ends. After a failure soon, then less and less often. Jitter, which only shortens, keeps many processes from asking in one second.
 */
export function nextTry(
  { now, failures, validUntil, cacheDurationMs = HOUR }: RefreshFacts,
  random: Random,
): number {
  const wished = Math.min(Math.max(cacheDurationMs, 5 * MINUTE), 24 * HOUR);
  const left = validUntil === undefined || validUntil <= now ? wished : (validUntil - now) / 2;
  const regular = Math.max(Math.min(wished, left), MINUTE);
  const backoff = failures === 0 ? regular : Math.min(MINUTE * 2 ** Math.min(failures - 1, 10), regular);
  const jitter = 0.85 + (random.bytes(1).readUInt8(0) / 255) * 0.15;
  return Math.round(backoff * jitter);
}
