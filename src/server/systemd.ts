// Tells systemd how the service is (sd_notify(3)): ready, reloading, stopping, alive. Node has no datagram sockets of the Unix
// kind, so systemd's own `systemd-notify` says it; nothing happens where systemd did not ask for it.

import { spawn } from 'node:child_process';
import type { Environment } from '../config/environment';

export interface Notices {
  readonly ready: () => void;
  readonly reloading: () => void;
  readonly stopping: () => void;
  /** Ends the signs of life. */
  readonly close: () => void;
}

/** @param monotonicMicroseconds of CLOCK_MONOTONIC, which systemd compares with its own */
export function systemdNotices(env: Environment, monotonicMicroseconds: () => bigint): Notices {
  const none = (): void => undefined;
  if (env['NOTIFY_SOCKET'] === undefined) {
    return { ready: none, reloading: none, stopping: none, close: none };
  }
  const say = inOrder(env);
  const every = watchdogMs(env);
  // A process whose loop is stuck does not come to say this, and is restarted.
  const alive = every === undefined ? undefined : setInterval(() => say('WATCHDOG=1'), every).unref();
  return {
    ready: () => say('READY=1'),
    reloading: () => say('RELOADING=1', `MONOTONIC_USEC=${String(monotonicMicroseconds())}`),
    stopping: () => say('STOPPING=1'),
    close: () => clearInterval(alive),
  };
}

/** One after the other: RELOADING and READY must not overtake each other. */
function inOrder(env: Environment): (...fields: readonly string[]) => void {
  let last: Promise<void> = Promise.resolve();
  return (...fields) => {
    last = last.then(
      () =>
        new Promise((resolve) => {
          const child = spawn('systemd-notify', [...fields], { env: { ...env }, stdio: 'ignore' });
          // Not there, or refused: systemd finds out by itself, and its log says so.
          child.once('error', () => resolve());
          child.once('close', () => resolve());
        }),
    );
  };
}

/** Half of what systemd waits for (sd_watchdog_enabled(3)); undefined where nobody waits for us. */
function watchdogMs(env: Environment): number | undefined {
  const microseconds = Number(env['WATCHDOG_USEC'] ?? Number.NaN);
  const meantFor = env['WATCHDOG_PID'];
  if (!Number.isFinite(microseconds) || microseconds <= 0) return undefined;
  if (meantFor !== undefined && meantFor !== String(process.pid)) return undefined;
  return Math.max(Math.floor(microseconds / 2000), 100);
}
