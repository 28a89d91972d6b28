// Carries one reading of a configuration from value to value: where we are, what was found wrong so far,
// and the environment for `${NAME}`. Substitution happens inside values, after YAML was parsed, so that
// a variable can never add or rename an option.

import type { OutboundWay } from '../core/outbound-way';
import type { Environment } from './environment';
import type { Problem } from '../core/problem';
import type { Warning, WarningCode } from '../core/warnings';

/** The bytes of a file. @throws the system's error */
export type ReadFile = (file: string) => Buffer;

interface Reading {
  readonly problems: Problem[];
  /** What is not wrong enough to refuse. */
  readonly notices: Warning[];
  /** How files are read; whoever reloads keeps an eye on each. */
  readonly readFile: ReadFile;
  readonly env: Environment;
  /** Relative paths are relative to the configuration file. */
  readonly baseDir: string;
  /** Milliseconds since 1970, for `validUntil` of metadata. */
  readonly now: number;
  /** Whether metadata addresses are asked now. */
  readonly fetchMetadata: boolean;
  /** How they are asked. */
  readonly outbound?: OutboundWay;
}

/** A place in the configuration. */
export interface At extends Reading {
  readonly path: string;
}

/** Notes a problem and gives the `undefined` that stands for the value; typed so that `return report(…)` fits anywhere. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function report<V>(at: At, problem: string, hint: string): V | undefined {
  at.problems.push({ path: at.path, problem, hint });
  return undefined;
}

/** Notes what works and is worth a look; reading goes on with the value. */
export function note(at: At, code: WarningCode, problem: string, hint: string): void {
  at.notices.push({ code, path: at.path, problem, hint });
}

export function below(at: At, key: string | number): At {
  const step = typeof key === 'number' ? `[${key}]` : at.path === '' ? key : `.${key}`;
  return { ...at, path: at.path + step };
}

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** True when (a part of) the value comes from the environment: the allowed way to pass a secret without a file. */
export const isFromEnvironment = (raw: string): boolean => raw.search(variable) >= 0;

/** The value with every `${NAME}` replaced; undefined (and a problem) when a variable is not set. */
export function substitute(raw: string, at: At): string | undefined {
  const missing = new Set<string>();
  const value = raw.replace(variable, (whole, name: string) => {
    const found = Object.hasOwn(at.env, name) ? at.env[name] : undefined;
    if (found === undefined || found === '') missing.add(name);
    return found ?? whole;
  });
  if (missing.size === 0) return value;
  return report(
    at,
    `uses the environment variable ${[...missing].join(', ')}, which is not set`,
    'Set the variable for this process, or write the value into the file when it is no secret.',
  );
}

/** A value as it may be shown in a problem: short, on one line. Not for secrets. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? value : ((JSON.stringify(value) as string | undefined) ?? typeof value);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);
}

export const isMapping = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);
