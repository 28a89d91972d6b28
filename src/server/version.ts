// Which version of this package runs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of package.json, two levels above, in the sources as in what is built. */
export const packageVersion = (): string => {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
};
