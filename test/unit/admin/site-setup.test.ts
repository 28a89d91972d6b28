/** What a site's owner gets: files with the settings in them, a secret without a private key, and steps with values. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseSite, setUpSite, type OwnSide, type SiteSetup } from '../../../src/admin/site-setup';
import { makeExample } from '../../support/makers/configuration';

let directory: string;
let ours: OwnSide;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-site-'));
  const example = makeExample();
  ours = { ...(await example.load()), emailDomains: new Map([['portal', ['acme.com']]]) };
  example.remove();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const at = (...names: string[]): string => join(directory, ...names);
const setUp = (into: string, change: { oldModules?: boolean; signOn?: boolean } = {}): SiteSetup =>
  setUpSite(ours, chooseSite(ours, 'portal')!, { into, oldModules: false, signOn: false, ...change });

describe('the files for a site', () => {
  it('are four, with the settings filled in', () => {
    const { files: copied } = setUp(at('site'));
    expect(copied.written).toHaveLength(4);
    expect(copied.written).toContain('backend/http-functions.js');
    expect(copied.kept).toEqual([]);
    const settings = readFileSync(at('site', 'public', 'wix-saml.js'), 'utf8');
    expect(settings).toMatch(/serviceProvider: 'https:\/\/sso\.example\.com'/);
    expect(settings).toMatch(/site: 'portal'/);
  });

  it('never replace what the owner has', () => {
    const into = at('owned');
    setUp(into);
    const own = join(into, 'backend', 'http-functions.js');
    writeFileSync(own, '// mine');
    const { files: copied } = setUp(into);
    expect(copied.kept).toEqual(['backend/http-functions.js']);
    expect(copied.written).not.toContain('backend/http-functions.js');
    expect(readFileSync(own, 'utf8')).toBe('// mine');
  });

  it('keep the settings and sentences that the owner changed, and renew the rest', () => {
    const into = at('edited');
    setUp(into);
    const file = join(into, 'public', 'wix-saml.js');
    const fresh = readFileSync(file, 'utf8');
    const edited = fresh.replace("signInLabel: 'Sign in'", "signInLabel: 'Come in, $&'");
    writeFileSync(file, `${edited}\n// more`);
    const { files } = setUp(into);
    expect(files).toMatchObject({ kept: ['public/wix-saml.js'] });
    expect(readFileSync(file, 'utf8')).toBe(edited);
    writeFileSync(file, `${fresh}\n// more`);
    expect(setUp(into).files.kept).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(fresh);
  });

  it('name the packages that the site needs for them', () => {
    const words = (change: { oldModules?: boolean; signOn?: boolean }): string =>
      setUp(at('packages'), change)
        .steps.flatMap(({ text }) => text)
        .join('\n');
    expect(words({})).toMatch(/Packages\): @wix\/authentication\.$/m);
    expect(words({ signOn: true })).toMatch(/Packages\): @wix\/authentication, @wix\/identity\.$/m);
    expect(words({ oldModules: true })).not.toContain('@wix/');
  });

  it('go into src/ of a repository that Wix made', () => {
    const into = at('repository');
    mkdirSync(into);
    writeFileSync(join(into, 'wix.config.json'), '{}');
    expect(setUp(into).files.target).toBe(join(into, 'src'));
    expect(readdirSync(join(into, 'src')).sort()).toEqual(['backend', 'public']);
  });

  it('are laid over by the variants', () => {
    setUp(at('plain'));
    setUp(at('old'), { oldModules: true });
    const of = (into: string): string => readFileSync(at(into, 'backend', 'wix-saml.js'), 'utf8');
    expect(of('old')).not.toBe(of('plain'));
    expect(setUp(at('sign-on'), { signOn: true }).secret.value).toMatchObject({ mint: 'signOn' });
  });
});

describe('the secret of a site', () => {
  it('holds no private key', () => {
    const { secret } = setUp(at('secret'));
    expect(secret.name).toBe('saml_config');
    expect(secret.value).toMatchObject({
      iss: 'https://sso.example.com/saml/metadata',
      aud: 'https://www.example.com',
      emailDomains: ['acme.com'],
      jwks: { keys: [{ kty: 'EC', crv: 'P-256' }] },
    });
    expect(JSON.stringify(secret)).not.toMatch(/"d"|PRIVATE/);
    expect(secret.value).not.toHaveProperty('mint');
  });

  it('admits nobody where no connection has the site', () => {
    const alone = setUpSite({ ...ours, emailDomains: new Map() }, chooseSite(ours, 'portal')!, {
      into: at('alone'),
      oldModules: false,
      signOn: false,
    });
    expect(alone.secret.value).toMatchObject({ emailDomains: [] });
  });
});

describe('the steps for a site', () => {
  const said = ({ steps }: SiteSetup): string =>
    steps.map(({ text, code, after }) => [...text, code, after].join('\n')).join('\n');

  it('have every value filled in', () => {
    const words = said(setUp(at('steps')));
    for (const value of [
      'saml_config',
      'SamlAssertions',
      'https://sso.example.com',
      '/sso',
      'completeSignIn',
      'https://sso.example.com/saml/login?site=portal&return_to=%2Fmembers',
      'Signing you in…',
      'requireMember',
      '@wix/authentication',
      'wix-saml check --site portal',
    ]) {
      expect(words).toContain(value);
    }
    expect(words).not.toContain('@wix/identity');
    expect(words).not.toMatch(/"d"|PRIVATE/);
  });

  it('name the package of the Sign On API where it is used', () => {
    expect(said(setUp(at('steps-sign-on'), { signOn: true }))).toContain('@wix/identity');
  });
});

describe('the site that is meant', () => {
  it('is the named one, or the only one', () => {
    const portal = ours.sites.get('portal')!;
    const two = { ...ours, sites: new Map([...ours.sites, ['shop', { ...portal, name: 'shop' }]]) };
    expect(chooseSite(ours, undefined)).toBe(portal);
    expect(chooseSite(ours, 'shop')).toBeUndefined();
    expect(chooseSite(two, undefined)).toBeUndefined();
    expect(chooseSite(two, 'shop')?.name).toBe('shop');
  });
});
