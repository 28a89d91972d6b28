// What a host application sees of a service provider: what it may hand in, and what it gets. Types alone, without keys, stores
// or Express, so that a host compiles none of those.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EventType, SsoEvent } from '../core/events';
import type { Clock, LogLevel, LogValue, Random } from '../core/ports';

/** One structured line per event. Never given a token, ticket, assertion, key or an e-mail in clear. */
export type Log = (level: LogLevel, event: string, fields?: Readonly<Record<string, LogValue>>) => void;

type Noted<T extends EventType> = Omit<Extract<SsoEvent, { readonly type: T }>, 'type'>;

/**
 * What became of a sign-in. `accepted`: the answer of the IdP passed every check, and the browser takes a ticket to the site.
 * `completed`: the ticket became a session token, so the member is signed in there. `refused`: at any step; `code` says why.
 * The steps of one sign-in have the same `signIn`; a refusal has it when the request could be told. The fields are those of the
 * events `login.accepted`, `ticket.redeemed` and `refused` (docs/events.md): no token, no key, and `member` is a keyed hash.
 */
export type SignInNotice =
  | (Noted<'login.accepted'> & { readonly outcome: 'accepted' })
  | (Noted<'ticket.redeemed'> & { readonly outcome: 'completed' })
  | (Noted<'refused'> & { readonly outcome: 'refused' });

/** A request listener for `node:http`; also fits `app.use(…)` of Express 4 and 5 and of Connect. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface AppOptions {
  /** Where log lines go. Default: standard output, as `log.level` and `log.format` say. */
  readonly log?: Log;
  /** Variables of the process, for NO_COLOR and TERM. Without them our own log has no colours. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Told of each sign-in, in the middle of answering it: do no long work here. Its notice is a frozen copy. It decides nothing:
   * what it throws, or rejects with, becomes the event `hook.failed`, and nobody waits for its promise.
   */
  readonly onSignIn?: (notice: SignInNotice) => void | Promise<void>;
  /** What time it is, for every check and every lifetime. Default: the clock of this machine. */
  readonly clock?: Clock;
  /** Where identifiers, tickets and keys of the process come from. It must be fit for keys. Default: that of Node. */
  readonly random?: Random;
}

/** A service provider that is ready to be mounted or listened with. */
export interface App {
  /** Answers every path; unknown ones with 404. Expects the whole path of `serviceProvider.baseUrl`. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /**
   * Answers its own paths below its mount point and calls `next` for all others. Mount it at the path of
   * `serviceProvider.baseUrl` (anywhere else it answers 500, `HTTP_MOUNT_MISMATCH`) and before body parsers.
   */
  readonly router: RequestHandler;
  /** Resolves when the self-test has passed and `/readyz` says 200; rejects when it failed, and `/readyz` stays 503. */
  readonly ready: Promise<void>;
  /** Lets `/readyz` answer 503 from now on, so that a load balancer sends nobody new. */
  readonly retire: () => void;
  readonly log: Log;
  /** Closes the state store and the connections to the sites. Requests after that are refused. */
  readonly close: () => Promise<void>;
}

/** A listening service. */
export interface Running {
  /** Where it listens; the public address is `serviceProvider.baseUrl`. */
  readonly host: string;
  readonly port: number;
  /** Stops accepting, lets requests in flight finish within 10 s, closes the store. */
  readonly stop: () => Promise<void>;
}
