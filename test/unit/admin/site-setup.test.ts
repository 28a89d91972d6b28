/** What a site's owner gets: files with the settings in them, a secret without a private key, and steps with values. */

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WrittenFiles } from '../../../src/admin/site-files';
import { editors } from '../../../src/admin/site-places';
import {
  chooseSite,
  setUpSite,
  type OwnSide,
  type SiteSetup,
  type SiteSetupChoice,
} from '../../../src/admin/site-setup';
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
type Change = Partial<Omit<SiteSetupChoice, 'into'>>;
const system = {
  clock: { now: () => Date.parse('2026-06-01T12:00:00Z') },
  random: { bytes: (count: number) => Buffer.alloc(count, 7) },
};
const setUp = (into: string, change: Change = {}): SiteSetup & { files: WrittenFiles } => {
  const choice = {
    into,
    editor: undefined,
    oldModules: false,
    signOn: false,
    collaborators: false,
    ownFunctions: false,
    ...change,
  };
  const setup = setUpSite(ours, chooseSite(ours, 'portal')!, choice, system);
  return { ...setup, files: setup.files! };
};

describe('the files for a site', () => {
  it('are two, with the settings filled in', () => {
    const { files: copied } = setUp(at('site'));
    expect(copied.written).toHaveLength(2);
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
    const words = (change: Change): string =>
      setUp(at('packages'), change)
        .steps.flatMap(({ what, values }) => [
          ...what,
          ...values.map(({ label, text }) => `${label} ${text}`),
        ])
        .join('\n');
    expect(words({})).toMatch(/npm: @wix\/authentication\.$/m);
    expect(words({ signOn: true })).toMatch(/npm: @wix\/authentication, @wix\/identity\.$/m);
    expect(words({ signOn: true })).toMatch(/^Package @wix\/identity$/m);
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
    const of = (into: string): string => readFileSync(at(into, 'backend', 'http-functions.js'), 'utf8');
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
    const choice = {
      into: at('alone'),
      editor: undefined,
      oldModules: false,
      signOn: false,
      collaborators: false,
      ownFunctions: false,
    };
    const alone = setUpSite(
      { ...ours, emailDomains: new Map() },
      chooseSite(ours, 'portal')!,
      choice,
      system,
    );
    expect(alone.secret.value).toMatchObject({ emailDomains: [] });
  });
});

describe('the steps for a site', () => {
  const said = ({ steps }: SiteSetup): string =>
    steps
      .map(({ what, values, right }) => [...what, ...values.map(({ text }) => text), right].join('\n'))
      .join('\n');

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
      'expiresAt',
      'https://www.example.com/sso?check=',
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

describe('the one-time address of the self-check', () => {
  it('is on the steps only: the secret holds its hash and the day of its end', () => {
    const { secret, check } = setUp(at('check'));
    const [token = '', digest = ''] = new URL(check.link).searchParams.get('check')!.split('.');
    expect([token, digest].map((part) => part.length)).toEqual([32, 22]);
    expect(secret.value).toMatchObject({
      selfCheck: { hash: createHash('sha256').update(token).digest('base64url'), until: '2026-06-15' },
    });
    expect(JSON.stringify(secret)).not.toContain(token);
  });
});

describe('the words of the editor', () => {
  const places = (change: Change): string =>
    setUp(at('words'), change)
      .steps.map(({ where }) => where)
      .join('\n');

  it.each([
    ['editor', /Turn on Dev Mode[^]*Public & Backend/],
    ['studio', /Start Coding[^]*Wix IDE/],
    ['git', /Connect to GitHub[^]*wix install/],
  ] as const)('are those of %s where it is chosen', (editor, words) => {
    expect(places({ editor })).toMatch(words);
  });

  it('are those of Git for a repository, else those of the Wix Editor', () => {
    const into = at('with-git');
    mkdirSync(into);
    writeFileSync(join(into, 'wix.config.json'), '{}');
    expect([setUp(into).editor, setUp(at('without-git')).editor]).toEqual(['git', 'editor']);
  });

  it('differ in the place only: every editor has every step', () => {
    const titles = editors.map((editor) => setUp(at('words'), { editor }).steps.map(({ id }) => id));
    expect(new Set(titles.map(String)).size).toBe(1);
    expect(titles[0]).toHaveLength(10);
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
