// One error for every refusal. `detail` (expected/received) is for the log and the administrator's trace;
// a visitor only ever sees the table's sentence and a reference id. A programmer's mistake is a TypeError instead.

import type { ErrorCode } from './error-table';
import type { ErrorDetail } from './event-fields';
import { limits } from './limits';
import { cut } from './text';

export type { ErrorCode } from './error-table';
export type { ErrorDetail } from './event-fields';

/** A refusal: stable code, detail for the log, optional cause. Cuts the detail down, so that whoever throws need not. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = mapTexts(detail, (text) => cut(text, limits.detailChars));
  }
}

/** The detail with every text of it changed; as many fields, and texts in a list, as a detail can have. */
export function mapTexts(detail: ErrorDetail, change: (text: string) => string): ErrorDetail {
  const entries: [string, string | number | boolean | readonly string[] | undefined][] = Object.entries(
    detail,
  ).slice(0, limits.detailFields);
  const mapped = entries.map(([name, value]) => {
    if (typeof value === 'string') return [name, change(value)];
    return [name, typeof value === 'object' ? value.slice(0, limits.detailItems).map(change) : value];
  });
  return Object.fromEntries(mapped) as ErrorDetail;
}
