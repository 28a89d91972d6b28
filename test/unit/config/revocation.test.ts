/** `session`, `revocation` and `leavers` of a connection: what belongs together, and what is worth the name of a secret. */
import { buildRevocation } from '../../../src/config/build-revocation';
import type { ConnectionDraft } from '../../../src/config/options';
import type { Problem } from '../../../src/core/problem';
import type { At } from '../../../src/config/reading';

const TOKEN = 't'.repeat(32);

function build(given: object, file = TOKEN) {
  const problems: Problem[] = [];
  const at = {
    path: 'connections.acme',
    problems,
    readFile: () => Buffer.from(`${file}\n`),
    exposed: [],
  } as unknown as At;
  const rules = buildRevocation(given as ConnectionDraft, at);
  return { rules, problems: problems.map(({ path }) => path) };
}

const signed = { issuer: 'https://acme.okta.example', jwksUri: 'https://acme.okta.example/keys' };
const tokenFile = { file: '/token' };

it('is signed tokens, a bearer token, or both', () => {
  expect(build({ revocation: signed })).toEqual({ rules: { signed }, problems: [] });
  expect(build({ revocation: { ...signed, tokenFile } }).rules?.bearer?.reveal()).toBe(TOKEN);
  expect(JSON.stringify(build({ revocation: { tokenFile } }))).not.toContain(TOKEN);
});

it('is nothing where it is not written', () => {
  expect(build({ leavers: 'keep' })).toEqual({ rules: undefined, problems: [] });
});

it.each([
  ['an issuer without keys', { revocation: { issuer: signed.issuer } }, 'jwksUri'],
  ['keys without an issuer', { revocation: { jwksUri: signed.jwksUri } }, 'issuer'],
  ['an empty section', { revocation: {} }, 'revocation'],
  ['a block that nobody can ask for', { leavers: 'block', revocation: signed }, 'leavers'],
])('names %s as a problem', (_what, given, place) => {
  expect(build(given).problems.some((path) => path.endsWith(place))).toBe(true);
});

it.each(['short', 'two words, which are long enough to be a token', 'x'.repeat(1025)])(
  'refuses a token that is none: %s',
  (file) => {
    expect(build({ revocation: { tokenFile } }, file).problems).toContain(
      'connections.acme.revocation.tokenFile',
    );
  },
);
