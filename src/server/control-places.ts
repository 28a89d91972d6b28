// Where a running service can be spoken to: a Unix socket in a directory of its user alone, named after the configuration
// file, so that a command that reads the same file finds it. Nothing of it is reachable over a network.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../config/environment';

/** What systemd makes for `RuntimeDirectory=wix-saml`. */
const SYSTEM_DIRECTORY = '/run/wix-saml';

/** Directories in which a service with this environment may have its socket, the best first. */
export function controlDirectories(env: Environment): readonly string[] {
  const [given] = (env['RUNTIME_DIRECTORY'] ?? '').split(':');
  const session = env['XDG_RUNTIME_DIR'];
  return [
    ...(given === undefined || given === '' ? [] : [given]),
    ...(session === undefined || session === '' ? [] : [join(session, 'wix-saml')]),
    join(tmpdir(), `wix-saml-${String(process.getuid?.() ?? 0)}`),
  ];
}

/** The same for whoever looks for one: also the place of a service that systemd runs. */
export const lookedInDirectories = (env: Environment): readonly string[] => [
  ...new Set([SYSTEM_DIRECTORY, ...controlDirectories(env)]),
];

/** Begins the name of every socket that belongs to a configuration file. */
export function socketPrefix(configFile: string): string {
  const path = resolve(configFile);
  let name = path;
  try {
    name = realpathSync(path);
  } catch {
    // It is not there now; its name is what there is.
  }
  return `${createHash('sha256').update(name).digest('hex').slice(0, 16)}-`;
}

/** The first directory that is, or can be made, ours alone to write to; undefined when there is none. */
export function openControlDirectory(env: Environment): string | undefined {
  return controlDirectories(env).find((directory) => {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      return isOurs(directory);
    } catch {
      return false;
    }
  });
}

/** Somebody else's directory in a shared place must not get our socket, nor show us theirs. */
function isOurs(directory: string): boolean {
  const found = statSync(directory, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Root may look into what only root can have made, although it belongs to the service. */
export const mayLookInto = (directory: string): boolean =>
  isOurs(directory) || (directory === SYSTEM_DIRECTORY && process.getuid?.() === 0 && existsSync(directory));
