// Comparing instants with a clock skew on both sides (IIP-G01). NotOnOrAfter is exclusive, NotBefore inclusive
// (SAML Core §2.5.1.2); skew widens the window, never narrows it. A time that is absent or malformed passes no comparison.

import { parseDateTime } from '../../xml/date-time';
import { when, type Expected, type RuleFailure } from './rule';

type Skew = Pick<Expected, 'clockSkewMs'>;

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

/** True while `text` (NotOnOrAfter) has not passed. */
export function stillOpen(text: string | undefined, { clockSkewMs }: Skew, now: number): boolean {
  return now < instant(text) + clockSkewMs;
}

/** True once `text` (NotBefore, an instant of the past) has been reached. */
export function reached(text: string | undefined, { clockSkewMs }: Skew, now: number): boolean {
  return instant(text) - clockSkewMs <= now;
}

/** Milliseconds since 1970; NaN, of which every comparison is false, for what is no time. */
export function instant(text: string | undefined): number {
  return parseDateTime(text) ?? NaN;
}

/** "… (241 s ahead of our clock …)": how far `now` misses an instant, for the administrator. */
export function distance(text: string | undefined, now: number): string | undefined {
  const time = parseDateTime(text);
  if (text === undefined || time === undefined) return text;
  const seconds = String(Math.round(Math.abs(time - now) / 1000));
  return `${text} (${seconds} s ${time > now ? 'ahead of' : 'before'} our clock ${new Date(now).toISOString()})`;
}
