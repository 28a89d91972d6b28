// Any error → one log line and one answer. The answer holds the table's sentence, the code and the reference; what was expected and
// received stays in the log. An unknown error is ours: its stack is logged without its message, which may quote input.

import { errorTable, visitorSentences } from '../core/error-table';
import { SsoError, type ErrorCode, type ErrorDetail } from '../core/errors';
import type { LogValue } from '../core/ports';
import { isMaskedLocalPart } from '../policy/masked-address';
import { startPageUrl } from '../sso/begin-login';
import { refusalPage } from './pages/refusal';
import { sendJson, sendPage } from './reply';
import type { Route, Visit } from './visit';

/** Longest text of a detail in the log: an IdP may send what it likes. */
const DETAIL_CHARS = 200;
const DETAIL_ITEMS = 10;
/** Seconds: what is busy passes in a moment. */
const RETRY_AFTER = '2';

export function refuse(visit: Visit, error: unknown, refusals: Route['refusals']): void {
  const code = error instanceof SsoError ? error.code : 'INTERNAL_ERROR';
  log(visit, code, error);
  const { response } = visit;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, visitor } = errorTable[code];
  if (status === 503) response.setHeader('Retry-After', RETRY_AFTER);
  const message = visitorSentences[visitor];
  const { reference } = visit;
  if (refusals === 'json') sendJson(visit, status, { error: code, message, reference });
  else {
    const page = refusalPage({ message, reference, code, startAgain: startAgainUrl(visit, error) });
    sendPage(visit, status, page);
  }
}

function log(visit: Visit, code: ErrorCode, error: unknown): void {
  const { reference, path, about, context } = visit;
  if (error instanceof SsoError) {
    const fields = { ...about, ...error.detail, reference, code, path };
    context.log(errorTable[code].level, 'refused', capped(fields));
    return;
  }
  const name = error instanceof Error ? error.name : typeof error;
  context.log('error', 'failed', {
    ...capped({ ...about, reference, code, path, error: name }),
    stack: frames(error),
  });
}

function frames(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, DETAIL_ITEMS);
}

function capped(detail: ErrorDetail): ErrorDetail {
  return Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, cappedValue(value)]));
}

function cappedValue(value: LogValue): LogValue {
  if (typeof value === 'string') return cappedText(value);
  return typeof value === 'object' ? value.slice(0, DETAIL_ITEMS).map(cappedText) : value;
}

/** An IdP that refuses somebody likes to say whom; whom, the log does not keep. The domain helps and stays. */
const ADDRESS = /[^\s@<>"'(]+@/g;

function cappedText(text: string): string {
  const short = text.length > DETAIL_CHARS ? `${text.slice(0, DETAIL_CHARS)}…` : text;
  return short.replace(ADDRESS, (localPart) => (isMaskedLocalPart(localPart) ? localPart : '…@'));
}

/**
 * Where a person can begin anew. A hint from the request only chooses among the configured sites; it never becomes an
 * address. Undefined when several sites could be meant.
 */
function startAgainUrl({ context, about }: Visit, error: unknown): string | undefined {
  const detail: ErrorDetail = error instanceof SsoError ? error.detail : {};
  const named = [about.connection, detail['connection']].find((value) => typeof value === 'string');
  const connection = typeof named === 'string' ? context.connections.get(named) : undefined;
  const [onlySite, ...otherSites] = context.sites.values();
  const site =
    context.sites.get(connection?.site ?? about.site ?? '') ??
    (otherSites.length === 0 ? onlySite : undefined);
  if (site === undefined) return undefined;
  return connection === undefined ? site.url : startPageUrl(site, connection.name, '/');
}
