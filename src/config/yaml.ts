// YAML text to plain values; the only file that knows the yaml package. Refuses what a person would misread:
// a key written twice, a tab, a tag.

import { parseDocument } from 'yaml';
import { ConfigError } from './problem';

/** @throws ConfigError with one problem per syntax error, with its line. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    throw new ConfigError(
      faults.map((fault) => ({
        path: '',
        problem: fault.message.split('\n')[0] ?? fault.code,
        hint: 'Correct the YAML: two spaces per level, one key once, values with ": " or "#" in quotes.',
      })),
    );
  }
  return document.toJS({ maxAliasCount: 50 }) as unknown;
}
