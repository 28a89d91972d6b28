// `wix-saml sessions`: the sessions that live, with masked addresses; `sessions end CONNECTION` ends those of one person, or of
// everybody. The sites learn of it at the next look of their guard.

import { listSessions, type ListedSession } from '../admin/sessions';
import { loadConfig } from '../config/load';
import type { ConfigParts } from '../config/config-parts';
import { parseEmail } from '../policy/email';
import { createPseudonym } from '../server/log';
import { isShared, withSharedDocuments, type SharedPorts } from '../server/shared-documents';
import { systemClock } from '../server/system';
import { endSessions, type WhoseSessions } from '../sso/end-session';
import { command } from './command';
import { configOption, flag, jsonOption, text } from './options';
import { NotSharedError, toldTo } from './setup-documents';
import { configFile, exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

export const sessionsCommand = command({
  name: 'sessions',
  description: 'list the sessions that live, or end those of a person',
  arguments: [
    { name: '[action]', description: 'list (the default) or end', words: ['list', 'end'] },
    { name: '[connection]', description: 'name of the connection' },
  ],
  options: {
    config: configOption,
    email: text('--email <address>', 'end: of the person with this address'),
    nameId: text('--name-id <value>', 'end: of the person with this NameID'),
    everybody: flag('--everybody', 'end: of everybody at the connection'),
    json: jsonOption,
  },
  run: async (options, terminal, action = 'list', connection = '') => {
    const config = await loadConfig(configFile(options.config, terminal), {
      env: terminal.env,
      now: systemClock.now(),
      fetchMetadata: false,
    });
    const names = connectionsOf(config, connection);
    if (action === 'list') {
      const sessions = await withStore(config, terminal, (ports) => listSessions(ports, names));
      say(sessions, options.json, terminal);
      return exit.fine;
    }
    if (action !== 'end' || connection === '')
      throw new UsageError(
        'Write `wix-saml sessions`, or `wix-saml sessions end CONNECTION --email ADDRESS`.',
      );
    const whose = whoseOf(connection, options);
    const ended = await withStore(config, terminal, (ports) => endThem(ports, config, whose));
    if (options.json) terminal.out(json({ ended }));
    else terminal.out(`${String(ended)} ended. Open pages sign out within five minutes.`);
    return exit.fine;
  },
});

function connectionsOf({ connections }: ConfigParts, named: string): readonly string[] {
  const all = connections.entries.map(({ settings }) => settings.name);
  if (named === '') return all;
  if (all.includes(named)) return [named];
  throw new UsageError(`No connection ${named}: there are ${all.join(', ')}.`);
}

interface Chosen {
  readonly email: string | undefined;
  readonly nameId: string | undefined;
  readonly everybody: boolean;
}

function whoseOf(connection: string, { email, nameId, everybody }: Chosen): WhoseSessions {
  const chosen = [email !== undefined, nameId !== undefined, everybody].filter(Boolean).length;
  if (chosen !== 1) throw new UsageError('Say whose: one of --email, --name-id and --everybody.');
  if (nameId !== undefined) return { connection, nameId: { value: nameId } };
  if (email === undefined) return { connection };
  const { address } = parseEmail(email) ?? {};
  if (address === undefined) throw new UsageError('--email is not a plain address.');
  return { connection, email: address };
}

function endThem(ports: SharedPorts, config: ConfigParts, whose: WhoseSessions): Promise<number> {
  const pseudonym = createPseudonym(config.serviceProvider.signing[0].privateKey);
  const events = { emit: () => undefined };
  const cause = { why: 'operator', reference: 'wix-saml sessions end' } as const;
  return endSessions({ ...ports, pseudonym, events }, whose, cause);
}

function withStore<T>(
  config: ConfigParts,
  terminal: Terminal,
  work: (ports: SharedPorts) => Promise<T>,
): Promise<T> {
  if (!isShared(config)) throw new NotSharedError();
  return withSharedDocuments(config, toldTo(terminal), work);
}

const minute = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 16);

function say(sessions: readonly ListedSession[], asJson: boolean, terminal: Terminal): void {
  if (asJson) {
    const listed = sessions.map(({ beganAt, endsAt, ...session }) => ({
      ...session,
      beganAt: new Date(beganAt).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
    }));
    terminal.out(json({ sessions: listed }));
    return;
  }
  for (const { session, connection, site, who, beganAt, endsAt } of sessions)
    terminal.out(
      `${session}  ${who} by ${connection} at ${site}, ${minute(beganAt)} until ${minute(endsAt)} UTC`,
    );
  if (sessions.length === 0) terminal.err('No session lives.');
}
