// `via: httpFunction`: posts to `{site.url}/_functions/…`, as anybody on the web could; the signature inside is what counts.
// Sends no credential, follows no redirect, reads a bounded answer within a bounded time.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { SiteFunctions } from './exchange';
import { openHttpPool, PostFailure } from './http-pool';

/** @param siteUrl without trailing slash; may carry a path */
export function openHttpFunctions(siteUrl: string, timeoutMs: number = limits.wixTimeoutMs): SiteFunctions {
  const { origin, pathname } = new URL(siteUrl);
  const base = pathname.replace(/\/$/, '');
  const pool = openHttpPool(origin, { timeoutMs, answerBytes: limits.wixAnswerBytes });
  return {
    async post(name, body) {
      try {
        return await pool.postJson(`${base}/_functions/${name}`, body);
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close: () => pool.close(),
  };
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof PostFailure)) return error;
  const detail = { problem: error.problem };
  if (error.reason === 'timeout') return new SsoError('WIX_TIMEOUT', detail);
  if (error.reason === 'tooLarge') return new SsoError('WIX_ANSWER_INVALID', detail);
  return new SsoError('WIX_UNAVAILABLE', detail);
}
