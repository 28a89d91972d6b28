// From the tables of the commands to a command line; the only file that knows commander. `serve` is at hand, because a
// service starts often; each other command is loaded when it is called (native import() asks for the extension).

import { Argument, Command as Parser, CommanderError, Option } from 'commander';
import { ConfigError } from '../config/problem';
import type { Command, Given, OptionDefinition } from './command';
import { failureText } from './failure';
import { serveCommand } from './serve';
import { packageVersion } from '../server/version';
import { exit, json, withCleanLines, type Terminal } from './terminal';
import { NotDoneError, UsageError } from './usage';

/** In the order of the help. */
const loaders = new Map<string, () => Promise<Command>>([
  ['serve', () => Promise.resolve(serveCommand)],
  ['reload', async () => (await import('./reload.js')).reloadCommand],
  ['init', async () => (await import('./init.js')).initCommand],
  ['keys', async () => (await import('./keys.js')).keysCommand],
  ['check', async () => (await import('./check.js')).checkCommand],
  ['connections', async () => (await import('./connections.js')).connectionsCommand],
  ['invite', async () => (await import('./invite.js')).inviteCommand],
  ['log', async () => (await import('./log.js')).logCommand],
  ['links', async () => (await import('./links.js')).linksCommand],
  ['sessions', async () => (await import('./sessions.js')).sessionsCommand],
  ['metadata', async () => (await import('./metadata.js')).metadataCommand],
  ['site', async () => (await import('./site.js')).siteCommand],
  ['explain', async () => (await import('./explain.js')).explainCommand],
  ['why', async () => (await import('./why.js')).whyCommand],
  ['support', async () => (await import('./support.js')).supportCommand],
  ['state', async () => (await import('./state.js')).stateCommand],
  ['audit', async () => (await import('./audit.js')).auditCommand],
  ['demo', async () => (await import('./demo.js')).demoCommand],
  ['dev', async () => (await import('./dev.js')).devCommand],
  ['completion', async () => (await import('./completion.js')).completionCommand],
]);

/** Runs one command line (without the program's name) and gives its exit code. */
export async function run(args: readonly string[], anyTerminal: Terminal): Promise<number> {
  const terminal: Terminal = { ...withCleanLines(anyTerminal), commands: () => loadCommands() };
  let code: number = exit.fine;
  try {
    const program = createProgram(await loadCommands(args[0]), terminal, (result) => (code = result));
    const given = args[0] === '-V' ? ['--version'] : [...args]; // its letter until 0.1
    await program.parseAsync(given, { from: 'user' });
    return code;
  } catch (cause) {
    return fail(cause, terminal, args.includes('--json'));
  }
}

/** What a machine reads is JSON also when the command fails (`--json`); commander has printed its reason or the help. */
function fail(cause: unknown, terminal: Terminal, asJson: boolean): number {
  if (cause instanceof CommanderError && cause.exitCode === 0) return exit.fine;
  const isUsage = cause instanceof CommanderError || cause instanceof UsageError;
  const isOwn = isUsage || cause instanceof ConfigError || cause instanceof NotDoneError;
  const message = isOwn ? cause.message : failureText(cause);
  if (asJson) {
    const problems = cause instanceof ConfigError ? { problems: cause.problems } : {};
    terminal.out(json({ ok: false, error: { message, ...problems } }));
  } else if (!(cause instanceof CommanderError)) terminal.err(message);
  return isUsage ? exit.usage : exit.findings;
}

/** The named command alone; all of them when no command has this name, so that the help and a hint can list them. */
export async function loadCommands(name?: string): Promise<readonly Command[]> {
  const load = name === undefined ? undefined : loaders.get(name);
  return Promise.all(load === undefined ? [...loaders.values()].map((one) => one()) : [load()]);
}

export function createProgram(
  commands: readonly Command[],
  terminal: Terminal,
  done: (code: number) => void,
): Parser {
  const program = new Parser('wix-saml')
    .description('SAML 2.0 sign-in for the members of Wix sites.')
    .version(packageVersion(), '-v, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('(add --help for the options)');
  for (const command of commands) addCommand(program, command, { terminal, done });
  return program;
}

function addCommand(
  program: Parser,
  command: Command,
  { terminal, done }: { readonly terminal: Terminal; readonly done: (code: number) => void },
): void {
  const options = new Map(Object.entries(command.options).map(([key, option]) => [key, optionOf(option)]));
  const parser = program.command(command.name).description(command.description);
  for (const { name, description } of command.arguments) {
    parser.addArgument(new Argument(name, description));
  }
  for (const option of options.values()) parser.addOption(option);
  parser.action(async () => {
    const values = new Map<string, unknown>(Object.entries(parser.opts()));
    const given: Given = (key) => {
      const value = values.get(options.get(key)?.attributeName() ?? '');
      return isGiven(value) ? value : undefined;
    };
    done(await command.run(given, terminal, parser.args));
  });
}

function optionOf({
  flags,
  description,
  required,
  defaultWords,
  repeated,
}: OptionDefinition<unknown>): Option {
  const words = defaultWords === undefined ? '' : ` (default: ${defaultWords})`;
  const option = new Option(flags, description + words).makeOptionMandatory(required);
  if (!repeated) return option;
  return option.argParser<readonly string[] | undefined>((value, before) => [...(before ?? []), value]);
}

const isGiven = (value: unknown): value is string | true | readonly string[] =>
  typeof value === 'string' || value === true || Array.isArray(value);
