// A Config becomes a request handler. Everything in it is made here and nothing listens yet:
// `serve` and a host application both start from this.

import type { IncomingMessage } from 'node:http';
import { clientAddress, tellWhenAnswered } from './access-log';
import { compose } from './compose';
import type { ConfigParts } from '../config/config-parts';
import { configWarnings } from '../config/warnings';
import { eventsTo, type Events } from '../core/events';
import { createApplication, createRouter as createExpressRouter } from '../http/router';
import type { SsoContext } from '../sso/context';
import { stateAt } from '../sso/directory';
import type { App, AppOptions, Log, RequestHandler } from './app-types';
import { lineWriter } from './event-lines';
import { givenPorts } from './given-ports';
import { createLog } from './log';
import { tellHook } from './sign-in-hook';
import { systemStopwatch } from './system';
import { warmUp } from '../saml/self-test';

function tellWhatIsDown({ connections, clock, events }: SsoContext): void {
  for (const entry of connections.entries) {
    const state = stateAt(entry, clock.now());
    if (state.kind !== 'down') continue;
    const { name: connection, site } = entry.settings;
    const { problem, hint } = state.trouble;
    events.emit({ type: 'connection.down', connection, site, problem, hint });
  }
}

/** Log and hook, in this order: a failure of the hook is told after what it failed at. */
function eventsFor(log: Log, { onSignIn }: AppOptions): Events {
  const lines = lineWriter(log);
  if (onSignIn === undefined) return eventsTo(lines);
  const events: Events = eventsTo(
    lines,
    tellHook(onSignIn, (reference, cause) => {
      const error = cause instanceof Error ? cause.name : typeof cause;
      events.emit({ type: 'hook.failed', reference, error });
    }),
  );
  return events;
}

/**
 * The app, with its events for whoever runs it as a process and has something to say.
 * @throws ConfigError when a shared store has no state key and none can be made
 */
export function openApp(
  config: ConfigParts,
  options: AppOptions,
): { readonly app: App; readonly events: Events } {
  const ports = givenPorts(options);
  const log = options.log ?? createLog(config.logLevel, ports.clock);
  const events = eventsFor(log, options);
  for (const { path, problem, hint } of configWarnings(config, ports.clock.now())) {
    events.emit({ type: 'config.warning', path, problem, hint });
  }
  const { context, close } = compose(config, events, ports);
  tellWhatIsDown(context);
  let isReady = false;
  const routerOptions = {
    isReady: () => isReady,
    stopwatch: systemStopwatch,
    addressOf: (request: IncomingMessage) => clientAddress(request, config.listen.trustProxy),
  };
  const application = createApplication(context, routerOptions);
  // Express routes any node:http request; its types only say what its own applications add to one.
  const router: unknown = createExpressRouter(context, routerOptions);
  // In a turn of its own: whoever mounts the handler can listen first.
  const ready = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    warmUp();
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
        clock: ports.clock,
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
  return { app, events };
}
