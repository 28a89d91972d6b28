/** The small parsers against reference models that share nothing with them: an automaton, a table, a calendar by hand. */
import fc from 'fast-check';
import { parseEmail } from '../../src/policy/email';
import { decodeBase64 } from '../../src/saml/xml/base64';
import { parseDateTime } from '../../src/saml/xml/date-time';
import { numRuns } from './runs';

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days since 1970-01-01, counted year by year and month by month. */
function days(year: number, month: number, day: number): number {
  let count = 0;
  for (let y = 1970; y < year; y++) count += isLeap(y) ? 366 : 365;
  for (let y = 1969; y >= year; y--) count -= isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m++) count += (MONTHS[m - 1] ?? 0) + (m === 2 && isLeap(year) ? 1 : 0);
  return count + day - 1;
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

describe('xs:dateTime', () => {
  const field = fc.record({
    year: fc.integer({ min: 100, max: 9999 }),
    month: fc.integer({ min: 0, max: 13 }),
    day: fc.integer({ min: 0, max: 32 }),
    hour: fc.integer({ min: 0, max: 25 }),
    minute: fc.integer({ min: 0, max: 61 }),
    second: fc.integer({ min: 0, max: 61 }),
    fraction: fc.option(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 1, maxLength: 12 }),
      {
        nil: undefined,
      },
    ),
  });

  it('#conditions.window/calendar is the calendar of a model that counts days by hand', () => {
    fc.assert(
      fc.property(field, ({ year, month, day, hour, minute, second, fraction }) => {
        const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
        const time = `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}`;
        const text = `${date}T${time}${fraction === undefined ? '' : `.${fraction}`}Z`;
        const inMonth = (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
        const exists = month >= 1 && day >= 1 && day <= inMonth && hour < 24 && minute < 60 && second < 60;
        const seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
        expect(parseDateTime(text)).toBe(exists ? seconds * 1000 + milliseconds : undefined);
      }),
      numRuns(3000),
    );
  });

  it('is nothing else that Date.parse would understand', () => {
    const shapes = fc.oneof(
      fc.constantFrom(
        '2026',
        '2026-01-01',
        '2026-01-01T00:00:00',
        '2026-01-01T00:00:00+00:00',
        'Thu, 01 Jan 1970 00:00:00 GMT',
      ),
      fc.constantFrom(
        ' 2026-01-01T00:00:00Z',
        '2026-01-01T00:00:00Z\n',
        '2026-01-01t00:00:00z',
        '+002026-01-01T00:00:00Z',
        '2026-01-01T24:00:00Z',
      ),
      fc
        .string({ unit: fc.constantFrom(...Array.from('0123456789-:TZ. +')), maxLength: 30 })
        .filter((text) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,20})?Z$/.test(text)),
    );
    fc.assert(fc.property(shapes, (text) => expect(parseDateTime(text)).toBeUndefined()));
  });
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 §4, bit by bit. */
function decodeByTable(text: string): number[] | undefined {
  const characters = Array.from(text).filter((character) => !' \t\r\n'.includes(character));
  if (characters.length === 0 || characters.length % 4 !== 0) return undefined;
  const padding = characters.at(-1) !== '=' ? 0 : characters.at(-2) !== '=' ? 1 : 2;
  const bits: number[] = [];
  for (const character of characters.slice(0, characters.length - padding)) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    for (let bit = 5; bit >= 0; bit--) bits.push((value >> bit) & 1);
  }
  const whole = Math.floor(bits.length / 8) * 8;
  if (bits.slice(whole).some((bit) => bit === 1)) return undefined;
  return Array.from({ length: whole / 8 }, (_, index) =>
    parseInt(bits.slice(index * 8, index * 8 + 8).join(''), 2),
  );
}

describe('base64', () => {
  it('gives back any bytes, wrapped anywhere', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.array(fc.nat(140), { maxLength: 5 }),
        (bytes, breaks) => {
          let text = Buffer.from(bytes).toString('base64');
          for (const at of breaks) text = `${text.slice(0, at)}\r\n${text.slice(at)}`;
          expect([...(decodeBase64(text) ?? [])]).toEqual([...bytes]);
        },
      ),
    );
  });

  it('is what a model finds bit by bit, in any text of its alphabet and its neighbours', () => {
    const unit = fc.constantFrom(
      ...Array.from(ALPHABET.slice(0, 4)),
      ...Array.from(ALPHABET.slice(-4)),
      '=',
      '=',
      '-',
      '_',
      ' ',
      '\n',
      '\u00a0',
      '%',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const bytes = decodeBase64(text);
        expect(bytes && [...bytes]).toEqual(decodeByTable(text));
      }),
      numRuns(5000),
    );
  });
});

/** The grammar as an automaton over characters, written from RFC 5321 §4.1.2 (dot-string) and RFC 1123 §2.1. */
function isAddress(text: string): boolean {
  const parts = text.split('@');
  const [local = '', domain = ''] = parts;
  if (parts.length !== 2 || text.length > 254 || local.length > 64) return false;
  const isLetter = (c: string): boolean => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const isDigit = (c: string): boolean => c >= '0' && c <= '9';
  const atom = (word: string): boolean =>
    word !== '' && Array.from(word).every((c) => isLetter(c) || isDigit(c) || "_+'&=~-".includes(c));
  const label = (word: string): boolean =>
    word !== '' &&
    word.length <= 63 &&
    Array.from(word).every((c) => isLetter(c) || isDigit(c) || c === '-') &&
    !word.startsWith('-') &&
    !word.endsWith('-');
  const labels = domain.split('.');
  return (
    local.split('.').every(atom) &&
    labels.length >= 2 &&
    labels.every(label) &&
    isLetter((labels.at(-1) ?? '')[0] ?? '')
  );
}

describe('e-mail addresses', () => {
  const unit = fc.constantFrom(
    ...Array.from('ab.Z09-_+@@.'),
    ...Array.from(' \t\n"(<,;:\\/!#%$\'&=~'),
    'é',
    'ı',
    'K',
    '．',
    '\u200b',
    '\u0000',
    '@',
  );
  const anything = fc.string({ unit, maxLength: 20 });
  const likely = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(...Array.from('aZ9._+-')), maxLength: 70 }),
      fc.string({ unit: fc.constantFrom(...Array.from('aZ9.-')), maxLength: 70 }),
      fc.constantFrom('.com', '.a', '.1', '', '.'),
    )
    .map(([local, domain, top]) => `${local}@${domain}${top}`);

  it('#policy.email/automaton are what an automaton accepts, and come out in lower case', () => {
    fc.assert(
      fc.property(fc.oneof(anything, likely, fc.emailAddress()), (text) => {
        const parsed = parseEmail(text);
        expect(parsed !== undefined).toBe(isAddress(text));
        if (parsed === undefined) return;
        expect(parsed.address).toMatch(/^[\x21-\x7e]+$/);
        expect(parsed.address).toBe(`${parsed.address.split('@')[0] ?? ''}@${parsed.domain}`);
        expect(parsed.address).not.toMatch(/[A-Z]/);
      }),
      numRuns(5000),
    );
  });
});
