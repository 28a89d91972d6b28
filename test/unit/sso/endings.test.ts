// What ends is told in time: at 60, 30, 14, 7 and 1 days, at the end, and once.

import { eventsTo, type SsoEvent } from '../../../src/core/events';
import { ConnectionDirectory, type ConnectionEntry, type ReadyState } from '../../../src/sso/directory';
import { allEndings, connectionEndings, stepOf, type Ending } from '../../../src/sso/endings';
import { watchEndings } from '../../../src/sso/ending-watch';
import { aServiceProvider } from '../../support/makers/a-service-provider';
import { connection, START } from '../../support/makers/setting';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const settings = connection('acme', 'portal', ['acme.example']);
const keys = settings.identityProvider.signingKeys.map((key) => ({ ...key, notAfter: START + 1000 * DAY }));
const ready: ReadyState = {
  kind: 'ready',
  connection: { ...settings, identityProvider: { ...settings.identityProvider, signingKeys: keys } },
  skipped: [],
};
const entry = (state: Partial<ReadyState>, from: ConnectionEntry['metadata']['from']): ConnectionEntry => ({
  settings,
  metadata: { from },
  state: { ...ready, ...state },
});
const url = { url: 'https://idp.example/metadata' };
const told = (each: ConnectionEntry, now: number): string[] =>
  connectionEndings(each, now)
    .filter((ending) => stepOf(ending, now) !== undefined)
    .map(({ problem }) => problem(now));

describe('an ending', () => {
  const ending: Ending = {
    warning: 'METADATA_ENDS',
    path: 'x',
    endsAt: START,
    noticeDays: 60,
    problem: () => '',
    hint: '',
  };
  it.each([
    [61, undefined],
    [60, 60],
    [31, 60],
    [30, 30],
    [14, 14],
    [6.5, 7],
    [1, 1],
    [0.1, 1],
    [0, 0],
    [-3, 0],
  ])('%d days before is at the step %p', (days, step) => {
    expect(stepOf(ending, START - days * DAY)).toBe(step);
  });

  it('of metadata in a file is told early, of an address that renews itself on the last day', () => {
    const state = { validUntil: START + 40 * DAY };
    expect(told(entry(state, { file: 'idp.xml' }), START)).toEqual([
      'is valid until 2026-02-24T12:00:00.000Z, in 40 days: nobody can sign in after it',
    ]);
    expect(told(entry(state, url), START)).toEqual([]);
    expect(told(entry(state, url), START + 39.5 * DAY)).toEqual([
      'is valid until 2026-02-24T12:00:00.000Z, in 12 hours: nobody can sign in after it',
    ]);
    expect(told(entry(state, url), state.validUntil + 1)[0]).toMatch(/which is over/);
    expect(told(entry(state, url), state.validUntil + HOUR)).toEqual([]); // It is down by now, and said to be.
  });

  it('is a week without an answer, where the metadata names no end', () => {
    expect(told(entry({ fetchedAt: START }, url), START + 6 * DAY)).toEqual([]);
    expect(told(entry({ fetchedAt: START }, url), START + 8 * DAY)).toEqual([
      'its address answered last 8 days ago; a key that the IdP has withdrawn since is still believed',
    ]);
    expect(told(entry({ fetchedAt: START, validUntil: START + 90 * DAY }, url), START + 8 * DAY)).toEqual([]);
  });
});

describe('the watch', () => {
  it('tells each step once, and forgets what has been renewed', () => {
    let now = START - 70 * DAY;
    let due: (() => void) | undefined;
    let endsAt = START;
    const events: SsoEvent[] = [];
    const stop = watchEndings({
      clock: { now: () => now },
      timers: { after: (_ms, run) => ((due = run), () => (due = undefined)) },
      events: eventsTo((event) => void events.push(event)),
      endings: () => [
        {
          warning: 'METADATA_ENDS' as const,
          path: 'x',
          endsAt,
          noticeDays: 60,
          connection: 'acme',
          site: 'portal',
          problem: () => 'ends',
          hint: 'Renew.',
        },
      ],
    });
    const passDays = (days: number): void => {
      for (let hours = 0; hours < days * 24; hours += 1) {
        now += HOUR;
        due?.();
      }
    };
    passDays(80);
    expect(events.map((event) => (event.type === 'ending.near' ? event.days : event.type))).toEqual([
      60, 30, 14, 7, 1, 0,
    ]);
    expect(events[0]).toEqual({
      type: 'ending.near',
      endsAt: '2026-01-15T12:00:00.000Z',
      path: 'x',
      problem: 'ends',
      hint: 'Renew.',
      connection: 'acme',
      site: 'portal',
      days: 60,
    });
    endsAt = now + 10 * DAY;
    passDays(1);
    expect(events.at(-1)).toMatchObject({ days: 14 });
    stop();
    expect(due).toBeUndefined();
  });

  it('looks at our own certificates and at every connection', () => {
    const directory = new ConnectionDirectory([entry({ fetchedAt: START }, url)]);
    const paths = allEndings(aServiceProvider(), directory, START).map(({ path }) => path);
    expect(paths).toContain('serviceProvider.signing[0].certificate');
    expect(paths.filter((path) => path === 'connections.acme.idpMetadata')).toHaveLength(keys.length + 1);
  });
});
