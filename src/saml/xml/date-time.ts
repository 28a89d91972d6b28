// xs:dateTime in UTC, as SAML demands it (Core §1.3.3): four-digit year, `Z`, optional fraction. Date.parse accepts RFC
// 2822 dates, bare years and times without a zone (read as local time); none of those is a SAML time.

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,20}))?Z$/;

/** Milliseconds since 1970, fractions cut to milliseconds; undefined when there is no such time. */
export function parseDateTime(text: string | undefined): number | undefined {
  const match = text === undefined ? null : DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Number(`${match[7] ?? ''}000`.slice(0, 3));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // There is no year 0 (XML Schema 2 §3.2.7), and Date.UTC reads year 26 as 1926.
  if (year === 0) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const time = date.setUTCHours(hour, minute, second, milliseconds);
  // 30 February and month 13 roll over into another month.
  return date.getUTCMonth() === month - 1 ? time : undefined;
}
