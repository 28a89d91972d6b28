// YAML text to plain values; the only file that knows the YAML package. Refuses what a person would misread:
// a key written twice, a tab, a tag.

import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { ConfigError } from './problem';

/** @throws ConfigError with the first syntax error and its line; everything after it would be guesswork. */
export function parseYaml(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
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
