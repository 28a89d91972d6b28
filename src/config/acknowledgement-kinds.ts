// Kinds of values in `acknowledged`: the code of a warning, and the last day of an acknowledgement.

import { isWarningCode, warningTable, type WarningCode } from '../core/warnings';
import { orFromEnvironment, textSchema } from './json-schema';
import { readText } from './kinds';
import { nearestName } from './nearest-name';
import type { Kind } from './option';
import { report, shown } from './reading';

const DAY = 86_400_000;
/** A year, and time to notice. What lasts longer is a decision that nobody looks at again. */
export const furthestDays = 400;

/** Every code but those about acknowledgements. */
export const warningCode: Kind<WarningCode> = {
  label: 'code of a warning',
  schema: orFromEnvironment({
    type: 'string',
    enum: Object.keys(warningTable).filter((code) => !code.startsWith('ACKNOWLEDGEMENT_')),
  }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    const known = Object.keys(warningTable).filter((code) => !code.startsWith('ACKNOWLEDGEMENT_'));
    if (isWarningCode(value) && known.includes(value)) return value;
    const nearest = nearestName(value, known);
    const hint = nearest === undefined ? `Use one of: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
    return report(at, `is no warning that can be acknowledged: ${shown(value)}`, hint);
  },
};

/** A day as YYYY-MM-DD → the end of it in UTC, in milliseconds since 1970. A day that has passed is accepted here. */
export const lastDay: Kind<number> = {
  label: 'day, YYYY-MM-DD',
  schema: textSchema({ pattern: '^\\s*\\d{4}-\\d{2}-\\d{2}\\s*$' }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    const start = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
    // Date.parse takes the 30th of February for the 1st or 2nd of March.
    if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== value)
      return report(at, `is not a day: ${shown(value)}`, 'Write it as 2027-01-31.');
    if (start <= at.now + furthestDays * DAY) return start + DAY;
    const furthest = new Date(at.now + furthestDays * DAY).toISOString().slice(0, 10);
    return report(at, `is more than ${furthestDays} days ahead`, `Write ${furthest} or an earlier day.`);
  },
};
