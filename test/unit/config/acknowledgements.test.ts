// E7: a warning that has to stay is acknowledged with a reason and an end, and never hides more than it names.

import { sortWarnings, type Acknowledgement } from '../../../src/config/acknowledgements';
import { openWarnings } from '../../../src/config/warnings';
import { warningTable, type Warning } from '../../../src/core/warnings';
import { changed, makeExample, now, yaml, type Example } from '../../support/makers/configuration';

const DAY = 86_400_000;
const sha1 = (connection: string): Warning => ({
  code: 'SHA1_ALLOWED',
  path: `connections.${connection}.allowSha1`,
  problem: 'p',
  hint: 'h',
});
const plainRedis: Warning = { code: 'STATE_WITHOUT_TLS', path: 'state', problem: 'p', hint: 'h' };
const entry = (changes: Partial<Acknowledgement> = {}): Acknowledgement => ({
  warning: 'SHA1_ALLOWED',
  connection: 'acme',
  reason: 'replaced in March',
  until: now + 100 * DAY,
  path: 'acknowledged[0]',
  ...changes,
});
function aboutNone(changes: Partial<Acknowledgement> = {}): Acknowledgement {
  const { warning, reason, until, path } = entry(changes);
  return { warning, reason, until, path };
}
const ready = new Set(['acme', 'globex']);
const sorted = (found: readonly Warning[], acknowledged: readonly Acknowledgement[], at = now) =>
  sortWarnings(found, acknowledged, { now: at, sources: ['configuration'], ready });

describe('E7: an acknowledgement', () => {
  it('takes its warning out of the open ones and shows it with reason and end', () => {
    expect(sorted([sha1('acme'), plainRedis], [entry()])).toEqual({
      open: [plainRedis],
      acknowledged: [{ ...sha1('acme'), reason: 'replaced in March', until: '2026-09-08' }],
    });
  });

  it('covers no other connection, and without a connection none at all', () => {
    expect(sorted([sha1('acme'), sha1('globex')], [entry()]).open).toEqual([sha1('globex')]);
    const general = aboutNone();
    const { open } = sorted([sha1('acme')], [general]);
    expect(open.map(({ code }) => code)).toEqual(['SHA1_ALLOWED', 'ACKNOWLEDGEMENT_UNUSED']);
    expect(open[1]?.hint).toMatch(/`connection: acme`/);
  });

  it('covers what is about no connection when it names none', () => {
    const general = aboutNone({ warning: 'STATE_WITHOUT_TLS' });
    expect(sorted([plainRedis], [general])).toMatchObject({ open: [], acknowledged: [plainRedis] });
    const named = sorted([plainRedis], [{ ...general, connection: 'acme' }]).open;
    expect(named[1]?.hint).toMatch(/Remove `connection`/);
  });

  it('says during its last 30 days how many are left', () => {
    const daysLeft = (at: number): unknown => sorted([sha1('acme')], [entry()], at).acknowledged[0]?.daysLeft;
    expect(daysLeft(now + 69 * DAY)).toBeUndefined();
    expect(daysLeft(now + 70 * DAY)).toBe(30);
    expect(daysLeft(now + 99.5 * DAY)).toBe(1);
  });

  it('ends: then the warning is back, with one about the end', () => {
    const { open, acknowledged } = sorted([sha1('acme')], [entry()], now + 100 * DAY);
    expect(acknowledged).toEqual([]);
    expect(open).toEqual([
      sha1('acme'),
      {
        code: 'ACKNOWLEDGEMENT_EXPIRED',
        path: 'acknowledged[0]',
        problem: 'acknowledged SHA1_ALLOWED of the connection acme until 2026-09-08',
        hint: expect.stringMatching(/later date into `until`/) as unknown,
      },
    ]);
  });

  it('that fits nothing is told, whether it has ended or not', () => {
    for (const at of [now, now + 200 * DAY]) {
      expect(sorted([], [entry()], at).open).toEqual([
        expect.objectContaining({
          code: 'ACKNOWLEDGEMENT_UNUSED',
          problem: 'acknowledges SHA1_ALLOWED of the connection acme, and there is no such warning',
        }),
      ]);
    }
  });

  it('is not blamed where its warning could not have come', () => {
    const general = aboutNone({ warning: 'SITE_DENIES_NOBODY' });
    expect(sorted([], [general]).open).toEqual([]);
    expect(sorted([], [entry({ connection: 'down' })]).open).toEqual([]);
    expect(sorted([], [entry({ warning: 'CBC_USED' })]).open).toEqual([]);
  });
});

