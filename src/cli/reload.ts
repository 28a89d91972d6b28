// `wix-saml reload`: the services that run with this configuration read it anew, and say what came of it.

import { askToReload, findSockets, type Reached } from '../server/control-client';
import { lookedInDirectories } from '../server/control-places';
import { command } from './command';
import { configOption, flag, jsonOption } from './options';
import { configFile, exit, json } from './terminal';

interface Answer {
  readonly ok: boolean;
  readonly lines: readonly string[];
  /** As the service gave it. */
  readonly answer: unknown;
}

export const reloadCommand = command({
  name: 'reload',
  description: 'make the running service reload configuration, keys and files: all of it, or nothing',
  arguments: [],
  options: {
    config: configOption,
    allowRemoval: flag('--allow-removal', 'accept a configuration from which connections or sites are gone'),
    json: jsonOption,
  },
  run: async ({ config, allowRemoval, json: asJson }, terminal) => {
    const file = configFile(config, terminal);
    const reached = await Promise.all(
      findSockets(file, terminal.env).map((socket) => askToReload(socket, { allowRemoval })),
    );
    const answers = reached.flatMap(answerOf);
    const ok = answers.length > 0 && answers.every((answer) => answer.ok);
    if (asJson) terminal.out(json({ ok, processes: answers.map(({ answer }) => answer) }));
    else if (answers.length === 0) {
      terminal.err(`No running service was found for ${file}.`);
      terminal.err(`Looked in ${lookedInDirectories(terminal.env).join(', ')} as this user.`);
      terminal.err(
        'Call this command as the user of the service, or send the process SIGHUP and read its log.',
      );
    }
    if (!asJson) for (const line of answers.flatMap(({ lines }) => lines)) terminal.out(line);
    return ok ? exit.fine : exit.findings;
  },
});

function answerOf(reached: Reached): Answer[] {
  if (reached.kind === 'gone') return [];
  if (reached.kind === 'failed') return [failed(`The service did not answer (${reached.reason}).`)];
  try {
    const answer: unknown = JSON.parse(reached.text);
    if (typeof answer === 'object' && answer !== null) return [told(answer)];
  } catch {
    // It ended while it was asked.
  }
  return [failed('The service gave no reply: has it ended?')];
}

const failed = (error: string): Answer => ({ ok: false, lines: [error], answer: { ok: false, error } });

function told(answer: object): Answer {
  const fields = new Map<string, unknown>(Object.entries(answer));
  const ok = fields.get('ok') === true;
  const who = `process ${String(fields.get('pid'))}`;
  const error = fields.get('error');
  if (typeof error === 'string') return { ok, lines: [`${who}: ${error}`], answer };
  if (!ok) {
    const problems = problemLines(fields.get('problems'));
    return { ok, lines: [`${who}: nothing was changed, because`, ...problems], answer };
  }
  const changes = changeLines(fields.get('changes'));
  const lines = changes.length === 0 ? ['  nothing in the configuration has changed'] : changes;
  return {
    ok,
    lines: [`${who}: read anew`, ...lines, ...problemLines(fields.get('warnings'), 'warning: ')],
    answer,
  };
}

const words: readonly (readonly [name: string, words: string])[] = [
  ['connectionsAdded', 'new connections'],
  ['connectionsRemoved', 'connections that are gone'],
  ['connectionsChanged', 'changed connections'],
  ['sitesAdded', 'new sites'],
  ['sitesRemoved', 'sites that are gone'],
  ['sitesChanged', 'changed sites'],
  ['settingsChanged', 'changed settings'],
];

function changeLines(value: unknown): string[] {
  const changes = new Map<string, unknown>(Object.entries(Object(value) as object));
  return words.flatMap(([name, text]) => {
    const names = changes.get(name);
    return Array.isArray(names) && names.length > 0 ? [`  ${text}: ${names.map(String).join(', ')}`] : [];
  });
}

function problemLines(value: unknown, mark = ''): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const { path = '', problem = '', hint = '' } = Object(item) as Readonly<Record<string, string>>;
    const place = path === '' ? '' : `${path}: `;
    return [`  ${mark}${place}${problem}`, `      ${hint}`];
  });
}
