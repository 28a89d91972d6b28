// Runs an app as a process: listens, says so, and stops in an orderly way. A thin user of the public API.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { listenForAdmins, type AdminListener } from './admin-listener';
import { openApp, type App, type AppOptions, type OpenApp } from './app';
import type { Config } from '../config/config';
import type { Events } from '../core/events';
import { idpEnds, ownEnds } from './ends';
import type { Metrics } from './metrics';
import { packageVersion } from './version';

/** How long requests in flight may go on after a signal to stop. */
const stopWithinMs = 10_000;
/** A request is one small form; whoever needs longer holds a connection for its own sake. */
const requestTimeoutMs = 20_000;
const headersTimeoutMs = 10_000;
/** Longer than the idle time of common load balancers (60 s), so that they close first. */
const keepAliveTimeoutMs = 65_000;

/** A listening service. */
export interface Running {
  /** Where it listens; the public address is `serviceProvider.baseUrl`. */
  readonly host: string;
  readonly port: number;
  /** Stops accepting, lets requests in flight finish within 10 s, closes the store. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts listening; resolves when the self-test has passed. `/readyz` asks the state store besides, at every call: a Redis
 * that is away for a moment must not keep the service from starting. Rejects when the address is taken or the self-test fails.
 */
export async function start(config: Config, options: AppOptions = {}): Promise<Running> {
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
    await listen(server, config.listen);
    await app.ready;
    admin =
      config.admin && metrics && (await listenForAdmins(config.admin, observed(metrics, opened, config)));
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
  return Object.freeze({ host: address, port, stop: stopAll });
}

function observed(metrics: Metrics, { context, admission }: OpenApp, config: Config): Metrics {
  const own = ownEnds(config.serviceProvider);
  metrics.observe({
    connections: () => context.connections,
    sites: new Set(context.sites.keys()),
    ends: () => [...own, ...idpEnds(context.connections)],
    waiting: () => ({ ...admission.answers.waiting, ...admission.logins.waiting }),
    ping: () => context.store.ping(),
    now: () => context.clock.now(),
  });
  return metrics;
}

function listen(server: Server, { host, port }: Config['listen']): Promise<void> {
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
function keepMemorySmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** Runs until SIGTERM or SIGINT. A second signal ends the process at once. */
export async function serve(config: Config, options: AppOptions = {}): Promise<void> {
  const running = await start(config, options);
  keepMemorySmall();
  await new Promise<void>((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const onSignal = (): void => {
      for (const signal of signals) process.off(signal, onSignal);
      resolve();
    };
    for (const signal of signals) process.on(signal, onSignal);
  });
  await running.stop();
}
