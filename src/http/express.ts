// The only file that imports Express. It maps paths to routes and knows nothing of what they do: query, body, answer and
// errors are handled by our own few lines, so a setting or a middleware of the host application changes nothing.

import express, { type Request, type Response, type Router } from 'express';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export type { Router } from 'express';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** What answers a request before it comes to a path; undefined leaves it to the paths. */
export type Guard = (request: IncomingMessage) => Handler | undefined;

/** Paths are compared exactly: case and trailing slash count. Unknown paths are left to the host application. */
export function routerOf(handlers: ReadonlyMap<string, Handler>, guard: Guard): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use((request, response, next) => {
    // Most paths are found here: to go through the routes below costs more than a small answer does.
    const handler = guard(request) ?? handlers.get(request.url.split('?', 1)[0] ?? '');
    if (handler !== undefined) return handler(request, response);
    next();
    return undefined;
  });
  // For addresses in other forms, of which Express knows the path (RFC 9112 §3.2.2).
  for (const [path, handler] of handlers) router.all(path, (request, response) => handler(request, response));
  return router;
}

/**
 * One router below `basePath` and nothing else; every other path gets `otherwise`. Without Express's application around it,
 * which gives each request and answer another prototype and so makes them slow to use; nothing here wants what those add.
 */
export function applicationOf(router: Router, basePath: string, otherwise: Handler): RequestListener {
  const root = basePath === '/' ? router : express.Router().use(basePath, router);
  return (request, response) => {
    root(request as Request, response as Response, (error: unknown) => {
      if (error === undefined || error === null) void otherwise(request, response);
      else response.destroy(); // Handlers throw nothing; Express would show a stack.
    });
  };
}
