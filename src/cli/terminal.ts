// Where a command writes and what it is started with; a command is a function of it, so tests need no process.

import type { Environment } from '../config/environment';
import { cleanLines } from '../core/text';
import type { Ask } from './ask';

/** Exit codes of the external contract. */
export const exit = Object.freeze({ fine: 0, findings: 1, usage: 2 });

/** What completion needs to know of a command. */
export interface CommandFlags {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly { readonly words?: readonly string[] }[];
  readonly options: Readonly<Record<string, { readonly flags: string }>>;
}

export interface Terminal {
  /** What was asked for: may be read by a machine. */
  readonly out: (line: string) => void;
  /** What went wrong, and asides. */
  readonly err: (line: string) => void;
  readonly env: Environment;
  /** All commands with their flags, for a command that speaks of the others. */
  readonly commands?: () => Promise<readonly CommandFlags[]>;
  /** Absent where nobody can answer: a pipe, a job, CI. */
  readonly ask?: Ask;
}

/** The configuration file: `--config`, else WIX_SAML_CONFIG, else ./wix-saml.yaml. */
export const configFile = (named: string | undefined, { env }: Terminal): string =>
  named ?? env['WIX_SAML_CONFIG'] ?? 'wix-saml.yaml';

export const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** The same terminal for texts of strangers: a site's answer or an IdP's metadata must not move its cursor or retitle it. */
export const withCleanLines = (terminal: Terminal): Terminal => ({
  out: (line) => terminal.out(cleanLines(line)),
  err: (line) => terminal.err(cleanLines(line)),
  env: terminal.env,
  ...(terminal.ask === undefined ? {} : { ask: terminal.ask }),
});
