/** The commands as an administrator uses them: what they print, what they write, what they refuse to overwrite. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateKeys } from '../../../src/config/state-key-files';
import { functionLines } from '../../../src/admin/site-files';
import type { Ask } from '../../../src/cli/ask';
import { run } from '../../../src/cli/program';
import { systemRandom } from '../../../src/server/system';
import { idpMetadata, makeIdpKeys } from '../../support/idp';
import { wixSaml, type Ran } from '../../support/makers/terminal';

let directory: string;
let config: string;
const at = (...names: string[]): string => join(directory, ...names);
const day = 86_400_000;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-cli-'));
  config = at('wix-saml.yaml');
  await wixSaml([
    'init',
    '--config',
    config,
    '--base-url',
    'https://sso.example.com',
    '--domain',
    'acme.com',
  ]);
  await wixSaml(['keys', '--into', at('certs', 'sp')]);
  const certificates = [makeIdpKeys({ notAfter: new Date(Date.now() + 900 * day) }).certificateBase64];
  const idp = { entityId: 'https://idp.example/metadata', ssoUrl: 'https://idp.example/sso', certificates };
  writeFileSync(at('metadata', 'idp', 'acme.xml'), idpMetadata(idp));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('wix-saml', () => {
  it.each([
    ['an unknown command', ['bogus'], /unknown command 'bogus'/],
    ['an unknown option', ['check', '--bogus'], /unknown option '--bogus'/],
    ['nothing to write', ['site'], /the files with --into DIRECTORY, a page for the owner with --handout/],
    ['an unknown editor', ['site', '--into', 'x', '--editor', 'vi'], /one of: editor, studio, git/],
    ['a wrong purpose', ['keys', '--only', 'tls'], /some of: signing, encryption, exchange/],
    ['a wrong number of days', ['keys', '--days', 'many'], /whole number of days/],
    ['a site’s name without --site', ['site', 'portal', '--into', 'x'], /too many arguments for 'site'/],
    ['a missing argument', ['explain'], /missing required argument 'file'/],
  ])('gives 2 for %s and says what is wrong', async (_title, args, message) => {
    const ran = await wixSaml(args);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
    expect(ran.out).toBe('');
  });

  it.each(['serve', 'init', 'keys', 'check', 'metadata', 'site'])(
    'explains %s with --help',
    async (command) => {
      const ran = await wixSaml([command, '--help']);
      expect(ran.code).toBe(0);
      expect(ran.out).toMatch(new RegExp(`^Usage: wix-saml ${command}`));
    },
  );

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(await wixSaml(['--version'])).toEqual({ code: 0, out: version, err: '' });
  });

  it('takes the configuration from WIX_SAML_CONFIG', async () => {
    const ran = await wixSaml(['metadata', '--json'], { WIX_SAML_CONFIG: config });
    expect(ran.code).toBe(0);
  });

  it('gives 1 and every problem when the configuration is wrong', async () => {
    const broken = at('broken.yaml');
    writeFileSync(
      broken,
      readFileSync(config, 'utf8').replace('https://sso', 'http://sso').replace('[acme.com]', '[]'),
    );
    const ran = await wixSaml(['metadata', '--config', broken]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/2 problems:[^]*serviceProvider\.baseUrl:[^]*connections\.acme\.emailDomains:/);
  });
});

describe('wix-saml init', () => {
  it('writes a configuration that needs nothing but keys and metadata', () => {
    expect(readFileSync(config, 'utf8')).toContain('emailDomains: [acme.com]');
  });

  it('writes the source of the address that it was told, and asks for it otherwise', async () => {
    const linesWith = async (...args: string[]): Promise<string> => {
      const file = at(`source${args.length}${args.at(-1)?.length ?? ''}.yaml`);
      await wixSaml(['init', '--config', file, ...args]);
      return readFileSync(file, 'utf8');
    };
    expect(await linesWith()).toContain('\n    # emailFrom: nameId\n');
    expect(await linesWith('--email-from', 'nameId')).toContain('\n    emailFrom: nameId\n');
    expect(await linesWith('--email-from', 'a: #b')).toContain('\n    emailFrom: "a: #b"\n');
  });

  it('refuses to replace one', async () => {
    const before = readFileSync(config, 'utf8');
    const ran = await wixSaml(['init', '--config', config]);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was written') as unknown });
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('says what is left, with commands that fit the place', async () => {
    const other = at('other.yaml');
    const ran = await wixSaml(['init', '--config', other]);
    expect(ran.out).toContain(`wix-saml check --config ${other}`);
    // E7: keys and metadata are there already.
    expect(ran.out).not.toContain('wix-saml keys');
    const elsewhere = at('elsewhere', 'wix-saml.yaml');
    const fresh = await wixSaml(['init', '--config', elsewhere]);
    expect(fresh.out).toContain(`wix-saml keys --into ${at('elsewhere', 'certs', 'sp')}`);
  });

  it.each([
    [['--base-url', 'sso.acme.com'], /--base-url "sso.acme.com" is no address/],
    [['--base-url', 'http://sso.acme.com'], /plain http/],
    [['--site-url', 'https://user:pass@www.acme.com'], /more than a host and a path/],
    [['--domain', '@acme.com'], /no mail domain/],
    [['--email-from', ' '], /empty or too long/],
  ])('E7: takes no nonsense: %j', async (flags, sentence) => {
    const ran = await wixSaml(['init', '--config', at('nonsense.yaml'), ...flags]);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(sentence);
    expect(readdirSync(directory)).not.toContain('nonsense.yaml');
  });

  it('asks on a terminal for what no flag says, and corrects a wrong answer', async () => {
    const asked: string[] = [];
    const out: string[] = [];
    const answers = new Map([
      ['mail domain', 'acme.com'],
      ['e-mail address', 'mail'],
    ]);
    const ask: Ask = ({ message, standard, check }) => {
      asked.push(message);
      const answer = [...answers].find(([word]) => message.includes(word))?.[1] ?? standard;
      if (!message.includes('e-mail')) expect(check('nonsense nonsense')).toMatch(/^This .*\.$/);
      expect(check(answer)).toBeUndefined();
      return Promise.resolve(answer);
    };
    const args = ['init', '--config', at('asked.yaml'), '--base-url', 'https://sso.acme.com'];
    const terminal = { out: (line: string) => void out.push(line), err: () => undefined, env: {}, ask };
    expect(await run(args, terminal)).toBe(0);
    expect(asked).toHaveLength(3);
    const written = readFileSync(at('asked.yaml'), 'utf8');
    expect(written).toContain('baseUrl: https://sso.acme.com');
    expect(written).toContain('emailDomains: [acme.com]');
    expect(written).toMatch(/^ {4}emailFrom: mail$/m);
  });

  it('writes nothing when the person gives up, and asks nothing with --yes', async () => {
    const giveUp: Ask = () => Promise.resolve(undefined);
    const terminal = { out: () => undefined, err: () => undefined, env: {}, ask: giveUp };
    expect(await run(['init', '--config', at('given-up.yaml')], terminal)).toBe(1);
    expect(readdirSync(directory)).not.toContain('given-up.yaml');
    expect(await run(['init', '--config', at('given-up.yaml'), '--yes'], terminal)).toBe(0);
  });
});

describe('wix-saml keys', () => {
  it('#keys/made makes RSA-3072 pairs, self-signed for ten years, and an ES256 key', () => {
    for (const purpose of ['signing', 'encryption']) {
      const certificate = new X509Certificate(readFileSync(at('certs', 'sp', `${purpose}.crt`)));
      const key = createPrivateKey(readFileSync(at('certs', 'sp', `${purpose}.key`)));
      expect(certificate.checkPrivateKey(key)).toBe(true);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
      const years = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / (365 * day);
      expect(Math.round(years)).toBe(10);
    }
    const exchange = createPrivateKey(readFileSync(at('certs', 'sp', 'exchange.key')));
    expect(exchange.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  it('makes the key of the state store where it is looked for', async () => {
    const text = readFileSync(at('certs', 'sp', 'state.key'), 'utf8');
    const [id] = openStateKeys({ file: at('certs', 'sp', 'state.key') }, systemRandom).ids;
    expect(text).toMatch(/^wix-saml-state-key:v1:[A-Za-z0-9_-]{43}\n$/);
    const ran = await wixSaml(['keys', '--into', at('certs', 'next'), '--only', 'state', '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toEqual([
      {
        purpose: 'state',
        files: [at('certs', 'next', 'state.key')],
        thumbprint: expect.any(String) as unknown,
      },
    ]);
    expect(ran.out).not.toContain(id);
  });

  it('#keys/file-modes keeps private keys to their owner', () => {
    const modes = readdirSync(at('certs', 'sp'))
      .filter((name) => name.endsWith('.key'))
      .map((name) => statSync(at('certs', 'sp', name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  it('replaces nothing, and writes nothing when one file is in the way', async () => {
    const into = at('half');
    await wixSaml(['keys', '--into', into, '--only', 'exchange']);
    const before = readFileSync(join(into, 'exchange.key'), 'utf8');
    const ran = await wixSaml(['keys', '--into', into]);
    expect(ran).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Nothing was written: .*exchange\.key/) as unknown,
    });
    expect(readdirSync(into)).toEqual(['exchange.key']);
    expect(readFileSync(join(into, 'exchange.key'), 'utf8')).toBe(before);
  });

  it('E17: says in JSON that a file is in the way', async () => {
    const ran = await wixSaml(['keys', '--into', at('half'), '--only', 'exchange', '--json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/Nothing was written/) as unknown },
    });
  });

  it('makes successors beside them, and prints thumbprints for programs', async () => {
    const ran = await wixSaml([
      'keys',
      '--into',
      at('certs', 'sp'),
      '--only',
      'signing',
      '--suffix',
      '-2027',
      '--json',
    ]);
    const made = JSON.parse(ran.out) as unknown;
    const certificate = new X509Certificate(readFileSync(at('certs', 'sp', 'signing-2027.crt')));
    const thumbprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    expect(made).toEqual([
      {
        purpose: 'signing',
        files: [at('certs', 'sp', 'signing-2027.key'), at('certs', 'sp', 'signing-2027.crt')],
        thumbprint,
      },
    ]);
  });
});

describe('wix-saml check', () => {
  it('shows what is configured and gives 0', async () => {
    const ran = await wixSaml(['check', '--config', config]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('https://sso.example.com/saml/acs');
    expect(ran.out).toContain('Connection acme: https://idp.example/metadata for the site portal');
    expect(ran.out).toMatch(/signed by .*SHA-256 [0-9a-f]{64}/);
    // E7: with addresses that `init` made up it is not.
    expect(ran.out).toMatch(/is not filled in yet: it still holds example addresses\.$/);
  });

  it('gives one object with --json', async () => {
    const ran = await wixSaml(['check', '--config', config, '--json']);
    expect(JSON.parse(ran.out)).toMatchObject({
      ok: true,
      problems: [],
      warnings: [
        { code: 'PLACEHOLDER', path: 'serviceProvider.baseUrl' },
        { code: 'PLACEHOLDER', path: 'sites.portal.url' },
        { code: 'EMAIL_SOURCE_UNSET', path: 'connections.acme.emailFrom' },
      ],
      acknowledged: [],
      serviceProvider: { entityId: 'https://sso.example.com/saml/metadata' },
      connections: [{ name: 'acme', emailDomains: ['acme.com'] }],
    });
  });

  it('counts warnings with --strict', async () => {
    expect((await wixSaml(['check', '--config', config, '--strict'])).code).toBe(1);
  });

  it('tells each problem with its remedy and gives 1', async () => {
    const broken = at('check.yaml');
    writeFileSync(broken, readFileSync(config, 'utf8').replace('signing.key', 'exchange.key'));
    const ran = await wixSaml(['check', '--config', broken]);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/1 problem:\n {2}serviceProvider\.signing\[0\]: .*another key\n {6}Name the key/);
  });

  it('says that a site does not answer', async () => {
    const away = at('away.yaml');
    writeFileSync(
      away,
      readFileSync(config, 'utf8').replace('https://www.example.com', 'http://127.0.0.1:9'),
    );
    const ran = await wixSaml(['check', '--config', away, '--site', 'portal']);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/sites\.portal: .*WIX_UNAVAILABLE/);
  });

  it('refuses the name of a site that is not configured', async () => {
    const ran = await wixSaml(['check', '--config', config, '--site', 'shop']);
    expect(ran).toMatchObject({
      code: 1,
      out: expect.stringMatching(/sites\.shop: is not configured/) as unknown,
    });
  });
});

describe('wix-saml check --public', () => {
  const checkAt = async (
    answer: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<Ran> => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const file = at('public.yaml');
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      file,
      readFileSync(config, 'utf8').replace('https://sso.example.com', `http://127.0.0.1:${port}`),
    );
    const metadata = (await wixSaml(['metadata', '--config', file])).out;
    served = metadata;
    const ran = await wixSaml(['check', '--config', file, '--public']);
    server.close();
    return ran;
  };
  let served = '';

  it('is content when our own metadata comes back', async () => {
    const ran = await checkAt((_request, response) => void response.end(served));
    expect(ran).toMatchObject({ code: 0 });
  });

  it('tells what it finds and gives 1', async () => {
    const ran = await checkAt((_request, response) => void response.writeHead(502).end('no'));
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/answers 502\n.*proxy/);
  });

  it('finds that nothing answers', async () => {
    const file = at('dead.yaml');
    writeFileSync(
      file,
      readFileSync(config, 'utf8').replace('https://sso.example.com', 'http://127.0.0.1:9'),
    );
    const ran = await wixSaml(['check', '--config', file, '--public']);
    expect(ran).toMatchObject({ code: 1, out: expect.stringMatching(/does not answer \(.+\)/) as unknown });
  });
});

describe('wix-saml serve', () => {
  it('says that the port is taken, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const file = at('taken.yaml');
    writeFileSync(file, readFileSync(config, 'utf8').replace('port: 3000', `port: ${port}`));
    const ran = await wixSaml(['serve', '--config', file]);
    other.close();
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(
      /another process listens on 127\.0\.0\.1:\d+\. Stop it, or change listen\.port\./,
    );
  });
});

describe('wix-saml metadata', () => {
  it('prints the XML, or writes it', async () => {
    const printed = await wixSaml(['metadata', '--config', config]);
    expect(printed.out).toMatch(/entityID="https:\/\/sso\.example\.com\/saml\/metadata"/);
    await wixSaml(['metadata', '--config', config, '--out', at('sp.xml')]);
    expect(readFileSync(at('sp.xml'), 'utf8')).toBe(printed.out);
  });

  it('signs it when asked to', async () => {
    const plain = (await wixSaml(['metadata', '--config', config])).out;
    const { out } = await wixSaml(['metadata', '--config', config, '--signed']);
    const [before, signature, after] = out.split(/(<ds:Signature [^]*<\/ds:Signature>)/);
    expect(signature).toContain('<ds:SignatureValue>');
    expect(`${before ?? ''}${after ?? ''}`.trimEnd()).toBe(plain.trimEnd());
  });

  it('works before the IdP’s is here, and so does the site’s side', async () => {
    const early = at('early.yaml');
    writeFileSync(early, readFileSync(config, 'utf8').replace('idp/acme.xml', 'idp/later.xml'));
    const printed = await wixSaml(['metadata', '--config', early]);
    expect(printed.out).toBe((await wixSaml(['metadata', '--config', config])).out);
    const { out } = await wixSaml(['site', '--config', early, '--into', at('early-site'), '--json']);
    expect(JSON.parse(out)).toMatchObject({ secret: { value: { emailDomains: ['acme.com'] } } });
    const checked = await wixSaml(['check', '--config', early]);
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/1 problem:[^]*later\.xml[^]*`wix-saml metadata` works before it is there/);
  });

  it.each([
    ['a directory that is not there', ['nowhere', 'sp.xml'], /there is no such directory\..*ENOENT/],
    ['a directory', ['certs'], /is a directory\. Name a file\..*EISDIR/],
    ['a place inside a file', ['wix-saml.yaml', 'sp.xml'], /a part of it is a file.*ENOTDIR/],
  ])('says what to do when it cannot write to %s', async (_title, names, message) => {
    const ran = await wixSaml(['metadata', '--config', config, '--out', at(...names)]);
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringMatching(message) as unknown });
  });

  it('refuses what is wrong on our side', async () => {
    const wrong = at('no-key.yaml');
    writeFileSync(wrong, readFileSync(config, 'utf8').replace('sp/signing.key', 'sp/nowhere.key'));
    const ran = await wixSaml(['metadata', '--config', wrong]);
    expect(ran).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('signing[0].key') as unknown,
    });
  });

  it('prints single values with the names of the IdPs’ fields', async () => {
    const { out } = await wixSaml(['metadata', '--config', config, '--values']);
    expect(out).toMatch(/Audience URI[^]*https:\/\/sso\.example\.com\/saml\/metadata/);
    expect(out).toMatch(/Reply URL[^]*https:\/\/sso\.example\.com\/saml\/acs/);
    const validator = /\^\S+\$/.exec(out)?.[0] ?? '';
    expect(new RegExp(validator).test('https://sso.example.com/saml/acs')).toBe(true);
    expect(new RegExp(validator).test('https://ssoXexample.com/saml/acs')).toBe(false);
    expect(out).toContain('-----BEGIN CERTIFICATE-----');
  });

  it.each(['--values', '--json'])('writes with %s what it would print', async (flag) => {
    const printed = await wixSaml(['metadata', '--config', config, flag]);
    await wixSaml(['metadata', '--config', config, flag, '--out', at('values')]);
    expect(readFileSync(at('values'), 'utf8')).toBe(printed.out);
  });
});

describe('wix-saml site', () => {
  interface Site {
    readonly written: readonly string[];
    readonly kept: readonly string[];
    readonly secret: { readonly name: string; readonly value: Record<string, unknown> };
  }
  const site = async (into: string, ...more: string[]): Promise<Site> =>
    JSON.parse((await wixSaml(['site', '--config', config, '--into', into, '--json', ...more])).out) as Site;

  it('gives what was copied and the secret with --json', async () => {
    const { written, kept, secret } = await site(at('site'));
    expect(written).toContain('backend/http-functions.js');
    expect(kept).toEqual([]);
    expect(secret).toMatchObject({ name: 'saml_config', value: { aud: 'https://www.example.com' } });
    expect((await site(at('sign-on'), '--sign-on')).secret.value).toMatchObject({ mint: 'signOn' });
  });

  it('leaves the owner’s own files alone and says so', async () => {
    const into = at('owned');
    await site(into);
    const own = join(into, 'backend', 'http-functions.js');
    writeFileSync(own, '// mine');
    const again = await site(into);
    expect(again.kept).toEqual(['backend/http-functions.js']);
    expect(readFileSync(own, 'utf8')).toBe('// mine');
    const { out } = await wixSaml(['site', '--site', 'portal', '--config', config, '--into', into]);
    expect(out).toMatch(
      /http-functions\.js was there and was left alone. Add these lines to it:[^]*post_samlSessionCheck/,
    );
  });

  it('writes one page for the owner, and says where and for how long', async () => {
    const page = at('handout.html');
    const { out } = await wixSaml(['site', '--config', config, '--handout', page, '--editor', 'studio']);
    expect(out).toMatch(
      /handout\.html\. Give it to nobody else[^]*until \d{4}-\d\d-\d\d[^]*check --site portal/,
    );
    expect(out).not.toMatch(/\?check=/);
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/in the words of Wix Studio[^]*Start Coding[^]*\/sso\?check=[\w-]{32}\.[\w-]{22}</);
    expect(statSync(page).mode & 0o077).toBe(0);
  });

  it('prints the steps in the words of the editor where there is no page', async () => {
    const { out } = await wixSaml(['site', '--config', config, '--into', at('words'), '--editor', 'editor']);
    expect(out).toMatch(/Harmony or Wix Studio Two[^]*1\. Members and code[^]*Turn on Dev Mode/);
    expect(out).toMatch(/Name: saml_config[^]*Value:\n\n {5}\{[^]*10\. Check[^]*sso\?check=/);
  });

  it('says nothing about functions that the owner has added already', async () => {
    const into = at('added');
    await site(into);
    const own = join(into, 'backend', 'http-functions.js');
    const theirs = (text: string): string => `${text}\nexport function get_other() {}\n`;
    writeFileSync(own, theirs(functionLines()));
    expect((await site(into)).kept).toEqual([]);
    expect(readFileSync(own, 'utf8')).toBe(theirs(functionLines()));
    // In a file of ours theirs would be lost, so it is left alone, and the lines are said.
    writeFileSync(own, theirs(readFileSync(join(into, 'backend', 'wix-saml.js'), 'utf8')));
    expect((await site(into)).kept).toEqual(['backend/http-functions.js']);
  });

  it('says which settings must stand in a file whose head the owner changed', async () => {
    const into = at('changed');
    await site(into);
    const page = join(into, 'public', 'wix-saml.js');
    writeFileSync(page, readFileSync(page, 'utf8').replace("site: 'portal'", "site: 'other'"));
    const { out } = await wixSaml(['site', '--config', config, '--into', into]);
    expect(out).toMatch(
      /They must say\n {2}serviceProvider: 'https:\/\/sso\.example\.com' and site: 'portal'/,
    );
  });

  it('prints every step with its values', async () => {
    const { out } = await wixSaml(['site', '--config', config, '--into', at('steps')]);
    for (const value of [
      'saml_config',
      'SamlAssertions',
      'https://sso.example.com',
      '/sso',
      'completeSignIn',
      '@wix/authentication',
    ]) {
      expect(out).toContain(value);
    }
  });

  it('asks which site when there is no such one', async () => {
    const ran = await wixSaml(['site', '--site', 'shop', '--config', config, '--into', at('none')]);
    expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(/configured sites.*portal/) as unknown });
  });
});
