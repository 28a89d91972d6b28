// What a set-up link opens. Programs that look at mail open links as well, so opening does nothing: a person's click redeems
// it. The secret goes on in the form and leaves the address bar with it.

import type { SetupLink } from '../../../admin/setup/links';
import { markup } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import type { Page } from '../../reply';
import { framedPage, instant } from './frame';
import { logWords } from './log-words';

export interface InvitationView {
  readonly link: SetupLink;
  readonly secret: string;
  readonly site: string;
  /** Absolute address of the pages. */
  readonly setupUrl: string;
}

export function invitationPage({ link, secret, site, setupUrl }: InvitationView): Page {
  if (link.scope === 'log') return logInvitationPage({ link, secret, site, setupUrl });
  const content = markup`<h1>Set up single sign-on</h1>
<p>Here you connect your organisation’s sign-in system (Entra ID, Okta, Google Workspace and others) with <strong>${site}</strong>. It takes about ten minutes, and you need to be an administrator there.</p>
<p>Nothing changes for anybody until you have tested it and it has been activated.</p>
<form method="post" action="${setupUrl}">
${hiddenInputs([['link', secret]])}
<button type="submit">Open the set-up pages</button>
</form>
<p class="soft">The link works once, in this browser, and until ${instant(link.endsAt)}.</p>`;
  return framedPage(
    { title: 'Set up single sign-on', site, connection: link.connection, steps: [] },
    content,
  );
}

function logInvitationPage({ link, secret, site, setupUrl }: InvitationView): Page {
  const { invitation: say } = logWords;
  const content = markup`<h1>${say.title}</h1>
<p>${say.what}</p>
<form method="post" action="${setupUrl}">
${hiddenInputs([['link', secret]])}
<button type="submit">${say.open}</button>
</form>
<p class="soft">The link works once, in this browser, and until ${instant(link.endsAt)}.</p>`;
  return framedPage({ title: say.title, site, connection: link.connection, steps: [] }, content);
}