describe('E7: in a configuration', () => {
  let example: Example;
  beforeAll(() => (example = makeExample()));
  afterAll(() => example.remove());
  const accepting = changed('site: portal', 'site: portal\n    allowSha1: true');
  const written = (lines: string, text = accepting): string => `${text}acknowledged:\n${lines}`;
  const good =
    '  - warning: SHA1_ALLOWED\n    connection: acme\n    reason: replaced in March\n    until: 2026-12-31\n';

  it('it is read, and the log at the start is silent about the warning', async () => {
    const config = await example.load(written(good));
    expect(openWarnings(config, now)).toEqual([]);
    expect(openWarnings(await example.load(accepting), now).map(({ code }) => code)).toEqual([
      'SHA1_ALLOWED',
    ]);
    const ended = openWarnings(config, Date.parse('2027-01-01T00:00:00Z')).map(({ code }) => code);
    expect(ended).toEqual(['SHA1_ALLOWED', 'ACKNOWLEDGEMENT_EXPIRED']);
  });

  it.each<[string, string, string, RegExp, RegExp]>([
    ['no reason', good.replace(/ {4}reason.*\n/, ''), '.reason', /missing/, /Example: the IdP/],
    ['an empty reason', good.replace('replaced in March', '" "'), '.reason', /empty/, /./],
    ['no end', good.replace(/ {4}until.*\n/, ''), '.until', /missing/, /2027-03-31/],
    [
      'an end that is no day',
      good.replace('2026-12-31', '2026-02-30'),
      '.until',
      /is not a day/,
      /2027-01-31/,
    ],
    ['an end in words', good.replace('2026-12-31', 'summer'), '.until', /is not a day/, /./],
    [
      'an end too far ahead',
      good.replace('2026-12-31', '2027-07-07'),
      '.until',
      /400 days/,
      /Write 2027-07-06/,
    ],
    [
      'an unknown warning',
      good.replace('SHA1_ALLOWED', 'SHA1_ALOWED'),
      '.warning',
      /no warning/,
      /mean SHA1_ALLOWED/,
    ],
    [
      'one about itself',
      good.replace('SHA1_ALLOWED', 'ACKNOWLEDGEMENT_UNUSED'),
      '.warning',
      /cannot|can be/,
      /Use one of/,
    ],
    [
      'an unknown connection',
      good.replace('connection: acme', 'connection: acne'),
      '.connection',
      /names no connection/,
      /acme/,
    ],
  ])('with %s it is a problem', async (_title, lines, place, problem, hint) => {
    expect(await example.problemsOf(written(lines))).toEqual([
      {
        path: `acknowledged[0]${place}`,
        problem: expect.stringMatching(problem) as unknown,
        hint: expect.stringMatching(hint) as unknown,
      },
    ]);
  });

  it('the furthest day is accepted', async () => {
    const furthest = written(good.replace('2026-12-31', '2027-07-06'));
    expect(await example.problemsOf(furthest)).toEqual([]);
    expect(await example.problemsOf(written(good, yaml))).toEqual([]);
  });
});

it('every warning has a code in capitals and a meaning that ends as a sentence', () => {
  for (const [code, { meaning }] of Object.entries(warningTable)) {
    expect(code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)*$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});
