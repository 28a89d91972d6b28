// The grammar of the options table: a kind reads one value, an option is a kind with its documentation,
// a section is a set of options. One table so gives the types, the reading, the unknown keys and docs/options.md.
// A wrong value becomes a problem and `undefined` (or the default); reading goes on, so that all problems come at once.

import type { JsonSchema } from './json-schema';
import { below, isMapping, report, shown, type At } from './reading';
import { nearestName } from './nearest-name';

/** Reads one kind of value. Returns undefined after reporting a problem. */
export interface Kind<V> {
  /** For the type column of docs/options.md. */
  readonly label: string;
  /** What an editor may know of it; never stricter than `read`, but for what the published schema says. */
  readonly schema: JsonSchema;
  readonly read: (raw: unknown, at: At) => V | undefined;
  /** Options inside, for sections, lists and maps of sections; `suffix` is how their paths continue. */
  readonly inner?: { readonly suffix: string; readonly options: Options };
}

interface OptionWords {
  readonly meaning: string;
  readonly example?: string;
  /** What docs/options.md shows as the default when it is not the value itself. */
  readonly defaultWords?: string;
}

export interface Option<V> extends OptionWords {
  readonly label: string;
  /** That of its kind, with meaning, default and example. */
  readonly schema: JsonSchema;
  readonly inner?: Kind<unknown>['inner'];
  readonly required: boolean;
  readonly read: (raw: unknown, at: At) => V;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** What reading a table of options gives. */
export type ValuesOf<T extends Options> = {
  readonly [K in keyof T]: T[K] extends Option<infer V> ? V : never;
};

const isAbsent = (raw: unknown): boolean => raw === undefined || raw === null;

function option<V>(
  kind: Kind<unknown>,
  required: boolean,
  words: OptionWords,
  read: Option<V>['read'],
): Option<V> {
  return {
    ...words,
    label: kind.label,
    schema: described(kind.schema, words),
    required,
    read,
    ...(kind.inner === undefined ? {} : { inner: kind.inner }),
  };
}

const described = (schema: JsonSchema, { meaning, example }: OptionWords): JsonSchema => ({
  ...(meaning === '' ? {} : { description: meaning }),
  ...schema,
  // A list's example is written in YAML.
  ...(example === undefined || example.startsWith('[') ? {} : { examples: [example] }),
});

export function required<V>(kind: Kind<V>, words: OptionWords): Option<V | undefined> {
  return option(kind, true, words, (raw, at) =>
    isAbsent(raw)
      ? report(
          at,
          'is missing',
          `${words.meaning}${words.example === undefined ? '' : ` Example: ${words.example}`}`,
        )
      : kind.read(raw, at),
  );
}

export function optional<V>(kind: Kind<V>, words: OptionWords): Option<V | undefined> {
  return option(kind, false, words, (raw, at) => (isAbsent(raw) ? undefined : kind.read(raw, at)));
}

export function withDefault<V>(kind: Kind<V>, value: V, words: OptionWords): Option<V> {
  const defaultWords =
    words.defaultWords ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const schema = isPlain ? { ...kind.schema, default: value } : kind.schema;
  return option({ ...kind, schema }, false, { ...words, defaultWords }, (raw, at) =>
    isAbsent(raw) ? value : (kind.read(raw, at) ?? value),
  );
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in report
const notAMapping = <V>(raw: unknown, at: At): V | undefined =>
  report<V>(
    at,
    `must be a mapping of options, but is ${shown(raw)}`,
    'Write the options below it, indented by two spaces.',
  );

/** A fixed set of options. Unknown keys are problems: a misspelt option must never be silently ignored. */
export function section<T extends Options>(options: T): Kind<ValuesOf<T>> {
  const read = (raw: unknown, at: At): ValuesOf<T> | undefined => {
    if (!isMapping(raw)) return notAMapping(raw, at);
    for (const key of Object.keys(raw)) {
      if (!Object.hasOwn(options, key))
        report(below(at, key), 'is not an option', hintForUnknown(key, options));
    }
    const values = Object.entries(options).map(([key, one]) => [
      key,
      one.read(Object.hasOwn(raw, key) ? raw[key] : undefined, below(at, key)),
    ]);
    return Object.freeze(Object.fromEntries(values)) as ValuesOf<T>;
  };
  return { label: 'section', schema: sectionSchema(options), read, inner: { suffix: '', options } };
}

function sectionSchema(options: Options): JsonSchema {
  const entries = Object.entries(options);
  const needed = entries.filter(([, one]) => one.required).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, one]) => [key, one.schema])),
    ...(needed.length === 0 ? {} : { required: needed }),
    additionalProperties: false,
  };
}

