// A Config becomes a request handler. Everything in it is made here and nothing listens yet:
// `serve` and a host application both start from this.

import type { IncomingMessage } from 'node:http';
import { clientAddress, tellWhenAnswered } from './access-log';
import { connectionViews, type ConnectionView } from '../admin/connections';
import { SignInLog } from '../admin/sign-in-log/sign-in-log';
import { openAudit } from './audit/open-audit';
import { compose, type Composed } from './compose';
import type { ConfigParts } from '../config/config-parts';
import { openWarnings } from '../config/warnings';
import { eventsTo, type Events, type Subscriber } from '../core/events';
import { createAdmission, type Admission } from '../http/admission';
import { createApplication, createRouter as createExpressRouter, type ContextNow } from '../http/router';
import type { SetupParts } from '../http/portal/portal';
import type { Clock, LogLevel } from '../core/ports';
import type { SsoContext } from '../sso/context';
import { stateAt } from '../sso/directory';
import type { App, AppOptions, Log, RequestHandler } from './app-types';
import { lineWriter } from './event-lines';
import { givenPorts } from './given-ports';
import { openNotices } from './notices/open-notices';
import { createLog, lookOn } from './log';
import { Reload, type ReadConfiguration } from './reload';
import { tellHook } from './sign-in-hook';
import { systemStopwatch, systemTimers } from './system';
import { warmUp } from '../saml/self-test';

/** @param level asked for every line */
function ownLog(
  { logFormat }: ConfigParts,
  level: () => LogLevel,
  { clock, env }: { readonly clock: Clock; readonly env: AppOptions['env'] },
): Log {
  const { stdout } = process;
  return createLog(level, clock, stdout, lookOn(stdout, logFormat, env));
}

function tellWarnings(config: ConfigParts, events: Events, now: number): void {
  for (const { code: warningCode, path, problem, hint } of openWarnings(config, now)) {
    events.emit({ type: 'config.warning', warningCode, path, problem, hint });
  }
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

/** Log, audit log and hook, in this order: a failure of the hook is told after what it failed at. */
function eventsFor(log: Log, { onSignIn }: AppOptions, others: readonly Subscriber[]): Events {
  const heard: Subscriber[] = [lineWriter(log), ...others];
  if (onSignIn === undefined) return eventsTo(...heard);
  const events: Events = eventsTo(
    ...heard,
    tellHook(onSignIn, (reference, cause) => {
      const error = cause instanceof Error ? cause.name : typeof cause;
      events.emit({ type: 'hook.failed', reference, error });
    }),
  );
  return events;
}

/** An app with its inside, for whoever runs it as a process. */
export interface OpenApp {
  readonly app: App;
  readonly events: Events;
  /** The one in use now. */
  readonly context: ContextNow;
  readonly admission: Admission;
  /** Every connection as it is now. */
  readonly connections: () => readonly ConnectionView[];
  /** @param read the same configuration anew */
  readonly reloadBy: (read: ReadConfiguration) => Reload;
}

/**
 * The app, with its events for whoever runs it as a process and has something to say.
 * @param subscribers hear of every event, beside the log
 * @throws ConfigError when a shared store has no state key and none can be made, or the audit log cannot be written
 */
export function openApp(
  config: ConfigParts,
  options: AppOptions,
  subscribers: readonly Subscriber[] = [],
): OpenApp {
  const ports = givenPorts(options);
  let { logLevel } = config;
  const log = options.log ?? ownLog(config, () => logLevel, { clock: ports.clock, env: options.env });
  const audit = config.audit && openAudit(config, config.audit.file, { ...ports, events: () => events });
  const signInLog = new SignInLog({ clock: ports.clock, timers: systemTimers });
  const notices = openNotices(() => events);
  const events: Events = eventsFor(log, options, [
    ...(audit === undefined ? [] : [audit.subscriber]),
    signInLog.subscriber,
    ...subscribers,
    ...notices.subscribers,
  ]);
  tellWarnings(config, events, ports.clock.now());
  const composed = compose(config, events, ports, signInLog);
  const { living, ownKeys, close } = composed;
  const context = (): SsoContext => living.context;
  notices.open(composed, ports);
  tellWhatIsDown(living.context);
  const trustedProxies = config.listen.trustProxy;
  let isReady = false;
  const admission = createAdmission(systemStopwatch);
  const routerOptions = {
    isReady: () => isReady && (ownKeys?.known ?? true),
    admission,
    addressOf: (request: IncomingMessage) => clientAddress(request, trustedProxies),
    setup: setupOf(composed),
  };
  const application = createApplication(context, routerOptions);
  // Express routes any node:http request; its types only say what its own applications add to one.
  const router: unknown = createExpressRouter(context, routerOptions);
  const ready = begin(composed, events).then(() => void (isReady = true));
  const app = Object.freeze({
    handler: (request, response) => {
      tellWhenAnswered(request, response, { events, clock: ports.clock, trustedProxies });
      application(request, response);
    },
    router: router as RequestHandler,
    ready,
    retire: () => (isReady = false),
    log,
    close: async () => {
      await notices.close();
      await close();
      await audit?.close();
    },
  } satisfies App);
  const reloadBy = reloading(composed, (next) => ({ logLevel } = next));
  const connections = () =>
    connectionViews(context().connections, ports.clock.now(), (name) => living.refreshesAt(name));
  return { app, events, context, admission, connections, reloadBy };
}

/** In a turn of its own: whoever mounts the handler can listen first. */
async function begin({ ownKeys }: Composed, events: Events): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  try {
    warmUp();
    await ownKeys?.start();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : 'unknown';
    events.emit({ type: 'app.selfTestFailed', problem });
    throw cause;
  }
}

const setupOf = ({ documents, living }: Composed): SetupParts => ({
  documents,
  isOn: () => living.config.setupPages,
  isSelf: () => living.config.selfActivation,
  keepsLog: () => living.config.signInLogDays > 0,
});

/** @param swapped what else follows the configuration */
const reloading =
  ({ living, ownKeys }: Composed, swapped: (config: ConfigParts) => void): OpenApp['reloadBy'] =>
  (read) =>
    new Reload(living, read, {
      keysFor: (next) => ownKeys?.keysFor(next) ?? { ours: next, problems: new Map() },
      swapped: (next) => {
        swapped(next);
        void ownKeys?.look(true);
      },
    });
