/** `wix-saml why`: from the reference on a page to the log line, its cause and a mail. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readableLine } from '../../../src/server/readable-line';
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
  expect(out).toContain('Who:      IT admin');
  expect(out).toContain('Mail to the IT admin: Sign-in refused (BBBBBBBBBB, SAML_AUDIENCE_MISMATCH)');
});

it('gives the remedy of the evidence, and says whose turn it is', async () => {
  expect((await why('EEEEEEEEEE')).out).toContain('escaping “+” as %2B');
  const owner = await why('DDDDDDDDDD');
  expect(owner.out).toContain('Who:      site owner');
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

/** E17, item 7: a terminal shows readable lines, and whoever runs `serve` there has no others. */
const said =
  '17:29:33Z warn  refused problem="blanks where plus signs should be" reference=GGGGGGGGGG code=SAML_BASE64_INVALID path=/saml/acs';
const coloured = readableLine(
  { time: '2026-11-25T17:29:33.000Z', level: 'warn', event: 'refused' },
  {
    reference: 'GGGGGGGGGG',
    code: 'SAML_AUDIENCE_MISMATCH',
    received: 'https://other.example/with/a long name that is a sentence of its own',
  },
  true,
);
const event = line({ event: 'refused', reference: 'GGGGGGGGGG', code: 'SAML_BASE64_INVALID' });

it.each([
  ['a readable line', said],
  ['a readable line behind a prefix', `Nov 25 17:29:33 host wix-saml[12]: ${said}`],
  ['a coloured line with a sentence below', `${coloured}\n17:29:34Z info  serve.stopping`],
  ['the JSON of Docker', JSON.stringify({ log: `${event}\n`, stream: 'stdout' })],
  ['journalctl -o json', JSON.stringify({ MESSAGE: event, _PID: '1' })],
  ['a collector in a collector', JSON.stringify({ line: JSON.stringify({ log: event }) })],
  ['a prefix with a bracket', `[{pod}] ${event}`],
  [
    'fields in another order',
    JSON.stringify({ code: 'SAML_BASE64_INVALID', event: 'refused', reference: 'GGGGGGGGGG' }),
  ],
])('E17: finds the reference in %s', async (_title, text) => {
  const other = join(directory, 'other.log');
  writeFileSync(other, `${text}\n`);
  const { code, out } = await wixSaml(['why', 'GGGGGGGGGG', other]);
  expect(code).toBe(0);
  expect(out).toContain('Code:     SAML_');
  expect(out).toContain('Who:      IT admin');
});

it('E17: shows what a readable line says below itself', async () => {
  const other = join(directory, 'other.log');
  writeFileSync(other, coloured);
  expect((await wixSaml(['why', 'GGGGGGGGGG', other])).out).toContain(
    'received: https://other.example/with/a long',
  );
});

it.each(['Reference: BBBBBBBBBB', 'bbbbb bbbbb', 'BBBBB-BBBBB', ' BBBBBBBBBB. '])(
  'E14: takes the reference as it is read out: %s',
  async (reference) => expect((await why(reference)).code).toBe(0),
);
