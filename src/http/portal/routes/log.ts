// The sign-in log of a connection, for the holder of a link: list, one attempt, CSV. It shows and changes nothing. An address
// that somebody looks for comes in a form and goes on as its keyed hash, so that no address stands in an address bar.

import { SsoError } from '../../../core/errors';
import { attemptsAsCsv } from '../../../admin/sign-in-log/csv';
import {
  attemptStates,
  readAttempts,
  type Attempt,
  type AttemptFilter,
} from '../../../admin/sign-in-log/attempts';
import type { SetupSession } from '../../../admin/setup/links';
import { productOf } from '../../../admin/idps/index';
import { parseEmail } from '../../../policy/email';
import { readFields } from '../../fields';
import type { Html } from '../../html';
import { wordsOf } from '../../language';
import { hiddenInputs } from '../../pages/hidden-inputs';
import { redirect, sendText } from '../../reply';
import { named } from '../../text/values';
import type { Words } from '../../text/words';
import { urlOf, type Route, type Visit } from '../../visit';
import { inLine, readShortForm } from '../form';
import { attemptContent } from '../pages/attempt';
import { framedPage } from '../pages/frame';
import { logContent, queryOf, type ShownFilter } from '../pages/log-table';
import { attemptPath, logCsvPath, logPath } from '../log-paths';
import { requireAnySession, requireFormToken, sendPortalPage, type SetupParts } from '../portal';
import { brandOf, siteNameOf } from '../site-name';
import { languageAt } from './language';

const PAGE_ROWS = 100;
/** About what reading a log takes of memory; it stands in the line of those who are not known. */
const READING_BYTES = 1024 * 1024;

export const logRoute = (parts: SetupParts): Route => ({
  path: logPath,
  methods: { GET: (visit) => show(visit, parts), POST: (visit) => lookFor(visit, parts) },
  refusals: 'page',
});

export const attemptRoute = (parts: SetupParts): Route => ({
  path: attemptPath,
  methods: { GET: (visit) => showOne(visit, parts) },
  refusals: 'page',
});

export const logCsvRoute = (parts: SetupParts): Route => ({
  path: logCsvPath,
  methods: { GET: (visit) => download(visit, parts) },
  refusals: 'page',
});

async function show(visit: Visit, parts: SetupParts): Promise<void> {
  const session = await requireAnySession(visit, parts);
  const filter = filterOf(visit);
  const all = await attemptsOf({ visit, parts, session }, readFilter(filter));
  const attempts = all.slice(0, PAGE_ROWS);
  const words = wordsOf(visit);
  const content = logContent({
    ...{ words, attempts, filter },
    isOff: parts.keepsLog?.() === false,
    olderBefore: all.length > PAGE_ROWS ? attempts.at(-1)?.at : undefined,
    own: hiddenInputs([['token', session.formToken]]),
    urlOf: (path) => urlOf(visit, path),
  });
  sendLogPage(visit, session, { words, title: words.log.title, content });
}

async function showOne(visit: Visit, parts: SetupParts): Promise<void> {
  const session = await requireAnySession(visit, parts);
  const { reference: id } = readFields(visit.query, ['reference']);
  const [attempt] = id === undefined ? [] : await attemptsOf({ visit, parts, session }, { id });
  if (attempt === undefined) throw new SsoError('HTTP_NOT_FOUND');
  const ready = visit.context.connections.ready.get(session.link.connection);
  const product = ready && productOf(ready.identityProvider);
  const words = wordsOf(visit);
  const content = attemptContent({
    ...{ attempt, product: product && named(product.name), words },
    backUrl: urlOf(visit, logPath),
  });
  sendLogPage(visit, session, { words, title: words.log.attempt, content });
}

async function download(visit: Visit, parts: SetupParts): Promise<void> {
  const session = await requireAnySession(visit, parts);
  const attempts = await attemptsOf({ visit, parts, session }, readFilter(filterOf(visit)));
  const name = `sign-ins-${session.link.connection}.csv`;
  visit.response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  const text = attemptsAsCsv(attempts);
  sendText(visit.response, { status: 200, type: 'text/csv; charset=utf-8', text });
}

async function lookFor(visit: Visit, parts: SetupParts): Promise<void> {
  const session = await requireAnySession(visit, parts);
  const { token, address } = await readShortForm(visit, ['token', 'address']);
  requireFormToken(session, token);
  const email = address === undefined ? undefined : parseEmail(address.trim());
  if (email === undefined)
    throw new SsoError('HTTP_FIELD_INVALID', {
      field: 'address',
      form: 'an address such as ada@acme.example',
    });
  const person = visit.context.pseudonym(email.address);
  redirect(visit, 303, urlOf(visit, logPath + queryOf({ person })));
}

interface Asking {
  readonly visit: Visit;
  readonly parts: SetupParts;
  readonly session: SetupSession;
}

/** Of the connection of the link, whatever the request says. */
function attemptsOf({ visit, parts, session }: Asking, filter: AttemptFilter): Promise<readonly Attempt[]> {
  const now = visit.context.clock.now();
  return inLine(visit, READING_BYTES, () =>
    readAttempts(parts.documents, session.link.connection, { now, filter }),
  );
}

const filterOf = ({ query }: Visit): ShownFilter =>
  readFields(query, ['state', 'code', 'reference', 'person', 'before']);

const readFilter = ({ state, code, reference, person, before }: ShownFilter): AttemptFilter => ({
  state: attemptStates.find((each) => each === state),
  ...{ code: code?.trim(), person },
  id: reference?.trim(),
  before: before !== undefined && /^\d{1,15}$/.test(before) ? Number(before) : undefined,
});

function sendLogPage(
  visit: Visit,
  { link }: SetupSession,
  { words, title, content }: { readonly words: Words; readonly title: string; readonly content: Html },
): void {
  const { connection, endsAt, scope } = link;
  const own = { label: words.log.title, current: true, href: urlOf(visit, logPath) };
  const setup = { label: words.log.setup, current: false, href: urlOf(visit, '/setup/connect') };
  const frame = {
    ...{ words, title, connection, endsAt },
    switch: { url: urlOf(visit, languageAt), back: logPath },
    site: siteNameOf(visit.context, connection),
    brand: brandOf(visit.context, connection),
    steps: scope === 'setup' ? [setup, own] : [],
  };
  sendPortalPage(visit, 200, framedPage(frame, content));
}
