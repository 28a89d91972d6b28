// The keys of the state store, from files. Those that are listed must be there; the one that is not listed is made at the
// first opening of a durable store, so that a configuration without the option works. Reading a configuration makes nothing.

import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Random } from '../core/ports';
import { newStateKey, readStateKeyText, StateKeys, stateKeyText } from '../stores/state-keys';
import { noteExposedFile, readSource } from './key-files';
import type { Source } from './kinds';
import type { Draft } from './options';
import { ConfigError } from './problem';
import { below, report, type At } from './reading';

/** Keys that were listed, or the file that holds the only one and may not be there yet. */
export type StateKeysChoice = { readonly keys: StateKeys } | { readonly file: string };

const FILE = 'state.key';
const HINT = '`wix-saml keys --only state` makes one. Every process that shares the store needs the same.';

/** Undefined after reporting a problem. */
export function buildStateKeys(
  { stateKeys, serviceProvider, state }: Draft,
  root: At,
): StateKeysChoice | undefined {
  const at = below(root, 'stateKeys');
  if (stateKeys !== undefined) return readListed(stateKeys, at);
  const signingKey = serviceProvider?.signing?.[0]?.key;
  const directory =
    signingKey !== undefined && 'file' in signingKey ? dirname(signingKey.file) : root.baseDir;
  const file = resolve(directory, FILE);
  // Memory has a key of its own, whatever lies there.
  if (state.kind === 'memory' || !existsSync(file)) return Object.freeze({ file });
  noteExposedFile({ file }, at);
  return readKey({ file }, at) === undefined ? undefined : Object.freeze({ file });
}

function readKey(source: Source, at: At): Buffer | undefined {
  const bytes = readSource(source, at);
  if (bytes === undefined) return undefined;
  const which = 'file' in source ? `: ${source.file}` : '';
  return readStateKeyText(bytes.toString('latin1')) ?? report<Buffer>(at, `is not a state key${which}`, HINT);
}

function readListed(sources: readonly Source[], at: At): StateKeysChoice | undefined {
  const keys = sources.map((source, index) => {
    const place = below(at, index);
    noteExposedFile(source, place);
    return readKey(source, place);
  });
  const [first, ...others] = keys.filter((key) => key !== undefined);
  return first === undefined ? undefined : Object.freeze({ keys: new StateKeys([first, ...others]) });
}

/**
 * The keys themselves; makes the file when it is not there, readable by its owner only. Of several processes that start
 * together one makes it and all get the same.
 * @throws ConfigError when the file can be neither read nor made, or holds something else
 */
export function openStateKeys(choice: StateKeysChoice, random: Random): StateKeys {
  if ('keys' in choice) return choice.keys;
  const { file } = choice;
  try {
    const text = readIfThere(file) ?? makeOnce(file, random);
    const key = readStateKeyText(text);
    if (key !== undefined) return new StateKeys([key]);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw wrongFile(`can be neither read nor made: ${file} (${reason})`);
  }
  throw wrongFile(`is not a state key: ${file}`);
}

const wrongFile = (problem: string): ConfigError =>
  new ConfigError([
    {
      path: 'stateKeys',
      problem,
      hint: `${HINT} Write its name into \`stateKeys\`, or let this user write to the directory.`,
    },
  ]);

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** A link is made whole and only where nothing is, so nobody ever reads half a key and nobody's key is replaced. */
function makeOnce(file: string, random: Random): string {
  const whole = `${file}.${random.bytes(8).toString('hex')}`;
  writeFileSync(whole, stateKeyText(newStateKey(random)), { flag: 'wx', mode: 0o600, flush: true });
  try {
    linkSync(whole, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(whole, { force: true });
  }
  return readFileSync(file, 'latin1');
}
