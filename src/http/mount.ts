// Where a host has mounted us, against where `serviceProvider.baseUrl` says we are. In another place an IdP's answer would never
// arrive, or arrive with a Destination that is not ours, and nobody would learn why.

import type { IncomingMessage } from 'node:http';
import type { Events } from '../core/events';

/** Two paths; `/` for the root. */
export interface Mismatch {
  readonly expected: string;
  readonly received: string;
}

const hint =
  'Mount the router at the path of `serviceProvider.baseUrl`, or correct `baseUrl`. A proxy in front must pass the path on unchanged.';

export class MountCheck {
  readonly #expected: string;
  readonly #events: Events;
  #hasTold = false;

  constructor(baseUrl: string, events: Events) {
    this.#expected = rootOr(new URL(baseUrl).pathname);
    this.#events = events;
  }

  /** What does not fit; the first time it is an event besides. Undefined when all is right, or a host has rewritten the path. */
  mismatchOf(request: IncomingMessage): Mismatch | undefined {
    const mount = mountOf(request);
    // Express compares paths without regard to case; a visitor's spelling is no mistake of the host.
    if (mount === undefined || mount.toLowerCase() === this.#expected.toLowerCase()) return undefined;
    const mismatch = { expected: this.#expected, received: mount };
    if (!this.#hasTold) {
      this.#hasTold = true;
      this.#events.emit({ type: 'app.wrongMount', ...mismatch, hint });
    }
    return mismatch;
  }

  /** The path below our public address that a request was meant for; undefined for other paths of the host. */
  ownPathOf(request: IncomingMessage): string | undefined {
    const path = pathOf(originalUrlOf(request) ?? '');
    const base = this.#expected === '/' ? '' : this.#expected;
    return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
  }
}

const rootOr = (path: string): string => path.replace(/\/+$/, '') || '/';
const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

/** Express, its router and Connect keep the whole address here, and leave in `url` what is below the mount point. */
function originalUrlOf(request: IncomingMessage): string | undefined {
  const given: unknown = 'originalUrl' in request ? request.originalUrl : undefined;
  return typeof given === 'string' ? given : undefined;
}

function mountOf(request: IncomingMessage): string | undefined {
  const { url = '' } = request;
  const original = originalUrlOf(request);
  if (original?.endsWith(url) !== true) return undefined;
  return rootOr(original.slice(0, original.length - url.length));
}
