/** `wix-saml explain` as an administrator types it: what it reads, prints and exits with. Judging is tested in admin/. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idpMetadata } from '../../support/idp';
import { wixSaml } from '../../support/makers/terminal';

const captures = join(__dirname, '../../vectors/captures');
const capture = 'simplesamlphp-sign-both';
const field = readFileSync(join(captures, `${capture}.b64`), 'utf8').trim();
const said = JSON.parse(readFileSync(join(captures, `${capture}.json`), 'utf8')) as {
  readonly epochMs: number;
  readonly acsUrl: string;
  readonly spEntityId: string;
  readonly response: { readonly inResponseTo: string };
};

let folder: string;
let metadata: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
  metadata = join(folder, 'idp.xml');
  const entityId = /Issuer[^>]*>([^<]+)</.exec(Buffer.from(field, 'base64').toString())?.[1] ?? '';
  const pem = readFileSync(join(captures, `${capture}.cert.pem`), 'utf8');
  const certificates = [pem.replace(/-----[^-]+-----|\s/g, '')];
  writeFileSync(metadata, idpMetadata({ entityId, ssoUrl: 'https://idp.example/sso', certificates }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const argumentsFor = (file = join(captures, `${capture}.b64`)): string[] => [
  ...['explain', file],
  ...['--at', new Date(said.epochMs).toISOString()],
  ...['--acs-url', said.acsUrl],
  ...['--entity-id', said.spEntityId],
  ...['--idp-metadata', metadata],
  ...['--in-response-to', said.response.inResponseTo],
  ...['--decryption-key', join(captures, 'sp/sign.key')],
  ...['--decryption-key', join(captures, 'sp/enc.key')],
];

const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('wix-saml explain', () => {
  it('gives one object with --json, and 0 for what would be accepted', async () => {
    const { code, out, err } = await wixSaml([...argumentsFor(), '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'accept',
      email: 'alice@example.com',
      at: new Date(said.epochMs).toISOString(),
      rules: expect.arrayContaining([
        expect.objectContaining({ id: 'signature', verdict: 'pass' }) as unknown,
      ]) as unknown,
    });
  });

  it('gives 1 for what is refused', async () => {
    const args = argumentsFor().map((arg) => (arg === said.spEntityId ? 'https://other.example' : arg));
    const { code, out, err } = await wixSaml([...args, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({ verdict: 'refuse', code: 'SAML_AUDIENCE_MISMATCH' });
  });

  it('takes the time in milliseconds as well', async () => {
    const args = argumentsFor();
    const { out } = await wixSaml([...args.with(args.indexOf('--at') + 1, String(said.epochMs)), '--json']);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'accept', at: new Date(said.epochMs).toISOString() });
  });

  it('takes XML, a form body and a HAR file as well', async () => {
    const form = new URLSearchParams({ SAMLResponse: field, RelayState: '/' }).toString();
    const har = { log: { entries: [{ request: { postData: { text: form, params: [] } } }] } };
    const forms = { xml: Buffer.from(field, 'base64').toString(), form, har: JSON.stringify(har) };
    for (const [kind, text] of Object.entries(forms)) {
      const { out } = await wixSaml([...argumentsFor(written(`captured.${kind}`, text)), '--json']);
      expect(JSON.parse(out)).toMatchObject({ email: 'alice@example.com' });
    }
  });

  it('says of a rule that it was not judged', async () => {
    const args = argumentsFor();
    const other = args.with(args.indexOf('--acs-url') + 1, 'https://other.example/saml/acs');
    expect((await wixSaml(other)).out).toMatch(/\? confirmation\.open .*: not judged\n/);
  });

  it('shortens addresses in its text', async () => {
    const { out } = await wixSaml(argumentsFor());
    expect(out).toContain('would be accepted for a…@example.com');
    expect(out).not.toContain('alice@');
    const shown = await wixSaml([...argumentsFor(), '--show-email']);
    expect(shown.out).toContain('alice@example.com');
  });

  const standalone = ['--acs-url', 'a', '--entity-id', 'b', '--idp-metadata'];
  const message = join(captures, 'samlp-sign-both.b64');
  it.each([
    ['a file that is not there', ['explain', '/nowhere/at-all'], /cannot be read \(ENOENT\)/],
    ['no IdP', ['explain', message, ...standalone, '/nowhere'], /\/nowhere cannot be read/],
    [
      'a strange time',
      ['explain', message, '--at', 'yesterday', ...standalone, join(captures, 'sp/sp-metadata.xml')],
      /--at takes a time/,
    ],
    [
      'a file that is no metadata',
      ['explain', message, ...standalone, join(captures, 'sp/sp-metadata.xml')],
      /sp-metadata\.xml: /,
    ],
    [
      'a file that is no key',
      ['explain', message, ...standalone, message, '--decryption-key', message],
      /is not a private key in PEM or DER form: it is other text\. .*BEGIN PRIVATE KEY/,
    ],
  ])('says what is wrong with %s and exits with 2', async (_what, args, words) => {
    const { code, out, err } = await wixSaml(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
  });

  it('says that nothing is in a file, and exits with 2', async () => {
    const { code, err } = await wixSaml(argumentsFor(written('empty', '\n')));
    expect(code).toBe(2);
    expect(err).toMatch(/no SAMLResponse in there/);
  });

  it('explains what is no SAML message at all', async () => {
    const { code, out } = await wixSaml([...argumentsFor(written('garbage', 'hello world')), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'refuse', code: 'SAML_BASE64_INVALID' });
  });
});
