// What a person reads when a sign-in was refused: a sentence, what to do next, whom to tell, and for their administrator the
// reference that finds the log line and the code that finds the remedy. Holds no text of the request, and of the IdP only
// the address of its page of help, out of its metadata.

import { errorTable } from '../../core/error-table';
import type { ErrorCode } from '../../core/errors';
import { markup, type Html } from '../html';
import type { Page } from '../reply';
import { named } from '../text/values';
import type { VisitorText } from '../text/visitor/en';
import type { Words } from '../text/words';
import { pageLayout, pageStyle } from './layout';

export interface RefusalView {
  /** It was no sign-in that was refused. */
  readonly isSignOut?: boolean;
  readonly words: Words;
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
  /** For the administrator, in the draft of a mail; in English. */
  readonly remedy: string;
  /** The IdP's own page of help. */
  readonly errorUrl?: string;
}

export function refusalPage(view: RefusalView): Page {
  const { words, reference, code, site } = view;
  const visitor = view.isSignOut === true ? 'signOut' : errorTable[code].visitor;
  const { refusal: say, sentences } = words.visitor;
  const [heading, label] = headingFor(visitor, say, isLasting(code));
  const content = markup`<h1>${heading}</h1>
${site === undefined ? undefined : markup`<p class="site">${named(site.displayName)}</p>`}
<p>${sentences[visitor]}</p>
${actions(view, label)}
${help(view)}
<p class="reference">${say.reference} <code>${reference}</code><br>${say.code} <code>${code}</code><br>${say.time} <bdi dir="ltr">${timeOf(view)}</bdi></p>`;
  return { html: pageLayout(words, { title: heading, content }), policy: { style: pageStyle } };
}

/** Starting again would end on the same page, until somebody else has done something. */
export const isLasting = (code: ErrorCode): boolean =>
  ['setup', 'blocked', 'pending', 'unverified', 'signOut'].includes(errorTable[code].visitor);

function headingFor(
  visitor: (typeof errorTable)[ErrorCode]['visitor'],
  say: VisitorText['refusal'],
  lasting: boolean,
): readonly [heading: string, startAgain: string] {
  if (visitor === 'request') return [say.badAddress, say.goToSite];
  if (visitor === 'link') return [say.badLink, say.goToSite];
  if (visitor === 'changed') return [say.changed, say.goToSite];
  if (visitor === 'away') return [say.away, say.tryAgain];
  if (visitor === 'signOut') return [say.signOutFailed, say.goToSite];
  if (visitor === 'used') return [say.used, say.goOn];
  return [say.notSignedIn, lasting ? say.goToSite : say.startAgain];
}

function actions({ startAgain, anotherAccount, words }: RefusalView, label: string): readonly Html[] {
  // After a refusal of the account itself, the IdP's session would lead to the same account again.
  return [
    ...(anotherAccount === undefined
      ? []
      : [
          markup`<p><a class="button" href="${anotherAccount}">${words.visitor.refusal.otherAccount}</a></p>`,
        ]),
    ...(startAgain === undefined
      ? []
      : [
          markup`<p><a class="${anotherAccount === undefined ? 'button' : 'choice'}" href="${startAgain}">${label}</a></p>`,
        ]),
  ];
}

function help(view: RefusalView): readonly Html[] {
  const { contactEmail, errorUrl, words } = view;
  const { refusal: say } = words.visitor;
  return [
    ...(errorUrl === undefined
      ? []
      : [markup`<p><a href="${errorUrl}" rel="noreferrer">${say.help}</a></p>`]),
    ...(contactEmail === undefined ? [] : [markup`<p>${say.ask(mailLink(contactEmail, view))}</p>`]),
  ];
}

const mailLink = (contactEmail: string, view: RefusalView): Html =>
  markup`<bdi dir="ltr"><a href="${mailDraft(contactEmail, view)}">${contactEmail}</a></bdi>`;

/** RFC 6068: everything but the address is percent-encoded; lines end with CRLF. */
function mailDraft(contactEmail: string, view: RefusalView): string {
  const { reference, code, words } = view;
  const { mail, refusal: say } = words.visitor;
  const site = view.site?.displayName;
  const lines = [
    mail.could(site),
    '',
    `${say.reference} ${reference}`,
    `${say.code} ${code}`,
    `${say.time} ${timeOf(view)}`,
    '',
    `${mail.forAdmin} ${view.remedy}`,
  ];
  const subject = encodeURIComponent(mail.subject(site, reference));
  const [local = '', domain = ''] = contactEmail.split('@');
  const to = `${encodeURIComponent(local)}@${domain}`;
  return `mailto:${to}?subject=${subject}&body=${encodeURIComponent(lines.join('\r\n'))}`;
}

/** Of everybody's clock, as in the log. */
const timeOf = ({ at }: RefusalView): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
