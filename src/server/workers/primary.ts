// The process that starts the workers and watches over them. It reads no configuration and holds no key: what it needs to
// know the first worker tells it.

import { listenForAdmins, type AdminListener } from '../admin-listener';
import type { Environment } from '../../config/environment';
import { eventsTo, type Events } from '../../core/events';
import { lineWriter } from '../event-lines';
import { createLog } from '../log';
import type { CrewMetrics, WorkerValues } from '../metrics';
import { untilTold } from '../process';
import { monotonicMicroseconds, systemClock, systemTimers } from '../system';
import { systemdNotices } from '../systemd';
import { Crew, WorkerFailed } from './crew';
import { forkWorker } from './fork';
import type { ReadyFacts } from './messages';

/** Longer than a worker gives its requests in flight (10 s). */
const STOP_WITHIN_MS = 15_000;
/** Files are read twice, and a new address may be waited for. */
const RELOAD_WITHIN_MS = 60_000;
const METRICS_WITHIN_MS = 5_000;

/**
 * Runs until SIGTERM or SIGINT; a second signal ends everything at once. SIGHUP makes every worker read the configuration anew.
 * @param count two or more
 * @returns the exit code
 */
export async function serveWithWorkers(count: number, env: Environment): Promise<number> {
  // Timers of a crew whose workers are all dead must not be the end.
  const awake = setInterval(() => undefined, 60_000);
  try {
    return await run(count, env);
  } finally {
    clearInterval(awake);
  }
}

async function run(count: number, env: Environment): Promise<number> {
  let events: Events = eventsTo();
  const crew = new Crew({
    count,
    fork: (number) => forkWorker({ number, of: count }),
    events: () => events,
    clock: systemClock,
    timers: systemTimers,
  });
  const notices = systemdNotices(env, monotonicMicroseconds);
  const onHangUp = (): void => {
    notices.reloading();
    void reloadAll(crew, events).finally(notices.ready);
  };
  process.on('SIGHUP', onHangUp);
  const told = untilTold();
  let admin: AdminListener | undefined;
  const first = async (facts: ReadyFacts): Promise<void> => {
    events = eventsTo(lineWriter(createLog(facts.logLevel, systemClock, undefined, facts.logLook)));
    admin = facts.admin && (await listenForAdmins(facts.admin, await pages(crew)));
    if (admin !== undefined) events.emit({ type: 'admin.ready', host: admin.host, port: admin.port });
  };
  try {
    const started = await Promise.race([crew.start(first).then(() => 'ready'), told.then(() => 'told')]);
    let end = started;
    if (started === 'ready') {
      events.emit({ type: 'workers.ready', workers: count });
      notices.ready();
      end = await Promise.race([told.then(() => 'told'), crew.over.then(() => 'lost')]);
    }
    notices.stopping();
    await crew.stop(STOP_WITHIN_MS);
    return end === 'told' ? 0 : 1;
  } catch (cause) {
    if (cause instanceof WorkerFailed) return cause.exitCode === 0 ? 1 : cause.exitCode;
    throw cause;
  } finally {
    process.off('SIGHUP', onHangUp);
    await admin?.close();
    notices.close();
  }
}

/** Each worker tells of its own reload in the log; that they disagree nobody else would notice. */
async function reloadAll(crew: Crew, events: Events): Promise<void> {
  const asked = crew.ready.map(([, worker]) => worker.ask('reload', RELOAD_WITHIN_MS).catch(() => false));
  const outcomes = await Promise.all(asked);
  if (!outcomes.includes(true) || outcomes.every((ok) => ok === true)) return;
  const problem = 'some workers took the configuration up, and others did not';
  events.emit({ type: 'workers.differ', problem, hint: 'Reload again. What was wrong stands above.' });
}

async function pages(crew: Crew): Promise<CrewMetrics> {
  const { createCrewMetrics } = await import('../metrics.js');
  return createCrewMetrics({
    ready: () => crew.ready.length,
    restarts: () => crew.restarts,
    values: async () => {
      const all = crew.ready.map(async ([number, worker]) => {
        const values = await worker.ask('metrics', METRICS_WITHIN_MS).catch(() => undefined);
        return Array.isArray(values) ? [[number, values as WorkerValues[]] as const] : [];
      });
      return (await Promise.all(all)).flat();
    },
  });
}
