// E8: what `check` was silent about: file modes, Redis without TLS, one key for two purposes, one domain twice. Each with the
// option and what to do. About 1 s.

import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configWarnings } from '../../../src/config/warnings';
import type { Warning } from '../../../src/core/warnings';
import { changed, makeExample, now, yaml, type Example } from '../../support/makers/configuration';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const warningsOf = async (text: string): Promise<readonly Warning[]> =>
  configWarnings(await example.load(text), now);

function copied(from: string, to: string, mode: number): string {
  copyFileSync(join(example.directory, from), join(example.directory, to));
  chmodSync(join(example.directory, to), mode);
  return to;
}

const found = (code: string, path: string, problem: RegExp, hint: RegExp): object => ({
  code,
  path,
  problem: expect.stringMatching(problem) as unknown,
  hint: expect.stringMatching(hint) as unknown,
});

describe('E8: a key file', () => {
  it.each([
    ['sp.key', 'serviceProvider.signing[0].key'],
    ['enc.key', 'serviceProvider.decryption[0].key'],
    ['exchange.key', 'sites.portal.exchange.key'],
  ])('%s that others can read or change is told, with its mode and the command', async (name, path) => {
    for (const [mode, problem] of [
      [0o640, /can be read by its group: .* \(mode 640\)/],
      [0o644, /can be read by everybody on this machine: .* \(mode 644\)/],
      [0o660, /can be read and changed by its group/],
      [0o666, /can be read and changed by everybody on this machine: .* \(mode 666\)/],
    ] as const) {
      const text = changed(`key: ${name}`, `key: ${copied(name, 'loose.key', mode)}`);
      expect(await warningsOf(text)).toEqual([
        found('KEY_FILE_EXPOSED', path, problem, /`chmod 600 \S*loose\.key`/),
      ]);
    }
  });

  it.each([0o600, 0o400])('of mode %o is as it should be', async (mode) => {
    expect(await warningsOf(changed('key: sp.key', `key: ${copied('sp.key', 'tight.key', mode)}`))).toEqual(
      [],
    );
  });
});

describe('E8: a file that decides whom to trust', () => {
  it('is told when everybody can change it: metadata, and the configuration itself', async () => {
    const text = changed('idp.xml', copied('idp.xml', 'open.xml', 0o666));
    expect(await warningsOf(text)).toEqual([
      found(
        'FILE_WRITABLE',
        'connections.acme.idpMetadata',
        /changed by everybody.*mode 666/,
        /chmod o-w \S*open\.xml/,
      ),
    ]);
    chmodSync(join(example.directory, 'wix-saml.yaml'), 0o666);
    expect(await warningsOf(yaml)).toEqual([found('FILE_WRITABLE', '', /wix-saml\.yaml/, /chmod o-w/)]);
    chmodSync(join(example.directory, 'wix-saml.yaml'), 0o644);
  });
});

