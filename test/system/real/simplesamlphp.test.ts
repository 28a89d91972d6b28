// SimpleSAMLphp as the identity provider of a whole sign-in, over HTTP: from the button of the page to the applied token.

import { readForm } from '../../support/idp/browserless';
import type { TabSnapshot, WixSite } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { describeReal } from './processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from './service';
import {
  simpleSamlPhpIsHere,
  startSimpleSamlPhp,
  type SimpleSamlPhp,
  type SimpleSamlPhpSettings,
} from './simplesamlphp/start';
import { Visitor, type SeenPage } from './visitor';

const packages = 'simplesamlphp php8.2-cli php8.2-xml php8.2-mbstring';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

describeReal(
  simpleSamlPhpIsHere,
  'SimpleSAMLphp',
  packages,
)('SimpleSAMLphp', () => {
  let idp: SimpleSamlPhp;
  let site: WixSite;
  let service: Service;

  beforeAll(async () => {
    idp = await startSimpleSamlPhp();
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({
      port,
      site,
      idpMetadataXml: idp.metadataXml,
      connection: ['allowCbc: true'],
    });
    idp.register(service.metadataXml);
  });

  afterAll(async () => {
    await service.stop();
    await site.stop();
    await idp.stop();
  });

  /** Up to the Response in the form for our ACS. */
  async function responseFor(person: string): Promise<{ tab: Tab; page: SeenPage; visitor: Visitor }> {
    const tab = await site.openTab();
    await tab.goto('/');
    const { leftTo } = await tab.click('#signInButton');
    const visitor = new Visitor((url) => url.startsWith(site.url));
    const login = await visitor.go(leftTo ?? '');
    if (!login.html.includes('name="password"')) throw new Error(`no sign-in form: ${login.html}`);
    const page = await visitor.submit(login, { username: person, password: person });
    if (!page.html.includes('SAMLResponse')) throw new Error(`no Response: ${page.html}\n${idp.log()}`);
    return { tab, page, visitor };
  }

  async function signIn(person: string): Promise<{ landed: TabSnapshot; xml: string }> {
    const { tab, page, visitor } = await responseFor(person);
    const encoded = readForm(page.html, page.url).fields.get('SAMLResponse') ?? '';
    const answer = await visitor.submit(page);
    if (!answer.url.startsWith(site.url)) {
      throw new Error(`refused: ${answer.html}\n${service.log.slice(-5).join('\n')}`);
    }
    return { landed: await tab.goto(answer.url), xml: Buffer.from(encoded, 'base64').toString('utf8') };
  }

  const algorithmsIn = (xml: string): (string | undefined)[] =>
    [...xml.matchAll(/Algorithm="([^"]*)"/g)].map(([, uri]) => uri);
  const signatures = (xml: string): number => [...xml.matchAll(/<ds:Signature[ >]/g)].length;

  it.each<[string, Partial<SimpleSamlPhpSettings>, number]>([
    ['Response and Assertion signed', {}, 2],
    ['only the Assertion signed', { signResponse: false }, 1],
    ['only the Response signed', { signAssertion: false }, 1],
    ['RSA-SHA384', { signatureAlgorithm: `${more}rsa-sha384` }, 2],
    ['RSA-SHA512', { signatureAlgorithm: `${more}rsa-sha512` }, 2],
    [
      'a transient NameID and the address as attribute',
      {
        nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
      },
      2,
    ],
  ])('#login.begin/simplesamlphp signs a member in: %s', async (_name, settings, count) => {
    idp.change(settings);
    const { landed, xml } = await signIn('alice');
    expect(landed.member).toMatchObject({ email: 'alice@example.com' });
    expect(signatures(xml)).toBe(count);
    expect(algorithmsIn(xml)).toContain(settings.signatureAlgorithm ?? `${more}rsa-sha256`);
  });

  // Version 1.19 encrypts with AES-128-CBC and RSA-OAEP, whatever the metadata offers.
  it.each<[string, Partial<SimpleSamlPhpSettings>]>([
    ['both signed', {}],
    ['the Assertion signed', { signResponse: false }],
    ['the Response signed', { signAssertion: false }],
  ])('#decryption/simplesamlphp signs a member in by an encrypted Assertion: %s', async (_name, settings) => {
    idp.change({ ...settings, encrypt: true });
    const { landed, xml } = await signIn('alice');
    expect(landed.member).toMatchObject({ email: 'alice@example.com' });
    expect(algorithmsIn(xml)).toContain('http://www.w3.org/2001/04/xmlenc#aes128-cbc');
    expect(xml.includes('alice@example.com')).toBe(false);
  });

  it('refuses SHA-1, which no connection asked for', async () => {
    idp.change({ signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' });
    const { page, visitor } = await responseFor('alice');
    const answer = await visitor.submit(page);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(service.log.at(-1)).toContain('SAML_SIGNATURE_ALGORITHM');
  });

  it('#policy.email/simplesamlphp refuses a person of another domain, and one without an address', async () => {
    idp.change({});
    for (const [person, code] of [
      ['bob', 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED'],
      ['carol', 'POLICY_NAMEID_TRANSIENT'],
    ] as const) {
      const { page, visitor } = await responseFor(person);
      const answer = await visitor.submit(page);
      expect(answer.status).toBe(403);
      expect(service.log.join('\n')).toContain(code);
      expect(service.log.join('\n')).not.toContain('bob@elsewhere.example');
    }
  });

  it('accepts one Response once', async () => {
    idp.change({});
    const { page, visitor } = await responseFor('alice');
    const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.submit(page)));
    expect(answers.filter(({ url }) => url.includes('ticket='))).toHaveLength(1);
  });

  it('answers an unsolicited Response by a proper start', async () => {
    idp.change({});
    const visitor = new Visitor((url) => url.startsWith(site.url));
    const entityId = `${service.baseUrl}/saml/metadata`;
    const start = `${idp.baseUrl}/saml2/idp/SSOService.php?spentityid=${encodeURIComponent(entityId)}`;
    const login = await visitor.go(start);
    const page = await visitor.submit(login, { username: 'alice', password: 'alice' });
    const answer = await visitor.submit(page);
    expect(answer.url).toContain(`${site.url}/sso?`);
    expect(new URL(answer.url).searchParams.get('start')).toBe('1');
    expect(answer.url).not.toContain('ticket=');
  });
});

type Tab = Awaited<ReturnType<WixSite['openTab']>>;
