// What is wrong with a configuration, in words that an administrator can act on.
// Every problem is collected before anything is refused; no problem ever quotes a secret.

import type { Problem } from '../core/problem';

/** All problems of one configuration at once. Nothing was started. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      `The configuration has ${countOf(problems.length, 'problem')}:\n${problems.map(problemLine).join('\n')}`,
    );
    this.problems = Object.freeze(problems.map((problem) => Object.freeze({ ...problem })));
  }
}

/** `path: problem` with the hint on a second, indented line. */
export function problemLine({ path, problem, hint }: Problem): string {
  return `  ${path === '' ? 'the file' : path}: ${problem}\n      ${hint}`;
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
