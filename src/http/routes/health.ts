// GET /healthz: the process answers. GET /readyz: it can sign people in, so the store answers and nothing is shutting down.

import { SsoError } from '../../core/errors';
import { sendJson } from '../reply';
import type { Route, Visit } from '../visit';

const alive = (visit: Visit): void => sendJson(visit, 200, { status: 'ok' });

export const healthRoute: Route = {
  path: '/healthz',
  methods: { GET: alive, HEAD: alive },
  refusals: 'json',
};

/** @param isReady false before the self-test has passed and while the process is stopping */
export function readyRoute(isReady: () => boolean): Route {
  const ready = async (visit: Visit): Promise<void> => {
    if (!isReady()) throw new SsoError('HTTP_NOT_READY');
    await visit.context.store.ping();
    // A site that is away keeps only its own members waiting, so it makes nobody unready.
    const away = [...visit.context.sites.values()].filter(
      ({ state }) => (state?.() ?? 'closed') !== 'closed',
    );
    const sitesDown = away.map(({ name }) => name);
    sendJson(visit, 200, { status: 'ready', ...(sitesDown.length === 0 ? {} : { sitesDown }) });
  };
  return { path: '/readyz', methods: { GET: ready, HEAD: ready }, refusals: 'json' };
}
