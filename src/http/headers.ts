// The headers that every answer carries, and the Content-Security-Policy of each page.

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Set before a route runs; a route may replace Cache-Control and the policies. */
export function setCommonHeaders(response: ServerResponse, baseUrl: string): void {
  response.removeHeader('X-Powered-By');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Pragma', 'no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  // Our addresses carry challenges and tickets: no page that is reached from here may learn them.
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', NOTHING_AT_ALL);
  if (baseUrl.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

export interface PagePolicy {
  /** The page's own <style>. */
  readonly style?: string;
  /** The page's own <script>. */
  readonly script?: string;
  readonly formAction?: string;
}

/** Nothing but what a page brings itself, by hash. A text is one that was made here before. */
export function contentSecurityPolicy(policy: PagePolicy | string): string {
  if (typeof policy === 'string') return policy;
  const { style, script, formAction = "'none'" } = policy;
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${formAction}`,
    ...(style === undefined ? [] : [`style-src ${hashSource(style)}`, 'img-src data:']),
    ...(script === undefined ? [] : [`script-src ${hashSource(script)}`]),
  ].join('; ');
}

/**
 * Where a form may lead that ends at an IdP. Browsers apply form-action to every redirect of the submission as well, and an
 * IdP may send people on to hosts that no metadata names: so any host, but only by TLS. Plain http is for loopback set-ups.
 */
export function formActionTo(locations: readonly string[]): string {
  return locations.some((location) => location.startsWith('http:')) ? 'https: http:' : 'https:';
}

/** The policy of an answer that is no page. */
const NOTHING_AT_ALL = contentSecurityPolicy({});

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
