// What the steps of the set-up have in common: a session before anything else, the frame with the way through the steps, and
// forms that only a page of the same session can send.

import { SsoError } from '../../core/errors';
import { draftOf, type DraftAtHand } from '../../admin/setup/test-sign-in';
import type { SetupSession } from '../../admin/setup/links';
import type { Html } from '../html';
import { hiddenInputs } from '../pages/hidden-inputs';
import type { Fields } from '../fields';
import { urlOf, type Visit } from '../visit';
import { readShortForm } from './form';
import { framedPage, type Frame } from './pages/frame';
import { logPath, logWords } from './pages/log-words';
import { requireFormToken, requireSession, sendPortalPage, type SetupParts } from './portal';
import { siteNameOf } from './site-name';

export const steps = [
  { path: '/setup/connect', label: '1. Your system' },
  { path: '/setup/values', label: '2. Our values' },
  { path: '/setup/metadata', label: '3. Your metadata' },
  { path: '/setup/test', label: '4. Test' },
  { path: '/setup/activate', label: '5. Activate' },
] as const;
export type StepPath = (typeof steps)[number]['path'];

/** Everything that a step works with. */
export interface Step {
  readonly visit: Visit;
  readonly parts: SetupParts;
  readonly session: SetupSession;
  readonly draft: DraftAtHand;
}

export const withStep =
  (parts: SetupParts, work: (step: Step) => Promise<void> | void) =>
  async (visit: Visit): Promise<void> => {
    const session = await requireSession(visit, parts);
    const draft = await draftOf(visit.context, parts.documents, session.link.connection);
    await work({ visit, parts, session, draft });
  };

export interface FormRules {
  readonly maxBytes?: number;
  /** It changes the draft: then the page must have shown the draft as it is, and not what somebody else has changed since. */
  readonly changes?: true;
}

/** @throws SETUP_FORM_FOREIGN, SETUP_CONFLICT, HTTP_… (rejects) */
export async function readStepForm<Name extends string>(
  { visit, session, draft }: Step,
  names: readonly Name[],
  { maxBytes, changes }: FormRules = {},
): Promise<Fields<Name>> {
  const all: readonly (Name | 'token' | 'draft')[] = [...names, 'token', 'draft'];
  const fields: Fields<Name | 'token' | 'draft'> = await readShortForm(visit, all, maxBytes);
  requireFormToken(session, fields.token);
  if (changes === true && fields.draft !== draft.version)
    throw new SsoError('SETUP_CONFLICT', { connection: session.link.connection });
  return fields;
}

/** What every form carries: whose it is, and which draft it shows. */
export const ownInputs = ({ session, draft }: Step): readonly Html[] =>
  hiddenInputs([
    ['token', session.formToken],
    ['draft', draft.version],
  ]);

/** Where a step leads to or is posted to. */
export const addressOf = ({ visit }: Pick<Step, 'visit'>, path: string): string => urlOf(visit, path);

interface Shown extends Pick<Frame, 'formAction'> {
  readonly title: string;
  readonly at: StepPath;
  readonly status?: number;
}

export function sendStep(step: Step, { title, at, status = 200, ...more }: Shown, content: Html): void {
  const { visit, session, draft } = step;
  const { connection, endsAt } = session.link;
  const open = (path: StepPath): boolean =>
    path === '/setup/connect' ||
    path === at ||
    (path === '/setup/test' || path === '/setup/activate'
      ? draft.connection !== undefined
      : draft.value.product !== undefined);
  const frame: Frame = {
    ...{ title, connection, endsAt, ...more },
    site: siteNameOf(visit.context, connection),
    steps: [
      ...steps.map(({ path, label }) => ({
        label,
        current: path === at,
        ...(open(path) ? { href: addressOf(step, path) } : {}),
      })),
      ...logStep(visit, connection),
    ],
  };
  sendPortalPage(visit, status, framedPage(frame, content));
}

/** The log is there as soon as people sign in. */
const logStep = (visit: Visit, connection: string): Frame['steps'] =>
  visit.context.connections.ready.has(connection)
    ? [{ label: logWords.title, current: false, href: urlOf(visit, logPath) }]
    : [];
