// Runs an app as a process: listens, says so, and stops in an orderly way. A thin user of the public API.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { listenForAdmins, type AdminListener } from './admin-listener';
import { openApp, type OpenApp, type OpenOptions } from './app';
import type { App, AppOptions, Running } from './app-types';
import { openControlSocket } from './control-socket';
import type { ConfigParts } from '../config/config-parts';
import type { Environment } from '../config/environment';
import type { Events } from '../core/events';
import { idpEnds, ownEnds } from './ends';
import type { Metrics } from './metrics';
import type { ReadConfiguration, ReloadChoice, ReloadOutcome } from './reload';
import { monotonicMicroseconds } from './system';
import { systemdNotices } from './systemd';
import { packageVersion } from './version';

/** How long requests in flight may go on after a signal to stop. */
const stopWithinMs = 10_000;
/** A request is one small form; whoever needs longer holds a connection for its own sake. */
const requestTimeoutMs = 20_000;
const headersTimeoutMs = 10_000;
/** Longer than the idle time of common load balancers (60 s), so that they close first. */
const keepAliveTimeoutMs = 65_000;

/**
 * Starts listening; resolves when the self-test has passed. `/readyz` asks the state store besides, at every call: a Redis
 * that is away for a moment must not keep the service from starting. Rejects when the address is taken or the self-test fails.
 */
export async function start(config: ConfigParts, options: AppOptions = {}): Promise<Running> {
  const { running } = await startWith(config, options);
  return running;
}

export async function startWith(
  config: ConfigParts,
  options: OpenOptions,
): Promise<
  { readonly running: Running; readonly metrics: Metrics | undefined } & Pick<
    OpenApp,
    'reloadBy' | 'connections'
  >
> {
  const metrics = config.admin && (await import('./metrics.js')).createMetrics(packageVersion());
  const opened = openApp(config, options, metrics === undefined ? [] : [metrics.subscriber]);
  const { app, events } = opened;
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: headersTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
    app.handler,
  );
  let admin: AdminListener | undefined;
  try {
    // A worker gets connections as soon as it listens; another one can have them until then.
    if (options.worker !== undefined) await app.ready;
    await listen(server, config.listen);
    await app.ready;
    if (metrics !== undefined) observed(metrics, opened);
    if (options.worker === undefined)
      admin = config.admin && metrics && (await listenForAdmins(config.admin, metrics));
  } catch (cause) {
    server.close();
    await app.close();
    throw cause;
  }
  const { address, port } = server.address() as AddressInfo;
  const { baseUrl } = config.serviceProvider;
  events.emit({ type: 'serve.ready', host: address, port, baseUrl });
  if (admin !== undefined) events.emit({ type: 'admin.ready', host: admin.host, port: admin.port });
  const stopAll = async (): Promise<void> => {
    await stop(app, events, server);
    await admin?.close();
  };
  const running = Object.freeze({ host: address, port, stop: stopAll });
  return { running, metrics, reloadBy: opened.reloadBy, connections: opened.connections };
}

/** The context is asked for each time: a reload and a rotation swap it. */
function observed(metrics: Metrics, { context, admission }: OpenApp): void {
  metrics.observe({
    connections: () => context().connections,
    sites: { has: (name) => context().sites.has(name) },
    lines: () =>
      [...context().sites.values()].map(({ name, state, queue }) => ({
        site: name,
        state: state?.() ?? 'closed',
        waiting: queue?.line.waiting ?? 0,
      })),
    ends: () => [...ownEnds(context().serviceProvider), ...idpEnds(context().connections)],
    waiting: () => ({ ...admission.answers.waiting, ...admission.logins.waiting }),
    ping: () => context().store.ping(),
    now: () => context().clock.now(),
  });
}

function listen(server: Server, { host, port }: ConfigParts['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function stop(app: App, events: Events, server: Server): Promise<void> {
  app.retire();
  events.emit({ type: 'serve.stopping' });
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cutOff = setTimeout(() => server.closeAllConnections(), stopWithinMs);
  await closed;
  clearTimeout(cutOff);
  await app.close();
  events.emit({ type: 'serve.stopped' });
}

/**
 * V8 would rather keep 40 MB of garbage than collect it. Sign-ins are few and short; a small container is common. One heuristic
 * of the collector of the old generation, read anew at each collection. Nothing is set for the young generation: what keeps
 * that small makes a stranger's large message four times as dear (`npm run bench -- --only memory,flood` shows both). Only for
 * our own process, never for an application that mounts the router.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** How a process of its own is run. */
export interface ServeOptions extends AppOptions {
  /** Names the socket at which `wix-saml reload` finds the process. */
  readonly configFile: string;
  /** Reads the same file anew. */
  readonly read: ReadConfiguration;
  readonly env: Environment;
}

/** Runs until SIGTERM or SIGINT; a second signal ends the process at once. SIGHUP reads the configuration anew. */
export async function serve(config: ConfigParts, options: ServeOptions): Promise<void> {
  const started = startWith(config, options).then(({ running, reloadBy, connections }) => ({
    ...{ running, connections },
    reload: reloadBy(options.read),
  }));
  const notices = systemdNotices(options.env, monotonicMicroseconds);
  const reloadAndSay = async (choice: ReloadChoice): Promise<ReloadOutcome> => {
    const { reload } = await started;
    notices.reloading();
    return reload.reload(choice).finally(notices.ready);
  };
  const onHangUp = (): void => {
    // What went wrong with the configuration is in the log; what went wrong with us ends no service.
    void reloadAndSay({ allowRemoval: false }).catch(() => undefined);
  };
  process.on('SIGHUP', onHangUp); // at once: without a listener it ends a process that only just starts
  const { running, connections } = await started;
  keepMemorySmall();
  const control = await openControlSocket(options.configFile, options.env, {
    reload: reloadAndSay,
    connections,
  });
  notices.ready();
  await untilTold();
  notices.stopping();
  process.off('SIGHUP', onHangUp);
  await control?.close();
  await running.stop();
  notices.close();
}

/** Resolves at the first SIGTERM or SIGINT; the second one ends the process. */
export async function untilTold(): Promise<void> {
  await new Promise<void>((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const onSignal = (): void => {
      for (const signal of signals) process.off(signal, onSignal);
      resolve();
    };
    for (const signal of signals) process.on(signal, onSignal);
  });
}
