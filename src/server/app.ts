// A Config becomes a request handler. Everything in it is made here and nothing listens yet:
// `serve` and a host application both start from this.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress, tellWhenAnswered } from './access-log';
import { compose } from './compose';
import type { Config } from '../config/config';
import { configWarnings } from '../config/warnings';
import { eventsTo, type Events } from '../core/events';
import { createApplication, createRouter as createExpressRouter } from '../http/router';
import type { SsoContext } from '../sso/context';
import { stateAt } from '../sso/directory';
import { lineWriter, type Log } from './event-lines';
import { createLog } from './log';
import { Reload, type ReadConfiguration } from './reload';
import { systemClock, systemStopwatch } from './system';
import { warmUp } from '../saml/self-test';

/** A request listener for `node:http`; also fits `app.use(…)` of Express 4 and 5 and of Connect. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface AppOptions {
  /** Where log lines go. Default: JSON lines on standard output, from `log.level` on. */
  readonly log?: Log;
}

/** A service provider that is ready to be mounted or listened with. */
export interface App {
  /** Answers every path; unknown ones with 404. Expects the whole path of `serviceProvider.baseUrl`. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers its own paths below its mount point and calls `next` for all others. Mount it before body parsers. */
  readonly router: RequestHandler;
  /** Resolves when the self-test has passed and `/readyz` says 200; rejects when it failed, and `/readyz` stays 503. */
  readonly ready: Promise<void>;
  /** Lets `/readyz` answer 503 from now on, so that a load balancer sends nobody new. */
  readonly retire: () => void;
  readonly log: Log;
  /** Closes the state store and the connections to the sites. Requests after that are refused. */
  readonly close: () => Promise<void>;
}

/**
 * @param config from `loadConfig` or `parseConfig`
 */
export function createApp(config: Config, options: AppOptions = {}): App {
  return openApp(config, options).app;
}

function tellWhatIsDown({ connections, clock, events }: SsoContext): void {
  for (const entry of connections.entries) {
    const state = stateAt(entry, clock.now());
    if (state.kind !== 'down') continue;
    const { name: connection, site } = entry.settings;
    const { problem, hint } = state.trouble;
    events.emit({ type: 'connection.down', connection, site, problem, hint });
  }
}

/** An app with what only its own process needs. */
export interface OpenApp {
  readonly app: App;
  readonly events: Events;
  /** @param read the same configuration anew */
  readonly reloadBy: (read: ReadConfiguration) => Reload;
}

/** The same for whoever runs it as a process and has something to say. */
export function openApp(config: Config, options: AppOptions): OpenApp {
  let { logLevel } = config;
  const log = options.log ?? createLog(() => logLevel, systemClock);
  const events = eventsTo(lineWriter(log));
  for (const { path, problem, hint } of configWarnings(config, systemClock.now())) {
    events.emit({ type: 'config.warning', path, problem, hint });
  }
  const { living, ownKeys, close } = compose(config, events);
  tellWhatIsDown(living.context);
  const context = (): SsoContext => living.context;
  let isReady = false;
  const routerOptions = {
    isReady: () => isReady && (ownKeys?.known ?? true),
    stopwatch: systemStopwatch,
    addressOf: (request: IncomingMessage) => clientAddress(request, config.listen.trustProxy),
  };
  const application = createApplication(context, routerOptions);
  // Express routes any node:http request; its types only say what its own applications add to one.
  const router: unknown = createExpressRouter(context, routerOptions);
  // In a turn of its own: whoever mounts the handler can listen first.
  const ready = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    warmUp();
    await ownKeys?.start();
    isReady = true;
  });
  ready.catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : 'unknown';
    events.emit({ type: 'app.selfTestFailed', problem });
  });
  const app = Object.freeze({
    handler: (request, response) => {
      tellWhenAnswered(request, response, {
        events,
        clock: systemClock,
        trustedProxies: config.listen.trustProxy,
      });
      application(request, response);
    },
    router: router as RequestHandler,
    ready,
    retire: () => (isReady = false),
    log,
    close,
  } satisfies App);
  const reloadBy = (read: ReadConfiguration): Reload =>
    new Reload(living, read, {
      keysFor: (next) => ownKeys?.keysFor(next) ?? { ours: next, problems: new Map() },
      swapped: (next) => {
        ({ logLevel } = next);
        void ownKeys?.look(true);
      },
    });
  return { app, events, reloadBy };
}
