// Any error → one log line and one answer. The answer holds the table's sentence, the code and the reference; what was expected and
// received stays in the log. An unknown error is ours: its stack is logged without its message, which may quote input.

import { errorTable, visitorSentences } from '../core/error-table';
import { mapTexts, SsoError, type ErrorCode } from '../core/errors';
import { limits } from '../core/limits';
import { cut } from '../core/text';
import { isMaskedLocalPart } from '../policy/masked-address';
import { remedyOf } from '../core/remedies';
import { startPageUrl } from '../sso/begin-login';
import type { ConnectionSettings } from '../sso/connection';
import type { SiteWithExchange } from '../sso/context';
import { errorUrlFor } from '../sso/error-url';
import { wordsOf } from './language';
import { isLasting, refusalPage, type RefusalView } from './pages/refusal';
import { sendJson, sendPage } from './reply';
import type { Route, Visit } from './visit';

/** Frames of a stack in the log. */
const FRAMES = 10;
/** Seconds: what is busy passes in a moment; metadata of an IdP comes back in minutes. */
const RETRY_AFTER = '2';
const RETRY_CONNECTION_AFTER = '60';

export function refuse(visit: Visit, error: unknown, refusals: Route['refusals']): void {
  const code = error instanceof SsoError ? error.code : 'INTERNAL_ERROR';
  report(visit, code, error);
  const { response } = visit;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, visitor } = errorTable[code];
  if (status === 503) {
    response.setHeader('Retry-After', visitor === 'away' ? RETRY_CONNECTION_AFTER : RETRY_AFTER);
  }
  const { reference } = visit;
  // In English, for whoever writes the page's code; the site says it in the visitor's language.
  if (refusals === 'json')
    sendJson(visit, status, { error: code, message: visitorSentences[visitor], reference });
  else {
    sendPage(
      visit,
      status,
      refusalPage({
        words: wordsOf(visit),
        ...(visit.path === singleLogoutPath && aboutSignIn.has(visitor) ? { isSignOut: true } : {}),
        reference,
        code,
        remedy: remedyFor(code, error),
        ...surroundings(visit, code, error),
      }),
    );
  }
}

/** What these say is of a sign-in that failed, which is not what a person who signs out wants to hear. */
const aboutSignIn: ReadonlySet<string> = new Set(['again', 'expired', 'used', 'rejected', 'idp']);
/** Of routes/single-logout. */
const singleLogoutPath = '/saml/slo';

function report(visit: Visit, code: ErrorCode, error: unknown): void {
  const { reference, context } = visit;
  const path = masked(visit.path);
  const about = mapTexts(visit.about, masked);
  if (error instanceof SsoError) {
    const detail = mapTexts(error.detail, masked);
    context.events.emit({ type: 'refused', ...about, ...detail, reference, code, path });
    return;
  }
  const name = error instanceof Error ? masked(error.name) : typeof error;
  const stack = frames(error);
  context.events.emit({ type: 'failed', ...about, reference, code, path, error: name, stack });
}

function frames(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, FRAMES);
}

/** An IdP that refuses somebody likes to say whom; whom, the log does not keep. The domain helps and stays. */
const ADDRESS = /[^\s@<>"'(]+@/g;

const masked = (text: string): string =>
  cut(text, limits.detailChars).replace(ADDRESS, (localPart) =>
    isMaskedLocalPart(localPart) ? localPart : '…@',
  );

const remedyFor = (code: ErrorCode, error: unknown): string =>
  remedyOf(code, error instanceof SsoError ? error.detail : {});

/**
 * Which site, whom to ask, where to begin anew. A hint from the request only chooses among what is configured; it never
 * becomes an address.
 */
function surroundings(
  { context, about, reference }: Visit,
  code: ErrorCode,
  error: unknown,
): Omit<RefusalView, 'words' | 'reference' | 'code' | 'remedy'> {
  const at = context.clock.now();
  // Whoever tries links learns nothing of what they are for.
  if (errorTable[code].visitor === 'link') return { at };
  const named = about.connection ?? (error instanceof SsoError ? error.detail.connection : undefined);
  const entry = named === undefined ? undefined : context.connections.byName(named);
  const connection = entry?.settings;
  const [onlySite, ...otherSites] = context.sites.values();
  const site =
    context.sites.get(connection?.site ?? about.site ?? '') ??
    (otherSites.length === 0 ? onlySite : undefined);
  if (site === undefined) return { at };
  if (connection === undefined) return { at, site, startAgain: site.url, ...contactOf(site, undefined) };
  const refused = { code, at, reference, serviceProvider: context.serviceProvider.entityId };
  const ready = context.connections.ready.get(connection.name);
  const errorUrl = ready === undefined ? undefined : errorUrlFor(ready, refused);
  return {
    at,
    site,
    startAgain: isLasting(code) ? site.url : startPageUrl(site, connection.name, '/'),
    ...(errorTable[code].visitor === 'member'
      ? { anotherAccount: startPageUrl(site, connection.name, '/', { forceAuthn: true }) }
      : {}),
    ...contactOf(site, connection),
    ...(errorUrl === undefined ? {} : { errorUrl }),
  };
}

function contactOf(
  site: SiteWithExchange,
  connection: ConnectionSettings | undefined,
): { contactEmail?: string } {
  const contactEmail = connection?.contactEmail ?? site.contactEmail;
  return contactEmail === undefined ? {} : { contactEmail };
}
