// What a command is: its name, arguments and options as data, and what it does with them. The program makes the parser
// and the help of it; nothing about an option is said twice, not even its type.

import type { Terminal } from './terminal';

export interface OptionDefinition<T> {
  /** As in the help: `-c, --config <file>`. */
  readonly flags: string;
  readonly description: string;
  /** The command line is refused without it. */
  readonly required: boolean;
  /** Of an option that was not given, in words for the help; nothing is shown when it is absent. */
  readonly defaultWords?: string;
  /** Collects the values of an option that may be repeated. */
  readonly repeated: boolean;
  /**
   * What was written → the value: undefined when the option was not given, true for one without a value.
   * @throws UsageError with what to write instead
   */
  readonly read: (given: string | readonly string[] | true | undefined) => T;
}

export type OptionTable = Readonly<Record<string, OptionDefinition<unknown>>>;

/** Derived from the table: one type per option. */
export type ValuesOf<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends OptionDefinition<infer T> ? T : never;
};

export interface ArgumentDefinition {
  /** As in the help: `<file>`, or `[file]` when it may be left out. */
  readonly name: string;
  readonly description: string;
  /** What it may be, where that is one of a few words; completion offers them. */
  readonly words?: readonly string[];
}

interface CommandWords {
  readonly name: string;
  readonly description: string;
  /** In their order. */
  readonly arguments: readonly ArgumentDefinition[];
}

export interface CommandDefinition<O extends OptionTable> extends CommandWords {
  readonly options: O;
  /** @returns the exit code */
  readonly run: (
    options: ValuesOf<O>,
    terminal: Terminal,
    ...args: readonly string[]
  ) => number | Promise<number>;
}

/** An option as it was written, by its key in the table. */
export type Given = (key: string) => string | readonly string[] | true | undefined;

/** A command whose options' types are its own affair. */
export interface Command extends CommandWords {
  readonly options: OptionTable;
  readonly run: (given: Given, terminal: Terminal, args: readonly string[]) => number | Promise<number>;
}

export function command<O extends OptionTable>({ run, ...definition }: CommandDefinition<O>): Command {
  return Object.freeze({
    ...definition,
    run: (given: Given, terminal: Terminal, args: readonly string[]) =>
      run(readOptions(definition.options, given), terminal, ...args),
  });
}

function readOptions<O extends OptionTable>(table: O, given: Given): ValuesOf<O> {
  const values = Object.entries(table).map(([key, option]) => [key, option.read(given(key))]);
  return Object.fromEntries(values) as ValuesOf<O>;
}
