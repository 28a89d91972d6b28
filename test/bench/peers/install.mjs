// The peers from npm, installed where only the bench looks for them, by a lock file of their own.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const directory = fileURLToPath(new URL('.', import.meta.url));

/** Installs what is missing. @returns `require` for the peers */
export function installedPeers() {
  if (!existsSync(`${directory}node_modules`)) {
    console.log('installing what is compared with …');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return createRequire(`${directory}package.json`);
}