/** An empty section stands in for one that was not written, so that defaults apply. */
export const defaultsOf = <T extends Options>(kind: Kind<ValuesOf<T>>): Option<ValuesOf<T> | undefined> =>
  option(kind, false, { meaning: '' }, (raw, at) => kind.read(isAbsent(raw) ? {} : raw, at));

export function listOf<V>(kind: Kind<V>, words: { least?: number; label?: string } = {}): Kind<readonly V[]> {
  const read = (raw: unknown, at: At): readonly V[] | undefined => {
    if (!Array.isArray(raw)) {
      return report(
        at,
        `must be a list, but is ${shown(raw)}`,
        'Write it as [one, two] or as lines that begin with "- ".',
      );
    }
    if (raw.length < (words.least ?? 0)) return report(at, 'is an empty list', 'List at least one.');
    const values = raw.map((item: unknown, index) => kind.read(item, below(at, index)));
    return Object.freeze(values.filter((value) => value !== undefined));
  };
  return {
    label: words.label ?? `list of ${kind.label}`,
    schema: {
      type: 'array',
      items: kind.schema,
      ...(words.least === undefined ? {} : { minItems: words.least }),
    },
    read,
    ...(kind.inner === undefined ? {} : { inner: { suffix: '[]', options: kind.inner.options } }),
  };
}

/** One value, or a list of at least one. */
export function oneOrMore<V>(kind: Kind<V>): Kind<readonly V[]> {
  const list = listOf(kind, { least: 1 });
  return {
    label: `${kind.label}, or list of them`,
    schema: { anyOf: [kind.schema, list.schema] },
    read: (raw, at) => list.read(typeof raw === 'string' ? [raw] : raw, at),
  };
}

const namePattern = /^[a-z0-9-]{1,32}$/;

/** Sections under names of the deployer's choice. Names travel in URLs and request ids, hence the narrow alphabet. */
export function namedSections<V>(kind: Kind<V>, noun: string): Kind<ReadonlyMap<string, V>> {
  const read = (raw: unknown, at: At): ReadonlyMap<string, V> | undefined => {
    if (!isMapping(raw)) return notAMapping(raw, at);
    if (Object.keys(raw).length === 0) return report(at, 'is empty', `Name at least one ${noun}.`);
    const values = new Map<string, V>();
    for (const [name, item] of Object.entries(raw)) {
      const place = below(at, name);
      if (!namePattern.test(name)) {
        report(place, `is not a valid name for a ${noun}`, 'Use 1 to 32 of the characters a-z, 0-9 and "-".');
      }
      const value = kind.read(item ?? {}, place);
      if (value !== undefined) values.set(name, value);
    }
    return values;
  };
  return {
    label: `${noun}s by name`,
    schema: {
      type: 'object',
      propertyNames: { pattern: namePattern.source },
      minProperties: 1,
      additionalProperties: kind.schema,
    },
    read,
    ...(kind.inner === undefined ? {} : { inner: { suffix: '.NAME', options: kind.inner.options } }),
  };
}

const wouldWeaken = /want|valid|verif|check|skip|disable|ignore|insecure|unsigned|unsafe|trust/i;

function hintForUnknown(key: string, options: Options): string {
  const known = Object.keys(options);
  const nearest = nearestName(key, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (wouldWeaken.test(key))
    return 'Remove it. No option switches a check off, and signatures are always required.';
  return `Remove it, or use one of: ${known.join(', ')}.`;
}
