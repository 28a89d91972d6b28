/** Visitors read the pages of a sign-in in their own language. */
import { languages, aboutLanguage } from '../../../src/http/text/language';
import { wordsIn } from '../../../src/http/text/words';
import { createApplication } from '../../../src/http/router';
import { form, listen, type Listening } from '../../support/makers/listening';
import { setting } from '../../support/makers/setting';

let server: Listening;
beforeAll(async () => {
  server = await listen(createApplication(setting().context));
});
afterAll(() => server.stop());

it.each(languages)('a refusal in %s, with the draft of the mail', async (language) => {
  const { status, body } = await server.send('/saml/acs', {
    ...form({ SAMLResponse: '!', RelayState: 'x-acme' }),
    headers: { ...form({}).headers, 'accept-language': `${language};q=0.9, eo` },
  });
  const { sentences, refusal } = wordsIn(language).visitor;
  expect(status).toBe(400);
  expect(body).toContain(`<html lang="${language}" dir="${aboutLanguage[language].dir}">`);
  expect(body).toContain(sentences.rejected);
  expect(body).toContain(`<h1>${refusal.notSignedIn}</h1>`);
  expect(body).toContain('<code>SAML_BASE64_INVALID</code>');
});

it('the chooser, too', async () => {
  const path = `/saml/login?site=portal&code_challenge=${'c'.repeat(43)}`;
  const { body } = await server.get(path, { 'accept-language': 'nl' });
  expect(body).toContain('<html lang="nl" dir="ltr">');
});

it('what the page’s code reads stays English', async () => {
  const { body } = await server.send('/session-token', {
    headers: { 'content-type': 'application/json', 'accept-language': 'de' },
    body: '{}',
  });
  expect(JSON.parse(body)).toMatchObject({ message: wordsIn('en').visitor.sentences.request });
});
