// `wix-saml log CONNECTION [REFERENCE]`: who tried to sign in and what became of it; one attempt with its verdicts.

import { attemptsAsCsv } from '../admin/sign-in-log/csv';
import {
  attemptStates,
  readAttempts,
  type Attempt,
  type AttemptFilter,
  type AttemptState,
} from '../admin/sign-in-log/attempts';
import type { ConfigParts } from '../config/config-parts';
import { parseEmail } from '../policy/email';
import { createPseudonym } from '../server/log';
import { systemClock } from '../server/system';
import { attemptLine, attemptLines } from './attempt-lines';
import { command } from './command';
import { configOption, flag, jsonOption, parsed, text } from './options';
import { withSetupDocuments } from './setup-documents';
import { exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

/** On a terminal, unless something narrower was asked for. */
const SHOWN = 200;
const MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "2h", "30m", "7d" ago, or an instant. @returns milliseconds since 1970 */
function readSince(written: string): number | undefined {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(written) ?? [];
  if (count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd'))
    return systemClock.now() - Number(count) * MS[unit];
  const at = /^\d{4}-\d\d-\d\d/.test(written) ? Date.parse(written) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

const readState = (written: string): AttemptState | undefined =>
  attemptStates.find((state) => state === written);

export const logCommand = command({
  name: 'log',
  description: 'who tried to sign in by a connection, and why somebody could not',
  arguments: [
    { name: '<connection>', description: 'name of the connection in the configuration' },
    {
      name: '[reference]',
      description: 'one attempt with its steps and verdicts: the reference of an error page',
    },
  ],
  options: {
    config: configOption,
    since: parsed<number | undefined>('--since <time>', 'no earlier attempts: 30m, 2h, 7d, or a date', {
      parse: readSince,
      wanted: 'Write 30m, 2h, 7d, or a date such as 2026-03-31 or 2026-03-31T08:00Z.',
      standard: undefined,
      defaultWords: 'all that are kept',
    }),
    code: text('--code <code>', 'only those that were refused with this code'),
    state: parsed<AttemptState | undefined>('--state <state>', `only ${attemptStates.join(', ')}`, {
      parse: readState,
      wanted: `Write one of: ${attemptStates.join(', ')}.`,
      standard: undefined,
      defaultWords: 'all',
    }),
    person: text(
      '--person <address>',
      'only those of one person: the address, or the keyed hash of another row',
    ),
    csv: flag('--csv', 'as CSV, for a spreadsheet'),
    json: jsonOption,
  },
  run: (options, terminal, connection = '', reference = '') =>
    withSetupDocuments(options.config, terminal, async ({ documents }, config) => {
      requireConnection(config, connection);
      const { since, code, state } = options;
      const person = personOf(config, options.person);
      const filter: AttemptFilter = {
        ...{ since, code, state, person },
        id: reference === '' ? undefined : reference,
      };
      const now = systemClock.now();
      const attempts = await readAttempts(documents, connection, { now, filter });
      if (options.json) terminal.out(json({ connection, attempts }));
      else if (options.csv) terminal.out(attemptsAsCsv(attempts).trimEnd());
      else if (reference === '') sayAll(attempts, terminal);
      else for (const line of attempts.flatMap(attemptLines)) terminal.out(line);
      if (attempts.length === 0 && !options.json && !options.csv)
        terminal.err(
          config.signInLogDays === 0
            ? 'The log is switched off (`signInLog.days: 0`).'
            : 'Nothing of this kind is remembered.',
        );
      return reference !== '' && attempts.length === 0 ? exit.findings : exit.fine;
    }),
});

function requireConnection(config: ConfigParts, name: string): void {
  if (config.connections.byName(name) !== undefined) return;
  const known = config.connections.entries.map(({ settings }) => settings.name).join(', ');
  throw new UsageError(`No connection ${name}. There are: ${known}`);
}

/** The address itself is asked for and kept nowhere. */
function personOf({ serviceProvider }: ConfigParts, given: string | undefined): string | undefined {
  const email = given === undefined ? undefined : parseEmail(given.trim());
  return email === undefined ? given : createPseudonym(serviceProvider.signing[0].privateKey)(email.address);
}

function sayAll(attempts: readonly Attempt[], terminal: Terminal): void {
  for (const attempt of attempts.slice(0, SHOWN)) terminal.out(attemptLine(attempt));
  if (attempts.length > SHOWN)
    terminal.err(`${String(attempts.length - SHOWN)} older ones are not shown; --since, --code or --csv.`);
}
