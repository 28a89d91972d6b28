// One error for every refusal. `detail` (expected/received) is for the log and the administrator's trace;
// a visitor only ever sees the table's sentence and a reference id. A programmer's mistake is a TypeError instead.

import type { ErrorCode } from './error-table';
import type { LogValue } from './ports';

export type { ErrorCode } from './error-table';

/** What was expected and what came, in words that hold no secret. Values from the IdP are unverified text. */
export type ErrorDetail = Readonly<Record<string, LogValue>>;

/** A refusal: stable code, detail for the log, optional cause. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }
}
