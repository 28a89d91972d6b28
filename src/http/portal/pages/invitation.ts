// What a set-up link opens. Programs that look at mail open links as well, so opening does nothing: a person's click redeems
// it. The secret goes on in the form and leaves the address bar with it.

import type { SetupLink } from '../../../admin/setup/links';
import type { Brand } from '../../../wix/site';
import { markup } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import type { Page } from '../../reply';
import type { Words } from '../../text/words';
import { named } from '../../text/values';
import { framedPage } from './frame';

export interface InvitationView {
  readonly words: Words;
  readonly link: SetupLink;
  readonly secret: string;
  readonly site: string;
  readonly brand?: Brand;
  /** Absolute addresses of the pages, and of the switch of their language. */
  readonly setupUrl: string;
  readonly languageUrl: string;
}

export function invitationPage(view: InvitationView): Page {
  if (view.link.scope === 'log') return logInvitationPage(view);
  const { words, link, secret, site, setupUrl } = view;
  const say = words.setup.invitation;
  const content = markup`<h1>${say.title}</h1>
<p>${say.what(named(site))}</p>
<p>${say.safe}</p>
<form method="post" action="${setupUrl}">
${hiddenInputs([['link', secret]])}
<button type="submit">${say.open}</button>
</form>
<p class="soft">${say.once(words.instant(link.endsAt))}</p>`;
  return framedPage(
    {
      ...{ words, title: say.title, site, connection: link.connection, steps: [] },
      ...(view.brand === undefined ? {} : { brand: view.brand }),
      switch: { url: view.languageUrl, back: '/setup', link: secret },
    },
    content,
  );
}

function logInvitationPage({ words, link, secret, site, setupUrl, languageUrl }: InvitationView): Page {
  const { log: say } = words;
  const content = markup`<h1>${say.inviteTitle}</h1>
<p>${say.inviteWhat}</p>
<form method="post" action="${setupUrl}">
${hiddenInputs([['link', secret]])}
<button type="submit">${say.inviteOpen}</button>
</form>
<p class="soft">${words.setup.invitation.once(words.instant(link.endsAt))}</p>`;
  return framedPage(
    {
      ...{ words, title: say.inviteTitle, site, connection: link.connection, steps: [] },
      switch: { url: languageUrl, back: '/setup', link: secret },
    },
    content,
  );
}
