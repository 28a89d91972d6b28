/** `wix-saml why`: from the reference on a page to the log line, its cause and a mail. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wixSaml } from '../../support/makers/terminal';

const line = (fields: object): string =>
  JSON.stringify({ time: '2026-11-25T08:00:00.000Z', level: 'info', ...fields });
const log = [
  'Started wix-saml.service',
  `host wix-saml[12]: ${line({ event: 'login.requested', reference: 'AAAAAAAAAA', signIn: 'abc', connection: 'acme', identityProvider: 'http://www.okta.com/exk1' })}`,
  line({ event: 'login.requested', reference: 'CCCCCCCCCC', signIn: 'other' }),
  `2026-11-25T08:00:01Z stdout F ${line({ event: 'refused', reference: 'BBBBBBBBBB', signIn: 'abc', connection: 'acme', code: 'SAML_AUDIENCE_MISMATCH', expected: 'https://sso.example.com/saml/metadata', received: 'https://other.example' })}`,
  line({ event: 'refused', reference: 'DDDDDDDDDD', code: 'WIX_FUNCTION_MISSING' }),
  line({
    event: 'refused',
    reference: 'EEEEEEEEEE',
    code: 'SAML_BASE64_INVALID',
    problem: 'blanks where plus signs should be',
  }),
  '{"time":"cut off',
].join('\n');

let directory: string;
let file: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-why-'));
  file = join(directory, 'service.log');
  writeFileSync(file, log);
});
afterAll(() => rmSync(directory, { recursive: true }));

const why = (reference: string, ...more: string[]) => wixSaml(['why', reference, '--log', file, ...more]);

it('finds the line behind its prefix, the lines of the same sign-in, and the field on the IdP’s screen', async () => {
  const { code, out } = await why('bbbbbbbbbb');
  expect(code).toBe(0);
  expect(out).toContain('login.requested reference=AAAAAAAAAA');
  expect(out).not.toContain('CCCCCCCCCC');
  expect(out).toContain('Code:     SAML_AUDIENCE_MISMATCH');
  expect(out).toContain('received: https://other.example');
  expect(out).toContain('Okta: General → SAML Settings → Audience URI');
  expect(out).toContain('Turn of:  IT admin');
  expect(out).toContain('Mail to the IT admin: Sign-in refused (BBBBBBBBBB, SAML_AUDIENCE_MISMATCH)');
});

it('gives the remedy of the evidence, and says whose turn it is', async () => {
  expect((await why('EEEEEEEEEE')).out).toContain('escaping “+” as %2B');
  const owner = await why('DDDDDDDDDD');
  expect(owner.out).toContain('Turn of:  site owner');
  expect(owner.out).not.toContain('Mail to the IT admin');
});

it('says when nothing was refused, and when there is no such line', async () => {
  expect((await why('AAAAAAAAAA')).out).toContain('Nothing was refused in this request.');
  expect(await why('FFFFFFFFFF')).toMatchObject({ code: 1, out: '' });
  expect(JSON.parse((await why('FFFFFFFFFF', '--json')).out)).toMatchObject({ ok: false });
  expect((await why('../etc')).code).toBe(2);
  expect((await wixSaml(['why', 'AAAAAAAAAA', '--log', join(directory, 'none')])).code).toBe(2);
});

it('is JSON on request', async () => {
  expect(JSON.parse((await why('BBBBBBBBBB', '--json')).out)).toMatchObject({
    ok: true,
    code: 'SAML_AUDIENCE_MISMATCH',
    turn: 'IT admin',
  });
});
