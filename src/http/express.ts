// The only file that imports Express. It maps paths to routes and knows nothing of what they do: query, body, answer and
// errors are handled by our own few lines, so a setting or a middleware of the host application changes nothing.

import express, { type Express, type Router } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type { Express, Router } from 'express';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** What answers a request before it comes to a path; undefined leaves it to the paths. */
export type Guard = (request: IncomingMessage) => Handler | undefined;

/** Paths are compared exactly: case and trailing slash count. Unknown paths are left to the host application. */
export function routerOf(handlers: ReadonlyMap<string, Handler>, guard: Guard): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use((request, response, next) => {
    const handler = guard(request);
    if (handler !== undefined) return handler(request, response);
    next();
    return undefined;
  });
  for (const [path, handler] of handlers) router.all(path, (request, response) => handler(request, response));
  return router;
}

/** An application with one router below `basePath`; everything else gets `otherwise`. */
export function applicationOf(router: Router, basePath: string, otherwise: Handler): Express {
  const application = express();
  application.disable('x-powered-by');
  application.disable('etag');
  application.use(basePath, router);
  application.use((request, response) => otherwise(request, response));
  return application;
}
