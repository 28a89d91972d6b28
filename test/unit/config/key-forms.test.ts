// E6, C01, C02: keys and certificates as people have them: what is a key is accepted in every form, what is not is named, with
// the command that makes a key of it. About 1 s.

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePrivateKey } from '../../../src/config/private-key';
import { changed, makeExample, yaml, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';

const vectors = join(__dirname, '../../vectors');
const vector = (name: string): Buffer => readFileSync(join(vectors, 'key-forms', name));
const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = createPrivateKey(readFileSync(join(vectors, 'captures/sp/enc.key')));
type Form = 'pkcs8' | 'pkcs1' | 'sec1';
const pem = (key: KeyObject, type: Form = 'pkcs8'): string =>
  String(key.export({ type, format: 'pem' } as never));
const der = (key: KeyObject, type: Form = 'pkcs8'): Buffer =>
  key.export({ type, format: 'der' } as never) as unknown as Buffer;

const disguises: readonly (readonly [string, (text: string) => string | Buffer])[] = [
  ['as it is', (text) => text],
  ['with Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['with old Macintosh line ends', (text) => text.replaceAll('\n', '\r')],
  ['with a byte order mark', (text) => `\uFEFF${text}`],
  ['in UTF-16, as PowerShell writes it', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['with line breaks written out', (text) => text.replaceAll('\n', '\\n')],
  ['with line breaks written out twice', (text) => text.replaceAll('\n', '\\\\n')],
  ['with Windows line breaks written out', (text) => text.replaceAll('\n', '\\r\\n')],
  ['with blanks for line breaks', (text) => text.replaceAll('\n', ' ')],
  ['without line breaks', (text) => text.replaceAll('\n', '')],
  ['indented', (text) => text.replaceAll(/^/gm, '    ')],
  ['in single quotes', (text) => `'${text}'`],
  ['in double quotes, line breaks written out', (text) => `"${text.replaceAll('\n', '\\n')}"\n`],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in base64 of lines', (text) => Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\n')],
  ['in base64, quoted', (text) => `"${Buffer.from(text).toString('base64')}"`],
  ['without its delimiters', (text) => text.replaceAll(/-----.*-----/g, '').replaceAll('\n', '')],
  ['behind a certificate', (text) => `${readFileSync(join(vectors, 'captures/sp/enc.crt'), 'utf8')}${text}`],
];

describe('E6: a private key', () => {
  const kinds: readonly (readonly [string, KeyObject, Form])[] = [
    ['RSA, PKCS#8', rsa, 'pkcs8'],
    ['RSA, PKCS#1', rsa, 'pkcs1'],
    ['EC, PKCS#8', ec, 'pkcs8'],
    ['EC, SEC1', ec, 'sec1'],
  ];
  const rows = kinds.flatMap(([kind, key, form]) =>
    disguises.map(([how, disguise]) => [kind, how, key, Buffer.from(disguise(pem(key, form)))] as const),
  );

  it.each(rows)('%s, %s, is read', (_kind, _how, key, bytes) => {
    const reading = decodePrivateKey(bytes, 'some.key');
    expect('key' in reading && reading.key.equals(key)).toBe(true);
  });

  it.each(kinds)('%s is read as DER', (_kind, key, form) => {
    const reading = decodePrivateKey(der(key, form), 'some.key');
    expect('key' in reading && reading.key.equals(key)).toBe(true);
  });

  it('is read behind the parameters of its curve, as `openssl ecparam -genkey` writes them', () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    expect(decodePrivateKey(Buffer.from(parameters + pem(ec, 'sec1')), 'ec.key')).toHaveProperty('key');
  });

  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const locked = String(
    ec.export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'secret' }),
  );
  const publicKey = String(
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }),
  );
  const inBase64 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'));

  it.each<[string, Buffer, RegExp, RegExp]>([
    ['PKCS#12', vector('ec.pfx'), /PKCS#12/, /openssl pkcs12 -in my\.key -nocerts -nodes -out new\.key/],
    ['PKCS#12 in base64', inBase64(vector('ec.pfx')), /PKCS#12/, /openssl pkcs12/],
    ['a Java keystore', vector('ec.jks'), /Java keystore/, /keytool -importkeystore -srckeystore my\.key/],
    ['a passphrase, old form', Buffer.from(locked), /passphrase/, /openssl pkey -in my\.key -out new\.key/],
    ['a passphrase, DER', vector('locked.der'), /passphrase/, /openssl pkcs8 -inform DER -in my\.key/],
    ['a passphrase, older DER', vector('locked-pbe.der'), /passphrase/, /openssl pkcs8 -inform DER/],
    ['OpenSSH’s form', vector('openssh.key'), /OpenSSH/, /ssh-keygen -p -N "" -m PKCS8 -f new\.key/],
    ['PuTTY’s form', Buffer.from('PuTTY-User-Key-File-3: ssh-rsa\n'), /PuTTY/, /puttygen my\.key/],
    ['a public key', Buffer.from(publicKey), /public half: a public key/, /private key’s file/],
    [
      'a certificate',
      readFileSync(join(vectors, 'captures/sp/enc.crt')),
      /half: a certificate/,
      /private key’s file/,
    ],
    ['certificates in PKCS#7', vector('chain.p7b'), /PKCS#7/, /private key’s file/],
    [
      'a public key of OpenSSH',
      Buffer.from('ecdsa-sha2-nistp256 AAAAE2 me'),
      /public half/,
      /private key’s file/,
    ],
    [
      'a key that is cut off',
      Buffer.from(pem(rsa).slice(0, 900)),
      /-----END line is missing/,
      /openssl pkey -in my\.key -noout -check/,
    ],
    ['a key with a hole', Buffer.from(pem(rsa).replace(/\n.{64}\n/, '\n')), /damaged/, /-check/],
    ['two keys', Buffer.from(pem(ec) + pem(other)), /2 different private keys/, /one key in a file/],
    ['an empty file', Buffer.from('\n'), /it is empty/, /wix-saml keys/],
    ['a web page', Buffer.from('<!doctype html>'), /other text/, /BEGIN PRIVATE KEY/],
  ])('in the form of %s is refused by name, with the way out', (_form, bytes, problem, hint) => {
    expect(decodePrivateKey(bytes, 'my.key')).toEqual({
      problem: expect.stringMatching(problem) as unknown,
      hint: expect.stringMatching(hint) as unknown,
    });
  });

  it('has its name quoted in the command when a shell would read it otherwise', () => {
    const { hint } = decodePrivateKey(vector('ec.pfx'), "it's mine.pfx") as { hint: string };
    expect(hint).toContain("-in 'it'\\''s mine.pfx'");
  });
});

describe('E6: in a configuration', () => {
  let example: Example;
  beforeAll(() => (example = makeExample()));
  afterAll(() => example.remove());
  const at = (name: string): string => join(example.directory, name);
  const textOf = (name: string): string => readFileSync(at(name), 'utf8');
  const put = (name: string, content: string | Buffer): void =>
    writeFileSync(at(name), content, { mode: 0o600 });
  const derOf = (name: string): Buffer =>
    createPrivateKey(textOf(name)).export({ type: 'pkcs8', format: 'der' });

  it.each(disguises.map(([how, disguise]) => [how, disguise] as const))(
    'C01: keys and certificate from the environment, %s, are accepted',
    async (_how, disguise) => {
      const plain = (name: string): string => disguise(textOf(name)).toString('latin1');
      const text = changed(/sp\.key\n(.*)sp\.crt/, '"${KEY}"\n$1"${CRT}"').replace('exchange.key', '"${EX}"');
      const env = { KEY: plain('sp.key'), CRT: plain('sp.crt'), EX: plain('exchange.key') };
      // A variable cannot hold UTF-16.
      if (env.KEY.includes('\0')) return;
      expect(await example.problemsOf(text, env)).toEqual([]);
    },
  );

  it('C01: the reported configuration is accepted with each of its variables', async () => {
    const reported = readFileSync(join(vectors, 'reports/C01-key-from-environment.yaml'), 'utf8');
    put('signing.crt', textOf('sp.crt'));
    const text = reported + yaml.slice(yaml.indexOf('listen:'));
    const key = textOf('sp.key');
    const written = key.replaceAll('\n', '\\n');
    for (const KEY of [written, key.replaceAll('\n', ' '), `'${key}'`, Buffer.from(key).toString('base64')])
      expect(await example.problemsOf(text, { KEY })).toEqual([]);
  });

  it('C02: DER is accepted for all three keys', async () => {
    for (const name of ['sp', 'enc', 'exchange']) put(`${name}.der`, derOf(`${name}.key`));
    const text = changed('key: sp.key', 'key: sp.der')
      .replace('key: enc.key', 'key: enc.der')
      .replace('key: exchange.key', 'key: exchange.der');
    expect(await example.problemsOf(text)).toEqual([]);
  });

  it('C02: a PFX in either place is named, with the command for what belongs there', async () => {
    put('both.pfx', vector('ec.pfx'));
    const found = await example.problemsOf(changed(/sp\.key\n(.*)sp\.crt/, 'both.pfx\n$1both.pfx'));
    expect(found).toEqual([
      expect.objectContaining({
        path: 'serviceProvider.signing[0].key',
        hint: expect.stringMatching(/-nocerts -nodes -out new\.key.*chmod 600/) as unknown,
      }),
      expect.objectContaining({
        path: 'serviceProvider.signing[0].certificate',
        hint: expect.stringMatching(
          /openssl pkcs12 -in \S*both\.pfx -clcerts -nokeys -out new\.crt/,
        ) as unknown,
      }),
    ]);
  });

  it('C02: of a chain, whatever its order, the certificate of the key is taken', async () => {
    put('issuer-first.crt', textOf('soon.crt') + textOf('ec.crt') + textOf('sp.crt'));
    const { serviceProvider } = await example.load(changed('sp.crt', 'issuer-first.crt'));
    expect(serviceProvider.signing[0].certificate).toBe(textOf('sp.crt'));
  });

  it('C02: of a chain in which none belongs to the key, all are named', async () => {
    put('foreign.crt', textOf('soon.crt') + textOf('ec.crt'));
    const [found] = await example.problemsOf(changed('sp.crt', 'foreign.crt'));
    expect(found).toMatchObject({
      path: 'serviceProvider.signing[0]',
      problem: expect.stringMatching(
        /each of the 2 certificates \(“CN=.*”, “CN=.*”\) belongs to another key/,
      ) as unknown,
    });
  });

  it.each([
    ['written-out line breaks', (text: string) => text.replaceAll('\n', '\\n')],
    ['quotes', (text: string) => `'${text}'`],
    ['base64 of PEM', (text: string) => Buffer.from(text).toString('base64')],
  ])('a certificate with %s is accepted', async (_how, disguise) => {
    put('disguised.crt', disguise(textOf('sp.crt')));
    expect(await example.problemsOf(changed('sp.crt', 'disguised.crt'))).toEqual([]);
  });

  it('certificates in PKCS#7 are named, with the command', async () => {
    put('chain.p7b', vector('chain.p7b'));
    const [found] = await example.problemsOf(changed('sp.crt', 'chain.p7b'));
    expect(found?.hint).toMatch(/openssl pkcs7 -in \S*chain\.p7b -print_certs -out new\.crt/);
  });

  it('nothing that is written into the configuration itself is taken for a file', async () => {
    const base64 = derOf('exchange.key').toString('base64');
    for (const inline of [`"'${base64}'"`, base64, `"${base64.replace(/.{64}/, '$& ')}"`]) {
      const [found] = await example.problemsOf(changed('key: exchange.key', `key: ${inline}`));
      expect(found?.problem).toMatch(/private key in the configuration itself/);
      expect(JSON.stringify(found)).not.toContain(base64.slice(10, 40));
    }
  });

  it('explain names the form of a decryption key as well', async () => {
    put('both.pfx', vector('ec.pfx'));
    const args = [
      '--acs-url',
      'https://a.example',
      '--entity-id',
      'https://a.example',
      '--idp-metadata',
      at('idp.xml'),
    ];
    const ran = await wixSaml(['explain', at('idp.xml'), ...args, '--decryption-key', at('both.pfx')]);
    expect(ran.err).toMatch(/PKCS#12.*openssl pkcs12 -in/);
  });
});
