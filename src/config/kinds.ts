// Kinds of plain values: text, numbers, choices, files. Each says in one sentence what it accepts.
// Kinds that may hold a secret never quote the value in a problem.

import { resolve } from 'node:path';
import { orFromEnvironment, textSchema } from './json-schema';
import { holdsKeyMaterial } from './key-envelope';
import type { Kind } from './option';
import { isFromEnvironment, report, shown, substitute, type At } from './reading';
import { looksLikeStateKey } from '../stores/state-keys';

/** Text after substitution; used by the other kinds. */
export function readText(raw: unknown, at: At): string | undefined {
  if (typeof raw !== 'string') {
    return report(at, `must be text, but is ${shown(raw)}`, 'Put the value in quotes.');
  }
  const value = substitute(raw, at);
  if (value?.trim() === '') return report(at, 'is empty', 'Write a value, or remove the line.');
  return value;
}

export function text(maxChars: number): Kind<string> {
  const read = (raw: unknown, at: At): string | undefined => {
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    return value.length <= maxChars
      ? value
      : report(at, `has ${value.length} characters`, `Use at most ${maxChars} characters.`);
  };
  return { label: 'text', schema: textSchema({ maxLength: maxChars }), read };
}

export function integer(least: number, most: number, unit = ''): Kind<number> {
  const read = (raw: unknown, at: At): number | undefined => {
    // A variable is always text; digits in it are a number (`port: ${PORT}`).
    const value =
      typeof raw === 'string' && isFromEnvironment(raw) ? Number(substitute(raw, at) ?? NaN) : raw;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return report(
      at,
      `must be a whole number from ${least} to ${most}, but is ${shown(raw)}`,
      'Correct the number.',
    );
  };
  const schema = orFromEnvironment({ type: 'integer', minimum: least, maximum: most });
  return { label: `${least}–${most}${unit === '' ? '' : ` ${unit}`}`, schema, read };
}

export const flag: Kind<boolean> = {
  label: 'true or false',
  schema: { type: 'boolean' },
  read: (raw, at) =>
    typeof raw === 'boolean'
      ? raw
      : report(at, `must be true or false, but is ${shown(raw)}`, 'Write true or false, without quotes.'),
};

export function choice<const T extends readonly string[]>(words: T): Kind<T[number]> {
  const read = (raw: unknown, at: At): T[number] | undefined => {
    const value = typeof raw === 'string' ? substitute(raw, at) : undefined;
    const chosen = words.find((word) => word === value);
    return (
      chosen ?? report(at, `must be one of ${words.join(', ')}, but is ${shown(raw)}`, 'Choose one of them.')
    );
  };
  const schema = orFromEnvironment({ type: 'string', enum: words });
  return { label: words.join(' \\| '), schema, read };
}

/** Where bytes come from: a file, or text (from the environment, or a public certificate written out). */
export type Source = { readonly file: string } | { readonly text: string };

/** For the schema; `holdsKeyMaterial` decides. */
const keyMaterial = /-----BEGIN|\n|^\s*["'`]?[A-Za-z0-9+/=\s]{120,}["'`]?\s*$/;

function readSource(raw: unknown, at: At): Source | undefined {
  const value = readText(raw, at);
  if (value === undefined) return undefined;
  return holdsKeyMaterial(value) ? { text: value } : { file: resolve(at.baseDir, value) };
}

export const certificateSource: Kind<Source> = { label: 'file', schema: textSchema(), read: readSource };

/** A private key: never inline, because configuration files are shown, mailed and committed. */
export const privateKeySource: Kind<Source> = {
  label: 'file',
  schema: textSchema({ not: { pattern: keyMaterial.source } }),
  read: (raw, at) => {
    if (typeof raw === 'string' && !isFromEnvironment(raw) && holdsKeyMaterial(raw)) {
      return report(
        at,
        'holds a private key in the configuration itself',
        'Put the key into a file that only this process can read, and write the file’s name here (or use ${VARIABLE}).',
      );
    }
    return readSource(raw, at);
  },
};

/** A key of the state store: never inline either, but as the value of a variable. */
export const stateKeySource: Kind<Source> = {
  label: 'file',
  schema: textSchema({ not: { pattern: '^\\s*wix-saml-state-key:' } }),
  read: (raw, at) => {
    const value = readText(raw, at);
    if (value === undefined || typeof raw !== 'string') return undefined;
    if (!looksLikeStateKey(value)) return { file: resolve(at.baseDir, value) };
    if (isFromEnvironment(raw)) return { text: value };
    return report(
      at,
      'holds a state key in the configuration itself',
      'Put the key into a file that only this process can read, and write the file’s name here (or use ${VARIABLE}).',
    );
  },
};

const apiKeyMaterial = /^IST\.|eyJ/;

export const secretFile: Kind<Source> = {
  label: 'file',
  schema: { type: 'string', pattern: '\\S', not: { pattern: apiKeyMaterial.source } },
  read: (raw, at) => {
    if (typeof raw === 'string' && apiKeyMaterial.test(raw)) {
      return report(
        at,
        'holds an API key in the configuration itself',
        'Put the key into a file that only this process can read, and write the file’s name here.',
      );
    }
    return readSource(raw, at);
  },
};

/** A file whose content is a secret; the secret itself does not stand in the configuration. */
export const namedSecretFile: Kind<Source> = {
  label: 'file',
  schema: { type: 'string', pattern: '\\S', not: { pattern: '^\\s*whsec_' } },
  read: (raw, at) => {
    if (typeof raw === 'string' && raw.trim().startsWith('whsec_')) {
      return report(
        at,
        'holds a secret in the configuration itself',
        'Put it into a file that only this process can read, and write the file’s name here.',
      );
    }
    const name = readText(raw, at);
    return name === undefined ? undefined : { file: resolve(at.baseDir, name) };
  },
};

/** A file that is written, by its absolute path. */
export const writtenFile: Kind<string> = {
  label: 'file',
  schema: textSchema(),
  read: (raw, at) => {
    const name = readText(raw, at);
    if (name === undefined) return undefined;
    return name.trim() === '' || name.endsWith('/')
      ? report(at, 'names no file', 'Write a path, such as log/audit.jsonl; its directory must be there.')
      : resolve(at.baseDir, name);
  },
};

const oneVariable = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

/** A secret that only the environment may hold. */
export const environmentSecret: Kind<string> = {
  label: '${VARIABLE}',
  schema: { type: 'string', pattern: oneVariable.source },
  read: (raw, at) =>
    typeof raw === 'string' && oneVariable.test(raw)
      ? substitute(raw, at)?.trim()
      : report(
          at,
          'holds a secret in the configuration itself',
          'Write ${VARIABLE} here and set the variable.',
        ),
};
