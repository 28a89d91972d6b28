// What the steps of the set-up have in common: a session before anything else, the frame with the way through the steps, and
// forms that only a page of the same session can send.

import { SsoError } from '../../core/errors';
import { draftOf, type DraftAtHand } from '../../admin/setup/test-sign-in';
import type { SetupSession } from '../../admin/setup/links';
import type { Html } from '../html';
import { wordsOf } from '../language';
import { hiddenInputs } from '../pages/hidden-inputs';
import type { Fields } from '../fields';
import type { Words } from '../text/words';
import { urlOf, type Visit } from '../visit';
import { readShortForm } from './form';
import { framedPage, type Frame } from './pages/frame';
import { logPath } from './log-paths';
import { requireFormToken, requireSession, sendPortalPage, type SetupParts } from './portal';
import { languageAt } from './routes/language';
import { brandOf, siteNameOf } from './site-name';

export const steps = [
  { path: '/setup/connect', label: 'step1' },
  { path: '/setup/values', label: 'step2' },
  { path: '/setup/metadata', label: 'step3' },
  { path: '/setup/domains', label: 'stepDomains' },
  { path: '/setup/test', label: 'step4' },
  { path: '/setup/activate', label: 'step5' },
] as const;
/** Domains are a step where they need a proof. */
const stepsOf = ({ context }: Visit): readonly (typeof steps)[number][] =>
  steps.filter(({ path }) => path !== '/setup/domains' || context.domainProofs !== undefined);

export type StepPath = (typeof steps)[number]['path'];

/** Everything that a step works with. */
export interface Step {
  readonly visit: Visit;
  readonly words: Words;
  readonly parts: SetupParts;
  readonly session: SetupSession;
  readonly draft: DraftAtHand;
}

export const withStep =
  (parts: SetupParts, work: (step: Step) => Promise<void> | void) =>
  async (visit: Visit): Promise<void> => {
    const session = await requireSession(visit, parts);
    const draft = await draftOf(visit.context, parts.documents, session.link.connection);
    await work({ visit, words: wordsOf(visit), parts, session, draft });
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
  const { visit, words, session, draft } = step;
  const { connection, endsAt } = session.link;
  const open = (path: StepPath): boolean =>
    path === '/setup/connect' ||
    path === '/setup/domains' ||
    path === at ||
    (path === '/setup/test' || path === '/setup/activate'
      ? draft.connection !== undefined
      : draft.value.product !== undefined);
  const frame: Frame = {
    ...{ words, title, connection, endsAt, ...more },
    switch: { url: addressOf(step, languageAt), back: at },
    site: siteNameOf(visit.context, connection),
    brand: brandOf(visit.context, connection),
    steps: [
      ...stepsOf(visit).map(({ path, label }, index) => ({
        label: `${String(index + 1)}. ${words.setup.frame[label]}`,
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
    ? [{ label: wordsOf(visit).log.title, current: false, href: urlOf(visit, logPath) }]
    : [];
