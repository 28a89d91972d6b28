/**
 * Wrong settings at an IdP, one at a time: the page of the test names the rule, and the field of that product that mends it. Each
 * is tried at Okta, in words written out here, and at one of nine other products in turn, in the words of its file. About 6 s.
 */
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { idpProducts } from '../../../../src/admin/idps';
import { topicFor } from '../../../../src/admin/idps/topics';
import type { ErrorCode } from '../../../../src/core/errors';
import { refedsWay } from '../../../../src/policy/mfa';
import { DIGEST, makeIdpKeys, NAME_ID, SIGNATURE, STATUS, type ResponseOptions } from '../../../support/idp';
import { form } from '../../../support/makers/listening';
import { EMAIL } from '../../../support/makers/setting';
import {
  broughtMetadata,
  hooliAnswer,
  hooliMetadata,
  setupWorld,
  startTest,
  tested,
  waitingEntry,
  type SetupBrowser,
  type SetupWorld,
} from '../../../support/makers/setup-world';

let world: SetupWorld;
beforeAll(async () => {
  world = await setupWorld();
});
afterAll(() => world.stop());

type Wrong = Partial<ResponseOptions> | ((now: number) => Partial<ResponseOptions>);

const TEN_MINUTES = 600_000;
const strangers = makeIdpKeys();
const audience = 'General → SAML Settings → Audience URI (SP Entity ID)';
const acs = 'General → SAML Settings → Single sign-on URL (also for Recipient and Destination)';
const metadata = 'Sign On → Metadata URL';
const algorithm = 'SAML Settings → Advanced → Signature Algorithm and Digest Algorithm: SHA256';
const encryption = 'SAML Settings → Advanced → Assertion Encryption and Encryption Certificate';
const mfa =
  'Sign On → the application’s sign-in policy, and SAML Settings → Attribute Statements: amr = session.amr';
const nameId = 'SAML Settings → Name ID format: EmailAddress, Application username: Email';

