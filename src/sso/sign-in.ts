// A request id → the name that joins the log lines of one sign-in: three requests, three references, one `signIn`.
// Only a hash of the id is ever written: the id itself opens the pending request (stores/sealed-store). Anybody can send
// an id, so the name proves nothing and decides nothing.

import { createHash } from 'node:crypto';
import { mapTexts, SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { peekConnection } from './pending-request';

/** Hexadecimal digits: enough to tell the sign-ins of a log file apart. */
const SIGN_IN_CHARS = 10;
/** A request id of ours inside a text, also when the cap has cut off its connection. */
const REQUEST_IDS = /_[0-9a-f]{40}(?:-[a-z0-9-]{1,32})?/g;
/** What the cap left of one at the end of a text. */
const CUT_REQUEST_ID = /_[0-9a-f]{1,39}$/;

/** The first 10 hexadecimal digits of SHA-256 of the request id. */
export function signInOf(requestId: string): string {
  return createHash('sha256').update(requestId).digest('hex').slice(0, SIGN_IN_CHARS);
}

/** For a text that anybody may have sent: undefined when it has not the form of our request ids. */
export function peekSignIn(requestId: string | undefined): string | undefined {
  return requestId === undefined || peekConnection(requestId) === undefined ? undefined : signInOf(requestId);
}

/** The same refusal with `signIn`, and with every request id in its detail replaced by its `signIn`. Others pass as they are. */
export function nameSignIn(error: unknown, requestId: string | undefined): unknown {
  if (!(error instanceof SsoError)) return error;
  const signIn = peekSignIn(requestId);
  const detail = mapTexts(error.detail, withoutRequestIds);
  return new SsoError(error.code, signIn === undefined ? detail : { signIn, ...detail }, error);
}

function withoutRequestIds(text: string): string {
  const whole = text.length < limits.detailChars ? text : text.replace(CUT_REQUEST_ID, '');
  return whole.replace(REQUEST_IDS, (id) => `signIn ${signInOf(id)}`);
}
