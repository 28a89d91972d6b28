// A site's answer → a session token, or the reason why there is none. Judges status and shape strictly; never passes on
// text of the answer but the site's own error code, and never lets the token be printed.

import { inspect } from 'node:util';
import { SsoError, type ErrorCode, type ErrorDetail } from '../core/errors';

/** What came back over HTTP, bounded in size by whoever fetched it. */
export interface SiteAnswer {
  readonly status: number;
  readonly body: string;
  /** The header `Retry-After`, as it came. */
  readonly retryAfter?: string;
}

/** A JWS of about 600 characters; printable ASCII without blanks, whatever else Wix makes of it one day. */
const TOKEN_FORM = /^[\x21-\x7e]{1,8192}$/;
const ERROR_CODE_FORM = /^[A-Z][A-Z0-9_]{0,63}$/;
const SECONDS_FORM = /^[0-9]{1,5}$/;

const REFUSALS = new Map<number, ErrorCode>([
  [401, 'WIX_ASSERTION_REFUSED'],
  [404, 'WIX_FUNCTION_MISSING'],
  // Every attempt has a fresh `jti`: one that was used before means that somebody replays us, or random repeats.
  [409, 'WIX_ASSERTION_REFUSED'],
  [429, 'WIX_RATE_LIMITED'],
  [504, 'WIX_TIMEOUT'],
]);

/** Codes of `wix-site/backend/wix-saml-refusal.js` that no second attempt changes: somebody has to mend the site. */
const NOT_READY: ReadonlySet<string> = new Set([
  'SITE_CONFIGURATION_MISSING',
  'SITE_CONFIGURATION_INVALID',
  'SITE_MINT_NOT_INSTALLED',
]);

/** Codes of the same file that say more about the member than that the site refuses. */
const MEMBER_REFUSALS: ReadonlyMap<string, ErrorCode> = new Map([
  ['SITE_MEMBER_BLOCKED', 'WIX_MEMBER_BLOCKED'],
  ['SITE_MEMBER_PENDING', 'WIX_MEMBER_PENDING'],
  ['SITE_MEMBER_UNVERIFIED', 'WIX_MEMBER_UNVERIFIED'],
]);

let mint: (value: string) => SessionToken;

/** A bearer secret of about 120 s of life. Passes through memory once; printing it shows "[secret]". */
export class SessionToken {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  static {
    mint = (value) => new SessionToken(value);
  }

  /** The token itself, for the one answer that carries it to the page. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** Accepts `200 { "sessionToken": "…" }`; throws a WIX_… SsoError for everything else. */
export function readSessionToken(answer: SiteAnswer): SessionToken {
  const sessionToken = readAnswer(answer).get('sessionToken');
  if (typeof sessionToken !== 'string' || !TOKEN_FORM.test(sessionToken)) {
    throw new SsoError('WIX_ANSWER_INVALID', { status: 200, problem: 'no usable sessionToken' });
  }
  return mint(sessionToken);
}

/** The members of a 200 answer's JSON object; throws a WIX_… SsoError for every other answer. */
export function readAnswer(answer: SiteAnswer): ReadonlyMap<string, unknown> {
  const { status } = answer;
  if (status >= 300 && status < 400) throw new SsoError('WIX_REDIRECTED', { status });
  const members = jsonMembers(answer.body);
  if (status !== 200) {
    const detail = refusalDetail(answer, members);
    throw new SsoError(refusalOf(status, String(detail.siteError)), detail);
  }
  if (members === undefined)
    throw new SsoError('WIX_ANSWER_INVALID', { status, problem: 'not a JSON object' });
  return members;
}

function refusalOf(status: number, siteError: string): ErrorCode {
  if (NOT_READY.has(siteError)) return 'WIX_SITE_NOT_READY';
  if (status === 403) return MEMBER_REFUSALS.get(siteError) ?? 'WIX_MEMBER_REFUSED';
  return REFUSALS.get(status) ?? (status >= 500 && status < 600 ? 'WIX_UNAVAILABLE' : 'WIX_ANSWER_INVALID');
}

function refusalDetail(
  { status, retryAfter }: SiteAnswer,
  members: ReadonlyMap<string, unknown> | undefined,
): ErrorDetail {
  const siteError = members?.get('error');
  return {
    status,
    ...(typeof siteError === 'string' && ERROR_CODE_FORM.test(siteError) ? { siteError } : {}),
    // Seconds (RFC 9110 §10.2.3); a date would need the clock of whoever wrote it.
    ...(retryAfter !== undefined && SECONDS_FORM.test(retryAfter) ? { retryAfter: Number(retryAfter) } : {}),
  };
}

function jsonMembers(body: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map<string, unknown>(Object.entries(value));
  } catch {
    return undefined; // The parser's message would quote the answer.
  }
}