const cases: readonly [title: string, wrong: Wrong, code: string, field: string][] = [
  ['another audience', { audience: 'https://wrong.example' }, 'SAML_AUDIENCE_MISMATCH', audience],
  [
    'the audience with a slash',
    { audience: 'https://sso.example.com/saml/metadata/' },
    'SAML_AUDIENCE_MISMATCH',
    audience,
  ],
  [
    'the ACS as audience',
    { audience: 'https://sso.example.com/saml/acs' },
    'SAML_AUDIENCE_MISMATCH',
    audience,
  ],
  ['an http ACS', { acsUrl: 'http://sso.example.com/saml/acs' }, 'SAML_DESTINATION_MISMATCH', acs],
  ['the ACS of another host', { acsUrl: 'https://old.example.com/saml/acs' }, 'SAML_RECIPIENT_MISMATCH', acs],
  ['an ACS with a slash', { acsUrl: 'https://sso.example.com/saml/acs/' }, 'SAML_RECIPIENT_MISMATCH', acs],
  [
    'another tenant',
    { issuer: 'https://idp.other.example/metadata' },
    'SAML_ISSUER_MISMATCH',
    'Sign On → Metadata URL',
  ],
  [
    'a certificate that is not on file',
    { keys: strangers },
    'SAML_SIGNATURE_INVALID',
    'Sign On → Metadata URL',
  ],
  [
    'a Response signed by a strange key',
    { keys: strangers, sign: { response: true } },
    'SAML_SIGNATURE_INVALID',
    'Sign On → Metadata URL',
  ],
  [
    'no signature',
    { sign: {} },
    'SAML_SIGNATURE_MISSING',
    'SAML Settings → Advanced → Response / Assertion Signature',
  ],
  ['a user name', { nameId: { value: 'gavin' } }, 'POLICY_EMAIL_INVALID', nameId],
  ['a Windows name', { nameId: { value: 'HOOLI\\gavin' } }, 'POLICY_EMAIL_INVALID', nameId],
  [
    'a guest name',
    { nameId: { value: 'gavin_pied.example#EXT#@hooli.example' } },
    'POLICY_EMAIL_INVALID',
    nameId,
  ],
  [
    'a transient name',
    { nameId: { value: '_f00', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' } },
    'POLICY_NAMEID_TRANSIENT',
    nameId,
  ],
  [
    'a user principal name of another domain',
    { nameId: { value: 'gavin@hooli.local.example' } },
    'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
    nameId,
  ],
  ['somebody else’s address', { nameId: { value: EMAIL } }, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED', nameId],
  [
    'a clock ten minutes ahead',
    (now) => ({ now: new Date(now + TEN_MINUTES) }),
    'SAML_ASSERTION_NOT_YET_VALID',
    'ahead of ours',
  ],
  [
    'a clock ten minutes behind',
    (now) => ({ now: new Date(now - TEN_MINUTES) }),
    'SAML_ASSERTION_EXPIRED',
    'behind ours',
  ],
  [
    'a person who is not assigned',
    {
      status: { code: STATUS.responder, message: 'not assigned' },
      noAssertion: true,
      sign: { response: true },
    },
    'SAML_STATUS_NOT_SUCCESS',
    'Assignments → assign the person',
  ],
  [
    'another tenant with a slash at its end',
    { issuer: 'https://idp.hooli.example/metadata/' },
    'SAML_ISSUER_MISMATCH',
    metadata,
  ],
  [
    'a Response whose signature is broken around a sound Assertion',
    {
      sign: { response: true, assertion: true },
      mutateSigned: (xml) => xml.replace('<samlp:Response ', '<samlp:Response Consent="urn:x" '),
    },
    'SAML_SIGNATURE_INVALID',
    'The text was changed after it was signed',
  ],
  [
    'SHA-1',
    { signature: { signatureAlgorithm: SIGNATURE.rsaSha1, digestAlgorithm: DIGEST.sha1 } },
    'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED',
    algorithm,
  ],
  [
    'SHA-1 as the digest alone',
    { signature: { digestAlgorithm: DIGEST.sha1 } },
    'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED',
    algorithm,
  ],
  [
    'a Recipient of its own',
    { confirmations: [{ recipient: 'https://old.example.com/saml/acs' }] },
    'SAML_RECIPIENT_MISMATCH',
    acs,
  ],
  ['no Recipient', { confirmations: [{ recipient: null }] }, 'SAML_RECIPIENT_MISMATCH', acs],
  [
    'no bearer confirmation',
    { confirmations: [{ method: 'urn:x' }] },
    'SAML_SUBJECT_CONFIRMATION_INVALID',
    acs,
  ],
  [
    'a Destination of its own',
    { destination: 'https://old.example.com/saml/acs' },
    'SAML_DESTINATION_MISMATCH',
    acs,
  ],
  [
    'the ACS of another connection',
    { acsUrl: 'https://sso.example.com/saml/acs/pied' },
    'SAML_RECIPIENT_MISMATCH',
    acs,
  ],
  ['no Conditions', { conditions: null }, 'SAML_CONDITIONS_MISSING', audience],
  ['no Subject', { noSubject: true }, 'SAML_SUBJECT_MISSING', nameId],
  [
    'a certificate of somebody else for encryption',
    { encrypt: { recipients: [strangers.certificatePem] } },
    'SAML_DECRYPTION_FAILED',
    encryption,
  ],
  [
    'no address anywhere',
    { nameId: { value: 'x81hsd', format: NAME_ID.persistent }, attributes: [] },
    'POLICY_EMAIL_MISSING',
    nameId,
  ],
  [
    'an address between blanks',
    { nameId: { value: ' gavin@hooli.example ' } },
    'POLICY_EMAIL_INVALID',
    nameId,
  ],
  [
    'two addresses in one',
    { nameId: { value: 'a@hooli.example,b@hooli.example' } },
    'POLICY_EMAIL_INVALID',
    nameId,
  ],
  [
    'an address of another company',
    { nameId: { value: 'gavin@pied.example' } },
    'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
    nameId,
  ],
  [
    'a method of sign-in that the IdP refuses',
    {
      status: { code: STATUS.responder, subCode: 'urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext' },
      noAssertion: true,
      sign: {},
    },
    'SAML_STATUS_NOT_SUCCESS',
    mfa,
  ],
  [
    'a NameID that the IdP cannot make',
    {
      status: { code: STATUS.requester, subCode: 'urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy' },
      noAssertion: true,
      sign: {},
    },
    'SAML_STATUS_NOT_SUCCESS',
    nameId,
  ],
  [
    'no AuthnStatement',
    { authnStatements: [] },
    'SAML_AUTHN_STATEMENT_MISSING',
    'Choose the Web SSO profile',
  ],
  ['an answer to nothing', { inResponseTo: null }, 'SAML_RESPONSE_UNSOLICITED', 'What to do'],
  [
    'an answer to another request',
    { inResponseTo: `_${randomBytes(20).toString('hex')}-hooli` },
    'SAML_IN_RESPONSE_TO_MISMATCH',
    'What to do',
  ],
];

const others = [
  'entra',
  'google',
  'adfs',
  'onelogin',
  'pingone',
  'jumpcloud',
  'keycloak',
  'shibboleth',
  'simplesamlphp',
];

async function failedAt(product: string, wrong: Wrong, code: string): Promise<string> {
  const browser = await broughtMetadata(world, hooliMetadata(), product);
  const changes = typeof wrong === 'function' ? wrong(world.clock.now()) : wrong;
  const { body } = await tested(world, browser, changes);
  expect(body).toContain('The test failed');
  expect(textIn(body)).toContain(code);
  return textIn(body);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** As a reader sees it: direction marks show nothing. */
const textIn = (html: string): string =>
  html
    .replace(/<\/?bdi[^>]*>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>');

it('has a case for each of the thirty usual mistakes, and more', () =>
  expect(cases.length).toBeGreaterThan(34));

it.each(cases)('names what mends %s', async (_title, wrong, code, field) => {
  expect(await failedAt('okta', wrong, code)).toContain(field);
});

it.each(
  cases.map(([title, wrong, code], index) => [title, others[index % others.length]!, wrong, code] as const),
)('names what mends %s at %s', async (_title, id, wrong, code) => {
  const text = await failedAt(id, wrong, code);
  const { fieldsToChange, name } = idpProducts.find((product) => product.id === id)!;
  const { status, mutateSigned } = typeof wrong === 'object' ? wrong : {};
  const evidence = mutateSigned === undefined ? status?.subCode : 'content was changed';
  const topic = topicFor(code as ErrorCode, evidence);
  const field = topic === undefined ? undefined : fieldsToChange[topic];
  // Where no field of the product mends it, what to do stands there all the same.
  if (field === undefined) expect(text).toContain('What to do');
  else expect(text).toMatch(new RegExp(`Change at ${literal(name)}[^]{0,20}${literal(field)}`));
});

it('sends nobody to the metadata where the key was the right one', async () => {
  const [, broken] = cases.find(([title]) => title.startsWith('a Response whose signature is broken'))!;
  expect(await failedAt('okta', broken, 'SAML_SIGNATURE_INVALID')).not.toContain(metadata);
});

it('names what mends a missing second factor', async () => {
  const entry = waitingEntry();
  const policy = { ...entry.settings.policy, mfa: refedsWay };
  world.replace('hooli', { ...entry, settings: { ...entry.settings, policy } });
  try {
    expect(await failedAt('okta', {}, 'POLICY_MFA_MISSING')).toContain(mfa);
    expect(await failedAt('entra', {}, 'POLICY_MFA_MISSING')).toContain('Conditional Access');
  } finally {
    world.replace('hooli', entry);
  }
});

it.each<[string, Partial<ResponseOptions>]>([
  ['an address in capitals', { nameId: { value: 'Gavin@HOOLI.example' } }],
  [
    'odd qualifiers of the name',
    { nameId: { value: 'gavin@hooli.example', nameQualifier: 'x', spNameQualifier: 'https://y.example' } },
  ],
])('calls nothing wrong at %s', async (_title, changes) => {
  const { body } = await tested(world, await broughtMetadata(world), changes);
  expect(body).toContain('The test passed');
  expect(body).not.toContain('What is wrong');
});

it('says of a certificate that has ended that it still works, before anything is saved', async () => {
  const ended = makeIdpKeys({ notBefore: new Date('2024-01-01'), notAfter: new Date('2025-01-01') });
  const browser = await broughtMetadata(world);
  const { body } = await browser.postFile('/setup/metadata', { file: hooliMetadata(ended) });
  expect(body).toContain('is over: it still works, renew it soon');
});

describe('an answer that finds no way to its test', () => {
  let browser: SetupBrowser;
  let answer: { readonly SAMLResponse: string; readonly RelayState: string };
  beforeEach(async () => {
    browser = await broughtMetadata(world);
    const { requestId, relayState } = await startTest(browser);
    answer = { SAMLResponse: hooliAnswer(world, requestId), RelayState: relayState };
  });

  const waiting = async (): Promise<string> => textIn((await browser.get('/setup/test')).body);

  it('for a RelayState of the IdP’s own: the page names its field', async () => {
    // One that names our request finds its way without: setup-steps.test.ts.
    const SAMLResponse = hooliAnswer(world, null);
    for (const fields of [{ SAMLResponse }, { SAMLResponse, RelayState: 'https://x.example/' }]) {
      const { body } = await world.server.send('/saml/acs', form(fields));
      expect(body).toContain('SAML_ISSUER_MISMATCH');
    }
    expect(await waiting()).toMatch(
      /SAML_ISSUER_MISMATCH[^]*At Okta it is called <strong>Default RelayState</,
    );
  });

  it('by HTTP-Redirect or HTTP-Artifact: the page names the field of the binding', async () => {
    const redirect = new URLSearchParams({
      SAMLResponse: deflateRawSync(Buffer.from(answer.SAMLResponse, 'base64')).toString('base64'),
      RelayState: answer.RelayState,
    });
    const byRedirect = await world.server.get(`/saml/acs?${redirect.toString()}`);
    const byArtifact = await world.server.send(
      '/saml/acs',
      form({ SAMLart: 'AAQAAMh48', RelayState: answer.RelayState }),
    );
    for (const [{ body }, code] of [
      [byRedirect, 'HTTP_METHOD_NOT_ALLOWED'],
      [byArtifact, 'HTTP_FIELD_MISSING'],
    ] as const) {
      expect(body).toContain(code);
      expect(await waiting()).toMatch(
        new RegExp(`${code}[^]*Choose the binding HTTP-POST[^]*${literal(acs)}`),
      );
    }
  });

  it('compressed: the verdict names the field of the binding', async () => {
    const SAMLResponse = deflateRawSync(Buffer.from(answer.SAMLResponse, 'base64')).toString('base64');
    await world.server.send('/saml/acs', form({ ...answer, SAMLResponse }));
    const text = await waiting();
    for (const words of ['SAML_ENCODING_INVALID', 'Choose HTTP-POST without DEFLATE', acs])
      expect(text).toContain(words);
  });
});

it('asks which address counts where two differ, and calls nothing wrong', async () => {
  const browser = await broughtMetadata(world);
  const { body } = await tested(world, browser, {
    attributes: [{ name: 'mail', values: ['belson@hooli.example'] }],
  });
  expect(body).toContain('The test passed');
  expect(body).toContain('Which one is the person’s address?');
  expect(body).not.toContain('What is wrong');
});
