// The switch of the language: remembers the choice and goes back to the page that it stands on. Where it goes back to is a
// path of the set-up pages below our own address, or the link that was opened, and nothing that a form could make of it.

import { SsoError } from '../../../core/errors';
import { rememberLanguage } from '../../language';
import { redirect } from '../../reply';
import { languageOf } from '../../text/language';
import { urlOf, type Route, type Visit } from '../../visit';
import { readShortForm } from '../form';
import { requirePortal, type SetupParts } from '../portal';

export const languageAt = '/setup/language';
const OWN_PATH = /^\/setup(?:\/[a-z]{1,32}){0,2}$/;

export const languageRoute = (parts: SetupParts): Route => ({
  path: languageAt,
  methods: { POST: (visit) => change(visit, parts) },
  refusals: 'page',
});

async function change(visit: Visit, parts: SetupParts): Promise<void> {
  await requirePortal(visit, parts);
  const fields = await readShortForm(visit, ['language', 'back', 'link']);
  const { back = '/setup', link } = fields;
  const language = languageOf(fields.language);
  if (language === undefined || !OWN_PATH.test(back))
    throw new SsoError('HTTP_FIELD_INVALID', {
      field: language === undefined ? 'language' : 'back',
      form: 'as the page had it',
    });
  rememberLanguage(visit, language);
  const query = link === undefined ? '' : `?${new URLSearchParams({ link }).toString()}`;
  redirect(visit, 303, urlOf(visit, link === undefined ? back : `/setup${query}`));
}
