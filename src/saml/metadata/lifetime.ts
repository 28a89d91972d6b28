// How long metadata may be believed (`validUntil`) and kept without asking again (`cacheDuration`): SAML Metadata
// §2.3.1–2.4.1. Both bind at every level, and the earliest wins.

import { limits } from '../../core/limits';
import { attributeOf, type XmlElement } from '../xml/element';
import { MetadataError } from './metadata-error';

export interface Lifetime {
  /** Milliseconds since 1970; absent: nobody said. */
  readonly validUntil?: number;
  /** Milliseconds; absent: nobody said. */
  readonly cacheDurationMs?: number;
}

/** @throws MetadataError when it is expired at `now`, with the usual skew (IIP-G01) */
export function lifetimeOf(role: XmlElement, now: number): Lifetime {
  const levels: XmlElement[] = [];
  for (let at: XmlElement | undefined = role; at !== undefined; at = at.parent) levels.push(at);
  const untils = levels.map((level) => validUntilOf(level, now)).filter((until) => until !== undefined);
  const durations = levels
    .map((level) => parseDuration(attributeOf(level, 'cacheDuration')?.trim() ?? ''))
    .filter((duration) => duration !== undefined);
  return {
    ...(untils.length === 0 ? {} : { validUntil: Math.min(...untils) }),
    ...(durations.length === 0 ? {} : { cacheDurationMs: Math.min(...durations) }),
  };
}

function validUntilOf(level: XmlElement, now: number): number | undefined {
  const validUntil = attributeOf(level, 'validUntil')?.trim();
  if (validUntil === undefined) return undefined;
  const until = /^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(validUntil)
    ? Date.parse(utc(validUntil))
    : Number.NaN;
  if (Number.isNaN(until)) {
    throw new MetadataError(
      `validUntil of the ${level.local} is not a time.`,
      'Download the metadata again.',
    );
  }
  if (until + limits.clockSkewMs <= now) {
    throw new MetadataError(
      `The metadata was valid until ${new Date(until).toISOString()}.`,
      'Download the current metadata from the IdP.',
    );
  }
  return until;
}

/** SAML times without a zone are UTC (SAML Core §1.3.3); JavaScript would take them as local time. */
function utc(time: string): string {
  return /(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`;
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;
const DAY = 86_400_000;

/** xs:duration; months and years are as long as the shortest. A wish that cannot be read is none. */
function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const units = [365 * DAY, 28 * DAY, DAY, 3_600_000, 60_000, 1000];
  return units.reduce((sum, unit, at) => sum + unit * Number(match[at + 1] ?? 0), 0);
}
