// Processes of the real parts.

import type { ChildProcess } from 'node:child_process';

/** Ends a process that we started, and waits for it. */
export async function stopped(child: ChildProcess, by: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(by);
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(hard);
}

/** `describe` when the part is there. Otherwise: an error in CI, a loud skip on a user's machine. */
export function describeReal(isHere: boolean, part: string, packages: string): typeof describe {
  if (isHere) return describe;
  if (process.env['CI'] === 'true') throw new Error(`${part} is missing (Debian: ${packages})`);
  // Not console.warn: Jest does not show what a suite says whose every test is skipped.
  process.stderr.write(`SKIPPED: ${part} is missing (Debian: ${packages})\n`);
  return describe.skip;
}
