// YAML text to plain values; the only file that knows the YAML package. Refuses what a person would misread:
// a key written twice, a tab, a tag. An alias is refused: nested ones grow a small file beyond
// all bounds, and a reader would have to look elsewhere for what is said here.

import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { ConfigError } from './problem';

/** @throws ConfigError with the first syntax error and its line; everything after it would be guesswork. */
export function parseYaml(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA, maxAliases: 0 });
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    throw new ConfigError([
      {
        path: '',
        problem: `is not YAML: ${cause.reason}${cause.mark ? ` (line ${String(cause.mark.line + 1)})` : ''}`,
        hint: 'Correct the YAML: two spaces per level, one key once, values with ": " or "#" in quotes.',
      },
    ]);
  }
}
