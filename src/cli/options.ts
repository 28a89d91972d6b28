// Kinds of options, and the options that several commands share. Said once, so that --config means the same everywhere.

import type { OptionDefinition } from './command';
import { UsageError } from './usage';

const one = { required: false, repeated: false } as const;

const textOf = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);

/** On or off. */
export const flag = (flags: string, description: string): OptionDefinition<boolean> => ({
  ...one,
  flags,
  description,
  read: (given) => given === true,
});

export const text = (flags: string, description: string): OptionDefinition<string | undefined> => ({
  ...one,
  flags,
  description,
  read: textOf,
});

export const requiredText = (flags: string, description: string): OptionDefinition<string> => ({
  ...one,
  flags,
  description,
  required: true,
  read: (given) => textOf(given) ?? '',
});

/** Shown in the help with its default. */
export const textOr = (flags: string, description: string, standard: string): OptionDefinition<string> => ({
  ...one,
  flags,
  description,
  defaultWords: JSON.stringify(standard),
  read: (given) => textOf(given) ?? standard,
});

/** May stand without a value, and then is true; false when it is absent. */
export const optionalText = (flags: string, description: string): OptionDefinition<string | boolean> => ({
  ...one,
  flags,
  description,
  read: (given) => textOf(given) ?? given === true,
});

/** May be given several times; undefined when it never is. */
export const repeatedText = (
  flags: string,
  description: string,
): OptionDefinition<readonly string[] | undefined> => ({
  ...one,
  flags,
  description,
  repeated: true,
  read: (given) => (Array.isArray(given) ? given.map(String) : undefined),
});

interface Parsing<T> {
  /** Gives undefined for what it does not understand. */
  readonly parse: (written: string) => T | undefined;
  /** What to write instead. */
  readonly wanted: string;
  readonly standard: T;
  readonly defaultWords: string;
}

/** Text that stands for something else. */
export const parsed = <T>(
  flags: string,
  description: string,
  { parse, wanted, standard, defaultWords }: Parsing<T>,
): OptionDefinition<T> => ({
  ...one,
  flags,
  description,
  defaultWords,
  read: (given) => {
    const written = textOf(given);
    if (written === undefined) return standard;
    const value = parse(written);
    if (value !== undefined) return value;
    throw new UsageError(
      `error: option '${flags}' argument '${written}' is invalid. ${wanted}\n(add --help for the options)`,
    );
  },
});

export const portOption = (flags: string, description: string, standard: number): OptionDefinition<number> =>
  parsed(flags, description, {
    parse: (written) => {
      const port = Number(written);
      return Number.isInteger(port) && port >= 1024 && port <= 65_500 ? port : undefined;
    },
    wanted: 'Use a port from 1024 to 65500.',
    standard,
    defaultWords: String(standard),
  });

export const configOption = text(
  '-c, --config <file>',
  'configuration file (default: $WIX_SAML_CONFIG, else ./wix-saml.yaml)',
);
export const jsonOption = flag('--json', 'one JSON object instead of text');
export const siteOption = text('--site <name>', 'which site, when several are configured');
