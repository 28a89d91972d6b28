/** The ACS as an HTTP endpoint: security catalogue 2.7. */
import { gzipSync } from 'node:zlib';
import { attack, form, type AttackCase, type AttackContext, type Posting } from './catalogue';
import { honest } from './material';
import { under } from '../../support/rule-ids';

const encodedMessage = (c: AttackContext): string => Buffer.from(honest(c)).toString('base64');
const evilMessage = (c: AttackContext): string =>
  Buffer.from(honest({ ...c, attacker: c.victim }, 'none')).toString('base64');
const raw = (
  contentType: string | undefined,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Posting => ({
  ...(contentType === undefined ? {} : { contentType }),
  headers,
  body,
});
const FORM = 'application/x-www-form-urlencoded';
const DUPLICATE = 'HTTP_FIELD_DUPLICATE';
const TYPE = 'HTTP_CONTENT_TYPE_UNSUPPORTED';
const MISSING = 'HTTP_FIELD_MISSING';

const parameters: AttackCase[] = under('http.body', [
  attack('H-duplicate', 'parameter pollution', DUPLICATE, (c) =>
    form([
      ['SAMLResponse', encodedMessage(c)],
      ['SAMLResponse', encodedMessage(c)],
    ]),
  ),
  attack('H-duplicate-evil-first', 'parameter pollution', DUPLICATE, (c) =>
    form([
      ['SAMLResponse', evilMessage(c)],
      ['SAMLResponse', encodedMessage(c)],
    ]),
  ),
  attack('H-duplicate-relaystate', 'parameter pollution', DUPLICATE, (c) =>
    form([
      ['SAMLResponse', encodedMessage(c)],
      ['RelayState', 'a'],
      ['RelayState', 'b'],
    ]),
  ),
  attack('H-bracket', 'parameter pollution', DUPLICATE, (c) => form({ 'SAMLResponse[]': encodedMessage(c) })),
  attack('H-bracket-index', 'parameter pollution', DUPLICATE, (c) =>
    form({ 'SAMLResponse[0]': encodedMessage(c) }),
  ),
  attack('H-bracket-object', 'parameter pollution', DUPLICATE, () =>
    form({ 'SAMLResponse[length]': '200000000' }),
  ),
  attack('H-case', 'names are exact', MISSING, (c) => form({ samlresponse: encodedMessage(c) })),
  attack('H-space-name', 'names are exact', MISSING, (c) => form({ 'SAMLResponse ': encodedMessage(c) })),
  attack('H-missing', 'required', MISSING, () => form({ RelayState: 'x' })),
  attack('H-empty-body', 'required', MISSING, () => raw(FORM, '')),
  attack('H-empty-value', 'required', MISSING, () => form({ SAMLResponse: '' })),
  attack('H-in-query', 'body only', MISSING, (c) => ({
    contentType: FORM,
    body: 'x=1',
    query: `?SAMLResponse=${encodeURIComponent(encodedMessage(c))}`,
  })),
  attack('H-samlrequest', 'a Response is expected', MISSING, (c) => form({ SAMLRequest: encodedMessage(c) })),
  attack('H-samlart', 'no artifact binding', MISSING, () => form({ SAMLart: 'AAQAAA==' })),
  attack('H-proto-field', 'prototype pollution', MISSING, () => form({ '__proto__[SAMLResponse]': 'x' })),
]);

const bodies: AttackCase[] = under('http.body', [
  attack('H-json', 'no JSON on the ACS', TYPE, (c) =>
    raw('application/json', JSON.stringify({ SAMLResponse: encodedMessage(c) })),
  ),
  attack('H-json-length', 'Buffer.from on an array-like: 23 s', TYPE, () =>
    raw('application/json', '{"SAMLResponse":{"length":200000000}}'),
  ),
  attack('H-text', 'form only', TYPE, (c) =>
    raw('text/plain', `SAMLResponse=${encodeURIComponent(encodedMessage(c))}`),
  ),
  attack('H-xml', 'form only', TYPE, (c) => raw('text/xml', honest(c))),
  attack('H-soap', 'no PAOS', TYPE, (c) => raw('application/vnd.paos+xml', honest(c))),
  attack('H-no-content-type', 'form only', TYPE, (c) =>
    raw(undefined, Buffer.from(`SAMLResponse=${encodeURIComponent(encodedMessage(c))}`)),
  ),
  attack('H-multipart', 'form only', TYPE, (c) =>
    raw(
      'multipart/form-data; boundary=b',
      `--b\r\nContent-Disposition: form-data; name="SAMLResponse"\r\n\r\n${encodedMessage(c)}\r\n--b--\r\n`,
    ),
  ),
  attack(
    'H-charset-utf16',
    'the form type has no charset parameter',
    { acceptedAs: 'mallory@example.com' },
    (c) => raw(`${FORM}; charset=utf-16`, `SAMLResponse=${encodeURIComponent(encodedMessage(c))}`),
  ),
  attack(
    'H-charset-utf7',
    'the form type has no charset parameter',
    { acceptedAs: 'mallory@example.com' },
    (c) => raw(`${FORM}; charset=utf-7`, `SAMLResponse=${encodeURIComponent(encodedMessage(c))}`),
  ),
  attack('H-gzip', 'no compressed bodies', TYPE, (c) =>
    raw(FORM, gzipSync(`SAMLResponse=${encodeURIComponent(encodedMessage(c))}`), {
      'content-encoding': 'gzip',
    }),
  ),
  attack('H-gzip-bomb', 'no compressed bodies', TYPE, () =>
    raw(FORM, gzipSync(Buffer.alloc(50_000_000, 97)), { 'content-encoding': 'gzip' }),
  ),
  attack('H-bad-percent', 'malformed form', 'HTTP_BODY_MALFORMED', () => raw(FORM, 'SAMLResponse=%zz')),
  attack('H-many-fields', 'few fields', 'HTTP_BODY_MALFORMED', (c) =>
    raw(
      FORM,
      `${Array.from({ length: 5000 }, (_, index) => `a${index}=1`).join('&')}&SAMLResponse=${encodeURIComponent(encodedMessage(c))}`,
    ),
  ),
]);

const methods: AttackCase[] = under(
  'http.route',
  ['GET', 'PUT', 'DELETE', 'PATCH'].map((method) =>
    attack(
      `H-method-${method.toLowerCase()}`,
      'Profiles §4.1.2: POST only',
      'HTTP_METHOD_NOT_ALLOWED',
      (c) => ({
        method,
        contentType: FORM,
        body: method === 'GET' ? '' : `SAMLResponse=${encodeURIComponent(encodedMessage(c))}`,
        query: method === 'GET' ? `?SAMLResponse=${encodeURIComponent(encodedMessage(c))}` : '',
      }),
    ),
  ),
);

/** RelayState is never read as anything: the login succeeds and goes where the request said. */
export const hostileRelayStates: readonly string[] = [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '/members\r\nSet-Cookie: a=b',
  '/%0d%0aSet-Cookie:a=b',
  '"><script>alert(1)</script>',
  "' or 1=1",
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '\u0000',
  '/@evil.example',
  '/.evil.example',
  '',
];

const relayStates: AttackCase[] = under(
  'http.relayState',
  hostileRelayStates.map((relayState, index) =>
    attack(`H-relaystate-${index}`, 'CVE-2026-22032 class', { acceptedAs: 'mallory@example.com' }, (c) =>
      form({ SAMLResponse: encodedMessage(c), RelayState: relayState }),
    ),
  ),
);

const hosts: AttackCase[] = under(
  'http.addresses',
  [
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'https'],
    ['x-original-url', '/saml/other'],
    ['x-forwarded-prefix', '/evil'],
    ['forwarded', 'host=evil.example;proto=https'],
  ].map(([name = '', value = '']) =>
    attack(
      `H-${name}`,
      'our own URLs come from the configuration',
      { acceptedAs: 'mallory@example.com' },
      (c) => ({
        ...form({ SAMLResponse: encodedMessage(c) }),
        headers: { [name]: value },
      }),
    ),
  ),
);

export const httpAttacks: readonly AttackCase[] = [
  ...parameters,
  ...bodies,
  ...methods,
  ...relayStates,
  ...hosts,
];
