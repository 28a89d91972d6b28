// What the code of a site's page asks of us: JSON, from one of the site's origins (CORS), or from a site's backend, which has
// none. Never with cookies.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { readBody } from './body';
import type { Visit } from './visit';

const PREFLIGHT_SECONDS = '600';

export function answerPreflight(visit: Visit): void {
  admitOrigin(visit);
  const { response } = visit;
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Allow-Headers', 'content-type');
  response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
  response.statusCode = 204;
  response.end();
}

/**
 * An origin of no site is turned away before what it brings is looked at; whether it is one of the right site is known only
 * once that was read.
 * @returns undefined when no browser asks
 * @throws HTTP_ORIGIN_NOT_ALLOWED
 */
export function admitOrigin({ context, request, response }: Visit): string | undefined {
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined) return undefined;
  const known = [...context.sites.values()].some((site) => site.origins.includes(origin));
  if (!known) throw new SsoError('HTTP_ORIGIN_NOT_ALLOWED', { origin });
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
  return origin;
}

/** The members of the JSON object in the body. @throws HTTP_CONTENT_TYPE_UNSUPPORTED, HTTP_BODY_…, HTTP_BUSY */
export async function readMembers(
  visit: Visit,
  maxBytes: number = limits.jsonBytes,
): Promise<ReadonlyMap<string, unknown>> {
  const body = await readBody(visit, { type: 'application/json', maxBytes });
  const value = Buffer.isBuffer(body) ? parseJson(body) : body;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'not a JSON object' });
  }
  return new Map<string, unknown>(Object.entries(value));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'not JSON' }); // The parser's message would quote a secret.
  }
}
