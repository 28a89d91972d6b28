// xs:dateTime in UTC, as SAML demands it (Core §1.3.3): four-digit year, `Z`, optional fraction. Date.parse accepts RFC
// 2822 dates, bare years and times without a zone (read as local time); none of those is a SAML time.

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,20})?Z$/;
const FRACTION_AT = 20;

/** The calendar repeats itself after so many years, and Date.UTC reads year 26 as 1926 but year 426 as it is. */
const CYCLE_YEARS = 400;
const CYCLE_MS = 146_097 * 86_400_000;

/** Milliseconds since 1970, fractions cut to milliseconds; undefined when there is no such time. */
export function parseDateTime(text: string | undefined): number | undefined {
  if (text === undefined || !DATE_TIME.test(text)) return undefined;
  const year = numberAt(text, 0, 4);
  const month = numberAt(text, 5, 2);
  const day = numberAt(text, 8, 2);
  const hour = numberAt(text, 11, 2);
  const minute = numberAt(text, 14, 2);
  const second = numberAt(text, 17, 2);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // There is no year 0 (XML Schema 2 §3.2.7).
  if (year === 0 || day === 0 || day > daysIn(year, month)) return undefined;
  const milliseconds = Number(text.slice(FRACTION_AT, -1).slice(0, 3).padEnd(3, '0'));
  return Date.UTC(year + CYCLE_YEARS, month - 1, day, hour, minute, second, milliseconds) - CYCLE_MS;
}

/** Of text that is known to be digits. */
function numberAt(text: string, at: number, digits: number): number {
  let value = 0;
  for (let end = at + digits; at < end; at++) value = value * 10 + text.charCodeAt(at) - 0x30;
  return value;
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** None in a month that does not exist. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month] ?? 0);
}
