// In which language somebody reads: as they chose on a page, which a cookie remembers, else as their browser says. The cookie
// is no secret and proves nothing; its value only chooses from our list.

import { chooseLanguage } from './text/choose-language';
import { languageOf, type Language } from './text/language';
import { wordsIn, type Words } from './text/words';
import { cookieLine, cookieName, readCookie } from './cookies';
import type { Visit } from './visit';

const NAME = 'wix-saml-language';
const YEAR_SECONDS = 365 * 24 * 3600;

export function wordsOf({ context, request }: Visit): Words {
  const chosen = languageOf(readCookie(request, cookieName(context.serviceProvider.baseUrl, NAME)));
  return wordsIn(chosen ?? chooseLanguage(request.headers['accept-language']));
}

/** Lax: a link of a mail opens in the language that was chosen, too. */
export function rememberLanguage({ context, response }: Visit, language: Language): void {
  const { baseUrl } = context.serviceProvider;
  response.setHeader(
    'Set-Cookie',
    cookieLine(baseUrl, NAME, language, { seconds: YEAR_SECONDS, sameSite: 'Lax' }),
  );
}
