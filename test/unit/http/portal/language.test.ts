/** The set-up pages in the language of whoever reads them. */
import { aboutLanguage, languages } from '../../../../src/http/text/language';
import {
  asRead,
  broughtMetadata,
  OWN_ORIGIN,
  SetupBrowser,
  setupWorld,
  tested,
  type SetupWorld,
} from '../../../support/makers/setup-world';
import { FORM } from '../../../support/makers/listening';

let world: SetupWorld;
beforeEach(async () => {
  world = await setupWorld();
});
afterEach(() => world.stop());

const switchTo = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  world.server.send('/setup/language', {
    headers: { 'content-type': FORM, origin: OWN_ORIGIN, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

it.each(languages)('come in %s by Accept-Language', async (language) => {
  const secret = await world.invite();
  const { body } = await world.server.get(`/setup?link=${secret}`, { 'accept-language': `${language}-XX` });
  expect(body).toContain(`<html lang="${language}" dir="${aboutLanguage[language].dir}">`);
  // Every language can be chosen, by its own name.
  for (const each of languages) expect(body).toContain(`>${aboutLanguage[each].name}</option>`);
});

it('come in English to who says nothing', async () => {
  const { body } = await world.server.get(`/setup?link=${await world.invite()}`);
  expect(body).toContain('<html lang="en" dir="ltr">');
});

describe('the switch', () => {
  it('is remembered by a cookie of this host, and stands above the browser’s languages', async () => {
    const secret = await world.invite();
    const { status, headers } = await switchTo({ language: 'de', back: '/setup', link: secret });
    expect(status).toBe(303);
    expect(headers.location).toBe(`${OWN_ORIGIN}/setup?link=${secret}`);
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toBe(
      '__Host-wix-saml-language=de; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure',
    );
    const { body } = await world.server.get(`/setup?link=${secret}`, {
      cookie: cookie.split(';', 1)[0] ?? '',
      'accept-language': 'en',
    });
    expect(body).toContain('<html lang="de" dir="ltr">');
  });

  it('leads back to the page that it stands on', async () => {
    await world.invite();
    const { headers } = await switchTo({ language: 'de', back: '/setup/metadata' });
    expect(headers.location).toBe(`${OWN_ORIGIN}/setup/metadata`);
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/setup/../saml/login',
    '/setup//evil.example',
    '/saml/login',
    '/setup\\evil.example',
    '/setup/test?x=1',
    '/setup/@evil.example',
    '/setup/test\r\nSet-Cookie: a=b',
  ])('leads to no other place: %j', async (back) => {
    await world.invite();
    const { status, headers } = await switchTo({ language: 'de', back });
    expect({ status, headers }).toMatchObject({ status: 400 });
    expect(headers.location).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('keeps what a link says inside the link', async () => {
    await world.invite();
    const { headers } = await switchTo({ language: 'de', link: 'x&y=//evil.example\r\nA: b' });
    expect(headers.location).toBe(`${OWN_ORIGIN}/setup?link=x%26y%3D%2F%2Fevil.example%0D%0AA%3A+b`);
  });

  it.each(['', 'xx', 'de; Domain=example.com', '__proto__'])('knows no language %j', async (language) => {
    await world.invite();
    expect((await switchTo({ language })).headers['set-cookie']).toBeUndefined();
  });

  it('takes no form of another site', async () => {
    await world.invite();
    expect((await switchTo({ language: 'de' }, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('is not there before a link is', async () => {
    expect((await switchTo({ language: 'de' })).status).toBe(404);
  });

  it('reads nothing from a cookie that is none of ours', async () => {
    const secret = await world.invite();
    for (const cookie of ['__Host-wix-saml-language=xx', '__Host-wix-saml-language="><script>']) {
      const { body } = await world.server.get(`/setup?link=${secret}`, { cookie, 'accept-language': 'de' });
      expect(body).toContain('<html lang="de" dir="ltr">');
    }
  });
});

it('a test says in German what it found, and marks what is English', async () => {
  const browser = await broughtMetadata(world);
  await tested(world, browser, { audience: 'https://wrong.example' });
  const { body } = await world.server.get('/setup/test', { ...browser.headers, 'accept-language': 'de' });
  expect(asRead(body)).toContain('Der Test ist fehlgeschlagen.');
  expect(asRead(body)).toContain('Bei Okta ändern');
  expect(asRead(body)).toContain('Falsch: Die Assertion ist für uns bestimmt');
  expect(body).toContain(
    '<bdi lang="en" dir="ltr">General → SAML Settings → Audience URI (SP Entity ID)</bdi>',
  );
});

it('a session keeps its cookie beside that of the language', async () => {
  const browser = new SetupBrowser(world);
  await browser.redeem(await world.invite());
  const cookie = `${browser.cookie ?? ''}; __Host-wix-saml-language=de`;
  const { status, body } = await world.server.get('/setup/connect', { cookie });
  expect(status).toBe(200);
  expect(body).toContain('Welches Anmeldesystem verwenden Sie?');
});
