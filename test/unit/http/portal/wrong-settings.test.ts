/** Wrong settings at an IdP, one at a time: the page of the test names the rule, and the field of that product that mends it. */
import { randomBytes } from 'node:crypto';
import { makeIdpKeys, STATUS, type ResponseOptions } from '../../../support/idp';
import { EMAIL } from '../../../support/makers/setting';
import { broughtMetadata, setupWorld, tested, type SetupWorld } from '../../../support/makers/setup-world';

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
  ['an answer to nothing', { inResponseTo: null }, 'SAML_RESPONSE_UNSOLICITED', 'What to do'],
  [
    'an answer to another request',
    { inResponseTo: `_${randomBytes(20).toString('hex')}-hooli` },
    'SAML_IN_RESPONSE_TO_MISMATCH',
    'What to do',
  ],
];

it.each(cases)('names what mends %s', async (_title, wrong, code, field) => {
  const browser = await broughtMetadata(world);
  const { body } = await tested(
    world,
    browser,
    typeof wrong === 'function' ? wrong(world.clock.now()) : wrong,
  );
  expect(body).toContain('The test failed');
  expect(body.replaceAll('&#39;', "'")).toContain(code);
  expect(body).toContain(field);
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
