// Comparing instants with a clock skew on both sides (IIP-G01). NotOnOrAfter is exclusive, NotBefore inclusive
// (SAML Core §2.5.1.2); skew widens the window, never narrows it.

import { parseDateTime } from '../date-time';
import { when, type Expected, type RuleFailure } from './rule';

export const iso = (time: number): string => new Date(time).toISOString();

/** A required or optional time that must be well-formed. */
export function wellFormed(
  text: string | undefined,
  required: boolean,
  name: string,
): RuleFailure | undefined {
  if (text === undefined) return when(required, 'SAML_TIME_INVALID', { expected: name });
  return when(parseDateTime(text) === undefined, 'SAML_TIME_INVALID', {
    expected: `${name} as xs:dateTime in UTC, such as 2026-01-31T12:00:00Z`,
    received: text,
  });
}

/** True while `text` (NotOnOrAfter) has not passed. A malformed time has. */
export function stillOpen(text: string, { clockSkewMs }: Expected, now: number): boolean {
  const time = parseDateTime(text);
  return time !== undefined && now < time + clockSkewMs;
}

/** True once `text` (NotBefore, an instant of the past) has been reached. A malformed time has not. */
export function reached(text: string, { clockSkewMs }: Expected, now: number): boolean {
  const time = parseDateTime(text);
  return time !== undefined && time - clockSkewMs <= now;
}

/** "your clock is 241 s behind": how far `now` misses an instant, for the administrator. */
export function distance(text: string, now: number): string {
  const time = parseDateTime(text) ?? now;
  return `${text} (${String(Math.round(Math.abs(time - now) / 1000))} s ${time > now ? 'ahead of' : 'before'} our clock ${iso(now)})`;
}
