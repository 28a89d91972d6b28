// One request with everything that its route needs. Nothing in it comes from Host or X-Forwarded-*: our own address is
// `serviceProvider.baseUrl` and nothing else.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SsoContext } from '../sso/context';
import type { Admission } from './admission';
import type { BodyRoom } from './bodies';

export interface Visit {
  readonly context: SsoContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Finds the log lines of this request; shown with a refusal. */
  readonly reference: string;
  /** Path below baseUrl, without the query. */
  readonly path: string;
  /** Without the question mark; undecoded. */
  readonly query: string;
  readonly admission: Admission;
  /** Whom the request counts against (http/client). */
  readonly client: string;
  /** For its body, until the answer stands. */
  readonly room: BodyRoom;
  /** What the request seems to be about, for a "Start again" link and the log. Unverified; set by the route. */
  about: { readonly connection?: string; readonly site?: string; readonly signIn?: string };
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'OPTIONS';

export interface Route {
  readonly path: string;
  readonly methods: Readonly<Partial<Record<Method, (visit: Visit) => Promise<void> | void>>>;
  /** How a refusal looks: to a person, or to the page's code. */
  readonly refusals: 'page' | 'json';
}

export function urlOf({ context }: Visit, path: string): string {
  return context.serviceProvider.baseUrl + path;
}
