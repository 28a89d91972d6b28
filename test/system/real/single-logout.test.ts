// Single logout with SimpleSAMLphp over HTTP, both ways: begun on the site, and begun at the identity provider. Costs about ten
// seconds.

import type { TabSnapshot, WixSite, WixTab } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { freePort } from '../../support/makers/free-port';
import { describeReal } from './processes';
import { startService, type Service } from './service';
import { simpleSamlPhpIsHere, startSimpleSamlPhp, type SimpleSamlPhp } from './simplesamlphp/start';
import { Visitor } from './visitor';

const packages = 'simplesamlphp php8.2-cli php8.2-xml php8.2-mbstring';

describeReal(
  simpleSamlPhpIsHere,
  'SimpleSAMLphp',
  packages,
)('single logout with SimpleSAMLphp', () => {
  let idp: SimpleSamlPhp;
  let site: WixSite;
  let service: Service;

  beforeAll(async () => {
    idp = await startSimpleSamlPhp();
    const port = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({ port, site, idpMetadataXml: idp.metadataXml, connection: [] });
    idp.register(service.metadataXml);
  });

  afterAll(async () => {
    await service.stop();
    await site.stop();
    await idp.stop();
  });

  async function signedIn(): Promise<{ tab: WixTab; visitor: Visitor }> {
    const tab = await site.openTab();
    await tab.goto('/');
    const { leftTo } = await tab.click('#signInButton');
    const visitor = new Visitor((url) => url.startsWith(site.url));
    const login = await visitor.go(leftTo ?? '');
    const page = await visitor.submit(login, { username: 'alice', password: 'alice' });
    const answer = await visitor.submit(page);
    const landed = await tab.goto(answer.url);
    expect(landed.member).toMatchObject({ email: 'alice@example.com' });
    return { tab, visitor };
  }

  const events = (name: string): string[] => service.log.filter((line) => line.includes(name));
  const text = ({ elements }: TabSnapshot): string | undefined => elements['#status']?.text;

  /** Whether the identity provider asks for a password again. */
  async function isSignedInAtIdp(visitor: Visitor): Promise<boolean> {
    const entityId = encodeURIComponent(`${service.baseUrl}/saml/metadata`);
    const page = await visitor.go(`${idp.baseUrl}/saml2/idp/SSOService.php?spentityid=${entityId}`);
    return !page.html.includes('name="password"');
  }

  it('#logout/simplesamlphp-from-site signs out on the site, then at the IdP, and comes back', async () => {
    const { tab, visitor } = await signedIn();
    expect(await isSignedInAtIdp(visitor)).toBe(true);
    await tab.goto('/');
    const out = await tab.click('#signInButton');
    expect(out.member).toBeNull();
    expect(out.leftTo).toMatch(/\/saml\/slo\?out=[\w-]{43}$/);
    const back = await visitor.go(out.leftTo ?? '');
    expect(back.url).toBe(`${site.url}/?wix-saml-signed-out=everywhere`);
    expect(text(await tab.goto('/?wix-saml-signed-out=everywhere'))).toBe(
      'You are signed out here and at your company.',
    );
    expect(await isSignedInAtIdp(visitor)).toBe(false);
    expect(events('logout.completed')).toHaveLength(1);
  });

  it('#logout/simplesamlphp-from-idp signs out on the site when the person signs out at the IdP', async () => {
    const { tab, visitor } = await signedIn();
    const end = `${idp.baseUrl}/logout.php`;
    const atSite = await visitor.go(
      `${idp.baseUrl}/saml2/idp/initSLO.php?RelayState=${encodeURIComponent(end)}`,
    );
    if (!atSite.url.startsWith(`${site.url}/sso?signout=1`)) {
      throw new Error(
        `not at the site: ${atSite.url} ${atSite.html}\n${idp.log()}\n${service.log.join('\n')}`,
      );
    }
    const out = await tab.goto(atSite.url);
    expect(out.member).toBeNull();
    expect(out.leftTo).toMatch(/\/saml\/slo\?return=[\w-]{43}&signed_out=1$/);
    const after = await visitor.go(out.leftTo ?? '');
    expect([after.status, after.url]).toEqual([200, end]);
    expect(await isSignedInAtIdp(visitor)).toBe(false);
    expect(events('logout.answered').at(-1)).toContain('everywhere');
  });
});