describe('E8: Redis', () => {
  const stateOf = (url: string): string => changed('state: memory', `state: ${url}`);

  it('without TLS on another machine is told, without its password', async () => {
    const config = await example.load(stateOf('redis://:${PASSWORD}@redis.internal:6379'), {
      PASSWORD: 'hunter2',
    });
    const [warning, ...others] = configWarnings(config, now);
    expect(others).toEqual([]);
    expect(warning).toEqual(
      found('STATE_WITHOUT_TLS', 'state', /redis\.internal without TLS/, /rediss:\/\//),
    );
    expect(JSON.stringify(warning)).not.toContain('hunter2');
  });

  it.each([
    'rediss://redis.internal:6379',
    'redis://127.0.0.1:6379',
    'redis://localhost',
    'redis://[::1]:6379',
  ])('%s is not', async (url) => expect(await warningsOf(stateOf(url))).toEqual([]));
});

describe('E8: one key', () => {
  it('for signing and decryption is told at the second place', async () => {
    const text = changed(/enc\.key\n(.*)enc\.crt/, 'sp.key\n$1sp.crt');
    expect(await warningsOf(text)).toEqual([
      found(
        'ONE_KEY_TWICE',
        'serviceProvider.decryption[0].key',
        /same key as serviceProvider\.signing\[0\]\.key/,
        /wix-saml keys/,
      ),
    ]);
  });

  it('for requests and for the site as well', async () => {
    const text = changed('exchange.key', 'ec.key').replace(/sp\.key\n(.*)sp\.crt/, 'ec.key\n$1ec.crt');
    const codes = (await warningsOf(text)).map(({ code, path }) => `${code} ${path}`);
    expect(codes).toContain('ONE_KEY_TWICE sites.portal.exchange.key');
  });

  it('that is listed twice for one purpose, or serves two sites, is nothing to tell', async () => {
    const shop =
      '  shop:\n    url: https://shop.example\n    exchange:\n      key: exchange.key\nconnections:';
    const text = changed('connections:', shop).replace(
      '  decryption:',
      '    - key: sp.key\n      certificate: sp.crt\n  decryption:',
    );
    expect((await warningsOf(text)).map(({ code }) => code)).toEqual(['SITE_WITHOUT_CONNECTION']);
  });
});

describe('E8: a mail domain', () => {
  it('that stands twice in one connection is told, whatever its case', async () => {
    expect(await warningsOf(changed('[acme.com]', '[acme.com, acme.org, ACME.com]'))).toEqual([
      found('DOMAIN_TWICE', 'connections.acme.emailDomains', /"acme\.com" twice/, /Remove one/),
    ]);
  });

  it('that two connections of a site name is told at the site', async () => {
    const text = `${yaml}  globex:\n    site: portal\n    idpMetadata: idp.xml\n    emailDomains: [acme.com]\n    emailFrom: nameId\n`;
    expect(await warningsOf(text)).toEqual([
      found(
        'DOMAIN_SHARED',
        'sites.portal',
        /acme\.com is shared by the connections acme, globex/,
        /in one connection only/,
      ),
    ]);
  });
});

describe('IIP-MD10: metadata that declares algorithms', () => {
  const declaring = (name: string, uri: string): string => {
    const text = readFileSync(join(example.directory, 'idp.xml'), 'utf8');
    const extensions = `<md:Extensions><alg:SigningMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="${uri}"/></md:Extensions>`;
    writeFileSync(join(example.directory, name), text.replace(/<md:IDPSSODescriptor/, `${extensions}$&`));
    return name;
  };

  it('is told where none of them is one of ours', async () => {
    const old = declaring('old.xml', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1');
    expect(await warningsOf(changed('idp.xml', old))).toEqual([
      found('IDP_ALGORITHMS', 'connections.acme.idpMetadata', /declares only algorithms/, /RSA-SHA256/),
    ]);
  });

  it('is not where one is', async () => {
    const fine = declaring('fine.xml', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512');
    expect(await warningsOf(changed('idp.xml', fine))).toEqual([]);
  });
});

describe('`require: mfa`', () => {
  const demanding = (file: string): string =>
    changed('idpMetadata: idp.xml', `idpMetadata: ${file}\n    require: mfa`);
  const ofProduct = (name: string, entityId: string): string => {
    const text = readFileSync(join(example.directory, 'idp.xml'), 'utf8');
    writeFileSync(join(example.directory, name), text.replace('https://idp.example/metadata', entityId));
    return name;
  };

  it('is told where the IdP is a stranger, or a product that shows nothing', async () => {
    const code = 'MFA_WAY_UNKNOWN';
    const path = 'connections.acme.require';
    expect(await warningsOf(demanding('idp.xml'))).toEqual([
      found(code, path, /not recognised: the class https:\/\/refeds/, /`requestedAuthnContext` instead/),
    ]);
    const google = ofProduct('google.xml', 'https://accounts.google.com/o/saml2?idpid=C00abcdef');
    expect(await warningsOf(demanding(google))).toEqual([
      found(code, path, /of Google .*not known to tell/, /2-step|2-Step/),
    ]);
  });

  it('is not where the product is known, whose way the connection takes', async () => {
    const entra = ofProduct('entra.xml', 'https://sts.windows.net/7c2d1e5a-0000-4000-8000-000000000001/');
    const config = await example.load(demanding(entra));
    expect(configWarnings(config, now)).toEqual([]);
    const { mfa } = config.connections.ready.get('acme')!.policy;
    expect(mfa).toMatchObject({ product: 'Microsoft Entra ID', ask: [] });
    // Until the metadata is known, no less is demanded.
    expect(config.connections.entries[0]?.settings.policy.mfa?.classes).toEqual([
      'https://refeds.org/profile/mfa',
    ]);
  });
});
