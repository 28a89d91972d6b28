// Where a command writes and what it is started with; a command is a function of it, so tests need no process.

import type { Environment } from '../config/reading';

/** Exit codes of the external contract. */
export const exit = Object.freeze({ fine: 0, findings: 1, usage: 2 });

export interface Terminal {
  /** What was asked for: may be read by a machine. */
  readonly out: (line: string) => void;
  /** What went wrong, and asides. */
  readonly err: (line: string) => void;
  readonly env: Environment;
}

/** The configuration file: `--config`, else WIX_SAML_CONFIG, else ./wix-saml.yaml. */
export const configFile = (named: string | undefined, { env }: Terminal): string =>
  named ?? env['WIX_SAML_CONFIG'] ?? 'wix-saml.yaml';

export const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Control characters but line feed and tab, and what turns the direction of writing. */
// eslint-disable-next-line no-control-regex -- they are what this is about
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** The same terminal for texts of strangers: a site's answer or an IdP's metadata must not move its cursor or retitle it. */
export const forStrangersTexts = (terminal: Terminal): Terminal => ({
  out: (line) => terminal.out(line.replace(UNPRINTABLE, '\ufffd')),
  err: (line) => terminal.err(line.replace(UNPRINTABLE, '\ufffd')),
  env: terminal.env,
});
