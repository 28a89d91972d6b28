// All paths of the service provider as an Express router. Every visit gets its reference, its headers and, whatever
// happens, exactly one answer.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { SsoError } from '../core/errors';
import type { SpanName } from '../core/spans';
import type { SsoContext } from '../sso/context';
import { createAdmission, type Admission } from './admission';
import { clientGroup, directClient } from './client';
import { applicationOf, routerOf, type Handler, type Router } from './express';
import { setCommonHeaders } from './headers';
import type { SetupParts } from './portal/portal';
import { setupRoutes } from './portal/routes';
import { newReference } from './reference';
import { MountCheck, type Mismatch } from './mount';
import { refuse } from './refusal';
import { assertionConsumerRoute } from './routes/assertion-consumer';
import { healthRoute, readyRoute } from './routes/health';
import { loginRoute } from './routes/login';
import { metadataRoute } from './routes/metadata';
import { revocationPath, revocationRoute } from './routes/revoke';
import { sessionHandleRoute } from './routes/session-handle';
import { singleLogoutRoute } from './routes/single-logout';
import { sessionTokenRoute } from './routes/session-token';
import type { Method, Route, Visit } from './visit';

export interface RouterOptions {
  /** Whether /readyz may say so; asked at every visit. Default: always. */
  readonly isReady?: () => boolean;
  /** The address that a request came from, as far as proxies are believed. Default: that of its connection. */
  readonly addressOf?: (request: IncomingMessage) => string;
  /** Shared by all routers of one process. Default: of its own. */
  readonly admission?: Admission;
  /** What the set-up pages need; absent: there are none. */
  readonly setup?: SetupParts;
}

/** What a visit works with; asked once for each, so that a visit keeps what it began with. */
export type ContextNow = () => SsoContext;

interface Serving {
  readonly context: ContextNow;
  readonly admission: Admission;
  readonly addressOf: (request: IncomingMessage) => string;
}

const serving = (
  given: SsoContext | ContextNow,
  { addressOf = directClient, admission }: RouterOptions,
): Serving => {
  const context = typeof given === 'function' ? given : () => given;
  return { context, admission: admission ?? createAdmission(() => context().clock.now()), addressOf };
};

/**
 * A router to mount in an existing Express application, under the path of `serviceProvider.baseUrl`. It answers its own
 * paths and leaves every other to the application. Best mounted before any body parser.
 */
export function createRouter(context: SsoContext | ContextNow, options: RouterOptions = {}): Router {
  const routes = [
    metadataRoute,
    loginRoute,
    assertionConsumerRoute(options.setup),
    singleLogoutRoute,
    sessionTokenRoute,
    sessionHandleRoute,
    healthRoute,
    readyRoute(options.isReady ?? (() => true)),
    ...(options.setup === undefined ? [] : setupRoutes(options.setup)),
  ];
  const parts = serving(context, options);
  // Neither changes while the process runs.
  const { serviceProvider, events } = parts.context();
  const mount = new MountCheck(serviceProvider.baseUrl, events);
  // Its path has a name in it, so it stands in no table.
  const revocation = handlerOf(parts, revocationRoute);
  const byPath = new Map(routes.map((route) => [route.path, route]));
  return routerOf(new Map(routes.map((route) => [route.path, handlerOf(parts, route)])), (request) => {
    const mismatch = mount.mismatchOf(request);
    if (mismatch === undefined)
      return pathOf(request.url).startsWith(revocationPath) ? revocation : undefined;
    // Where we are, and where we should be; the host's other paths are its own.
    const own = byPath.get(pathOf(request.url)) ?? byPath.get(mount.ownPathOf(request) ?? '');
    return own === undefined ? undefined : handlerOf(parts, misplaced(own, mismatch));
  });
}

const pathOf = (url = '/'): string => url.split('?', 1)[0] ?? '';

/** The route in a place where nothing can come of it. */
const misplaced = ({ path, refusals }: Route, mismatch: Mismatch): Route => {
  const refuseAll = (): never => {
    throw new SsoError('HTTP_MOUNT_MISMATCH', { ...mismatch });
  };
  return {
    path,
    refusals,
    methods: { GET: refuseAll, HEAD: refuseAll, POST: refuseAll, OPTIONS: refuseAll },
  };
};

/** A whole application: the router at its place, and a refusal for every other path. */
export function createApplication(
  context: SsoContext | ContextNow,
  options: RouterOptions = {},
): RequestListener {
  const parts = serving(context, options);
  const basePath = new URL(parts.context().serviceProvider.baseUrl).pathname;
  const otherwise = handlerOf(parts, unknownPath);
  return applicationOf(createRouter(context, options), basePath, otherwise);
}

const unknownPath: Route = { path: '*', methods: {}, refusals: 'page' };

function handlerOf(parts: Serving, route: Route): Handler {
  return async (request, response) => {
    const visit = visitOf(parts, request, response);
    setCommonHeaders(response, visit.context.serviceProvider.baseUrl);
    try {
      await answer(visit, route);
    } catch {
      response.destroy(); // Not even the refusal could be written; Express would show a stack.
    } finally {
      visit.room.release();
    }
  };
}

/** The three requests of a sign-in; others are not worth a trace. */
const tracedRequests: ReadonlySet<string> = new Set([
  'GET /saml/login',
  'POST /saml/login',
  'POST /saml/acs',
  'POST /session-token',
] satisfies SpanName[]);

const isTraced = (name: string): name is SpanName => tracedRequests.has(name);

async function answer(visit: Visit, route: Route): Promise<void> {
  const { context, request, response, reference } = visit;
  const name = `${request.method ?? ''} ${route.path}`;
  const refused = (error: unknown): void => refuse(visit, error, route.refusals);
  if (context.spans === undefined || !isTraced(name)) return handle(visit, route).catch(refused);
  await context.spans(name, async (note) => {
    await handle(visit, route).catch((error: unknown) => {
      note({ code: error instanceof SsoError ? error.code : 'INTERNAL_ERROR' });
      refused(error);
    });
    // What a link or a response claims is no attribute, unless it is one of ours.
    const { connection = '', signIn } = visit.about;
    const settings = context.connections.byName(connection)?.settings;
    note({
      reference,
      signIn,
      connection: settings?.name,
      site: settings?.site,
      status: response.statusCode,
    });
  });
}

async function handle(visit: Visit, route: Route): Promise<void> {
  if (route === unknownPath) throw new SsoError('HTTP_NOT_FOUND');
  const handler = route.methods[methodOf(visit.request)];
  if (handler === undefined) {
    visit.response.setHeader('Allow', Object.keys(route.methods).join(', '));
    throw new SsoError('HTTP_METHOD_NOT_ALLOWED', { method: visit.request.method });
  }
  await handler(visit);
}

/** Only looked up in a route's own table, where an unknown method finds nothing. */
function methodOf({ method }: IncomingMessage): Method {
  return method as Method;
}

function visitOf(parts: Serving, request: IncomingMessage, response: ServerResponse): Visit {
  const { admission, addressOf } = parts;
  const context = parts.context();
  const client = clientGroup(addressOf(request));
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    context,
    request,
    response,
    reference: newReference(context.random),
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    admission,
    client,
    room: admission.bodies.room(client),
    about: {},
  };
}
