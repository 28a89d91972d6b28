// What a person reads when a sign-in was refused: a sentence, what to do next, whom to tell, and for their administrator the
// reference that finds the log line and the code that finds the remedy. Holds no text of the request, and of the IdP only
// the address of its page of help, out of its metadata.

import { errorTable } from '../../core/error-table';
import type { ErrorCode } from '../../core/errors';
import { markup, type Html } from '../html';
import type { Page } from '../reply';
import { pageLayout, pageStyle } from './layout';

export interface RefusalView {
  readonly message: string;
  readonly reference: string;
  readonly code: ErrorCode;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Absent when it is not known which site is meant. */
  readonly site?: { readonly displayName: string };
  /** Address on the site that starts again, or goes on where the person is signed in. */
  readonly startAgain?: string;
  /** The same, with a fresh sign-in at the IdP, for a person with a second account. */
  readonly anotherAccount?: string;
  /** Whom to tell. */
  readonly contactEmail?: string;
  /** For the administrator, in the draft of a mail. */
  readonly remedy: string;
  /** It was no sign-in that was refused. */
  readonly isSignOut?: boolean;
  /** The IdP's own page of help. */
  readonly errorUrl?: string;
}

export function refusalPage(view: RefusalView): Page {
  const { message, reference, code, site } = view;
  const [heading, label] = wordsFor(code, view.isSignOut);
  const content = markup`<h1>${heading}</h1>
${site === undefined ? undefined : markup`<p class="site"><bdi>${site.displayName}</bdi></p>`}
<p>${message}</p>
${actions(view, label)}
${help(view)}
<p class="reference">Reference: <code>${reference}</code><br>Code: <code>${code}</code><br>Time: ${timeOf(view)}</p>`;
  return { html: pageLayout(heading, content), policy: { style: pageStyle } };
}

/** Starting again would end on the same page, until somebody else has done something. */
export const isLasting = (code: ErrorCode): boolean =>
  ['setup', 'blocked', 'pending', 'unverified', 'signOut'].includes(errorTable[code].visitor);

function wordsFor(code: ErrorCode, isSignOut = false): readonly [heading: string, startAgain: string] {
  const { visitor } = errorTable[code];
  // Whoever opens the service's own address, or an old link, did not try to sign in.
  if (visitor === 'request') return ['This address does not work', 'Go to the site'];
  if (visitor === 'link') return ['This set-up link does not work', 'Go to the site'];
  if (visitor === 'changed') return ['Someone else changed this', 'Go to the site'];
  if (visitor === 'away') return ['Sign-in is not available right now', 'Try again'];
  if (visitor === 'signOut' || isSignOut) return ['Signing out was not completed', 'Go to the site'];
  if (visitor === 'used') return ['Already used', 'Continue to the site'];
  return ['You are not signed in', isLasting(code) ? 'Go to the site' : 'Start again'];
}

function actions({ startAgain, anotherAccount }: RefusalView, label: string): readonly Html[] {
  // After a refusal of the account itself, the IdP's session would lead to the same account again.
  return [
    ...(anotherAccount === undefined
      ? []
      : [markup`<p><a class="button" href="${anotherAccount}">Use another account</a></p>`]),
    ...(startAgain === undefined
      ? []
      : [
          markup`<p><a class="${anotherAccount === undefined ? 'button' : 'choice'}" href="${startAgain}">${label}</a></p>`,
        ]),
  ];
}

function help(view: RefusalView): readonly Html[] {
  const { contactEmail, errorUrl } = view;
  return [
    ...(errorUrl === undefined
      ? []
      : [markup`<p><a href="${errorUrl}" rel="noreferrer">Help from your organisation</a></p>`]),
    ...(contactEmail === undefined
      ? []
      : [
          markup`<p>Ask <a href="${mailDraft(contactEmail, view)}">${contactEmail}</a>. The link opens a draft with what they need.</p>`,
        ]),
  ];
}

/** RFC 6068: everything but the address is percent-encoded; lines end with CRLF. */
function mailDraft(contactEmail: string, view: RefusalView): string {
  const { reference, code, site } = view;
  const where = site === undefined ? '' : ` to ${site.displayName}`;
  const lines = [
    `I could not sign in${where}.`,
    '',
    `Reference: ${reference}`,
    `Code: ${code}`,
    `Time: ${timeOf(view)}`,
    '',
    `For the administrator: ${view.remedy}`,
  ];
  const subject = encodeURIComponent(`Sign-in${where} refused (${reference})`);
  const [local = '', domain = ''] = contactEmail.split('@');
  const to = `${encodeURIComponent(local)}@${domain}`;
  return `mailto:${to}?subject=${subject}&body=${encodeURIComponent(lines.join('\r\n'))}`;
}

const timeOf = ({ at }: RefusalView): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
