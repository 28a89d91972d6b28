// `wix-saml explain` on captures of real IdPs, at their own clock time, in every form an administrator may have captured.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/program';
import { idpMetadata } from '../../support/idp';

const captures = join(__dirname, '../../vectors/captures');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly id: string;
  readonly verdict: string;
  readonly code?: string;
  readonly expected?: string;
  readonly received?: string;
}

interface Answer {
  readonly verdict: string;
  readonly code?: string;
  readonly email?: string;
  readonly rules: readonly Row[];
}

interface Capture {
  readonly epochMs: number;
  readonly acsUrl: string;
  readonly spEntityId: string;
  readonly response: { readonly inResponseTo?: string };
}

async function cli(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), env: {} };
  const code = await run(args, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function argumentsFor(name: string, file = join(captures, `${name}.b64`)): string[] {
  const capture = JSON.parse(readFileSync(join(captures, `${name}.json`), 'utf8')) as Capture;
  const xml = Buffer.from(readFileSync(join(captures, `${name}.b64`), 'utf8'), 'base64').toString();
  const issuer = /Issuer[^>]*>([^<]+)</.exec(xml)?.[1] ?? '';
  const pems = readFileSync(join(captures, `${name}.cert.pem`), 'utf8').match(
    /-----BEGIN[^]*?-----END [A-Z]+-----/g,
  )!;
  const metadata = join(folder, `${name}.xml`);
  const certificates = pems.map((pem) => pem.replace(/-----[^-]+-----|\s/g, ''));
  writeFileSync(metadata, idpMetadata({ entityId: issuer, ssoUrl: 'https://idp.example/sso', certificates }));
  const { inResponseTo } = capture.response;
  return [
    'explain',
    file,
    '--at',
    new Date(capture.epochMs).toISOString(),
    '--acs-url',
    capture.acsUrl,
    '--entity-id',
    capture.spEntityId,
    '--idp-metadata',
    metadata,
    '--decryption-key',
    join(captures, 'sp/sign.key'),
    '--decryption-key',
    join(captures, 'sp/enc.key'),
    ...(inResponseTo === undefined ? [] : ['--in-response-to', inResponseTo]),
    ...(name.endsWith('rsa-sha1') ? ['--allow-sha1'] : []),
  ];
}

async function explained(args: readonly string[]): Promise<Answer & { readonly exit: number }> {
  const { code, out, err } = await cli([...args, '--json']);
  expect(err).toBe('');
  return { ...(JSON.parse(out) as Answer), exit: code };
}

const refused: Readonly<Record<string, string>> = {
  'simplesamlphp-idp-initiated': 'SAML_RESPONSE_UNSOLICITED',
  'samlp-idp-initiated': 'SAML_RESPONSE_UNSOLICITED',
  'simplesamlphp-passive-no-session': 'SAML_STATUS_NOT_SUCCESS',
  'simplesamlphp-user-without-mail': 'POLICY_NAMEID_TRANSIENT',
};

const names = readdirSync(captures)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

describe('wix-saml explain', () => {
  it.each(names)('judges %s as the gate does', async (name) => {
    const { verdict, code, email, exit } = await explained(argumentsFor(name));
    const expected = refused[name];
    expect({ verdict, code, email, exit }).toEqual(
      expected === undefined
        ? { verdict: 'accept', code: undefined, email: 'alice@example.com', exit: 0 }
        : { verdict: 'refuse', code: expected, email: undefined, exit: 1 },
    );
  });

  it('takes XML, a form body and a HAR file as well', async () => {
    const name = 'simplesamlphp-sign-both';
    const field = readFileSync(join(captures, `${name}.b64`), 'utf8').trim();
    const form = new URLSearchParams({ SAMLResponse: field, RelayState: '/' }).toString();
    const har = { log: { entries: [{ request: { postData: { text: form, params: [] } } }] } };
    const forms = { xml: Buffer.from(field, 'base64').toString(), form, har: JSON.stringify(har) };
    for (const [kind, text] of Object.entries(forms)) {
      const file = join(folder, `captured.${kind}`);
      writeFileSync(file, text);
      expect((await explained(argumentsFor(name, file))).email).toBe('alice@example.com');
    }
  });

  it.each([
    ['two StatusCodes', '$&$&'],
    ['two StatusCodes of a failure', '<samlp:StatusCode Value="urn:x"/><samlp:StatusCode Value="urn:x"/>'],
  ])('has a verdict for a Status that cannot be read: %s', async (_, replacement) => {
    const name = 'simplesamlphp-sign-assertion-only';
    const xml = Buffer.from(readFileSync(join(captures, `${name}.b64`), 'utf8'), 'base64').toString();
    const changed = xml.replace(/<samlp:StatusCode [^>]*\/>/, replacement);
    expect(changed).not.toBe(xml);
    const file = join(folder, 'status.xml');
    writeFileSync(file, changed);
    const { verdict, code, rules, exit } = await explained(argumentsFor(name, file));
    expect({ verdict, code, exit }).toEqual({ verdict: 'refuse', code: 'SAML_STRUCTURE_INVALID', exit: 1 });
    expect(rules.at(-1)).toMatchObject({ id: 'message.structure', verdict: 'fail' });
  });

  it('does not blame the IdP for an encryption when no decryption key is given', async () => {
    const args = argumentsFor('samlp-encrypted-assertion');
    const without = args.slice(0, args.indexOf('--decryption-key'));
    const { code, rules } = await explained(without);
    expect(code).toBe('SAML_DECRYPTION_FAILED');
    expect(rules.find(({ verdict }) => verdict === 'fail')).toMatchObject({
      expected: 'a private key to decrypt with',
      received: 'none is configured or given',
    });
  });

  it('shows both sides of every failed rule, also behind a broken signature', async () => {
    const name = 'simplesamlphp-sign-assertion-only';
    const xml = Buffer.from(readFileSync(join(captures, `${name}.b64`), 'utf8'), 'base64').toString();
    const file = join(folder, 'forged.xml');
    writeFileSync(file, xml.replaceAll('alice@example.com', 'admin@example.com'));
    const args = argumentsFor(name, file).map((arg) =>
      arg.includes('/saml/metadata') ? 'https://other.example' : arg,
    );
    const { verdict, code, email, rules } = await explained(args);
    expect({ verdict, code, email }).toEqual({
      verdict: 'refuse',
      code: 'SAML_SIGNATURE_INVALID',
      email: undefined,
    });
    const audience = rules.find(({ id }) => id === 'conditions.audience');
    expect(audience).toMatchObject({
      verdict: 'fail',
      expected: 'https://other.example',
      received: 'http://localhost:9480/saml/metadata',
    });
    const signature = rules.find(({ id }) => id === 'signature');
    expect(signature?.received).toMatch(
      /^Assertion signed by .*rsa-sha256, certificate in the message [0-9a-f]{64}/,
    );
  });

  it('asks for a certificate only where a key is what failed, not for an algorithm', async () => {
    const signature = async (args: readonly string[]): Promise<Row | undefined> =>
      (await explained(args)).rules.find(({ id }) => id === 'signature');
    const sha1 = await signature(argumentsFor('samlp-rsa-sha1').filter((arg) => arg !== '--allow-sha1'));
    expect(sha1).toMatchObject({ code: 'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED' });
    expect(sha1?.expected).toBeUndefined();
    expect(sha1?.received).toContain('#rsa-sha1');

    const xml = Buffer.from(
      readFileSync(join(captures, 'samlp-encrypted-assertion.b64'), 'utf8'),
      'base64',
    ).toString();
    const file = join(folder, 'tripledes.xml');
    writeFileSync(file, xml.replace(/"[^"]*aes[^"]*"/, '"http://www.w3.org/2001/04/xmlenc#tripledes-cbc"'));
    const cipher = await signature(argumentsFor('samlp-encrypted-assertion', file));
    expect(cipher).toMatchObject({
      code: 'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      received: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc',
    });
    expect(cipher?.expected).toBeUndefined();
  });

  it('does not judge InResponseTo when nobody knows the request any more', async () => {
    const args = argumentsFor('simplesamlphp-sign-both');
    const { verdict, rules } = await explained(args.slice(0, args.indexOf('--in-response-to')));
    expect(verdict).toBe('accept');
    expect(rules.find(({ id }) => id === 'response.inResponseTo')?.verdict).toBe('unknown');
  });

  it('refuses a message that answers another request', async () => {
    const args = argumentsFor('simplesamlphp-sign-both');
    const at = args.indexOf('--in-response-to');
    const other = [...args.slice(0, at + 1), '_another', ...args.slice(at + 2)];
    expect((await explained(other)).code).toBe('SAML_IN_RESPONSE_TO_MISMATCH');
  });

  it('blames the recipient alone when only the recipient is wrong', async () => {
    const args = argumentsFor('simplesamlphp-sign-both');
    const other = args.with(args.indexOf('--acs-url') + 1, 'https://other.example/saml/acs');
    const { rules } = await explained(other);
    const failed = rules.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    expect(failed).toEqual(['response.destination', 'confirmation.recipient']);
    expect(rules.find(({ id }) => id === 'confirmation.open')?.verdict).toBe('unknown');
    expect((await cli(other)).out).toMatch(/\? confirmation\.open .*: not judged\n/);
  });

  it('shortens addresses in its text', async () => {
    const { out } = await cli(argumentsFor('simplesamlphp-sign-both'));
    expect(out).toContain('would be accepted for a…@example.com');
    expect(out).not.toContain('alice@');
    const shown = await cli([...argumentsFor('simplesamlphp-sign-both'), '--show-email']);
    expect(shown.out).toContain('alice@example.com');
  });

  it.each([
    ['a file that is not there', ['explain', '/nowhere/at-all']],
    [
      'no IdP',
      [
        'explain',
        join(captures, 'samlp-sign-both.b64'),
        '--acs-url',
        'a',
        '--entity-id',
        'b',
        '--idp-metadata',
        '/nowhere',
      ],
    ],
    [
      'a strange time',
      [
        ...['explain', join(captures, 'samlp-sign-both.b64')],
        '--at',
        'yesterday',
        '--acs-url',
        'a',
        '--entity-id',
        'b',
        '--idp-metadata',
        join(captures, 'sp/sp-metadata.xml'),
      ],
    ],
  ])('says what is wrong with %s and exits with 2', async (_what, args) => {
    const { code, err } = await cli(args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });

  it('explains what is no SAML message at all', async () => {
    const file = join(folder, 'garbage');
    writeFileSync(file, 'hello world');
    const { verdict, code } = await explained(argumentsFor('simplesamlphp-sign-both', file));
    expect({ verdict, code }).toEqual({ verdict: 'refuse', code: 'SAML_BASE64_INVALID' });
  });
});
