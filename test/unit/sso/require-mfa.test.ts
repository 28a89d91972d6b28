// `require: mfa` at the running gate, as Entra, Okta and a Shibboleth show it: what is asked, who is let in, who is not.
// About 2 s.

import { createApplication } from '../../../src/http/router';
import { mfaWayOf, wayOfProduct } from '../../../src/admin/idps/mfa-way';
import { idpProducts } from '../../../src/admin/idps';
import { REFEDS_MFA, refedsWay, type MfaWay } from '../../../src/policy/mfa';
import { directoryOf } from '../../../src/sso/directory';
import { buildResponse, CONTEXT, NAME_ID, type ResponseOptions } from '../../support/idp';
import { form, listen, type Listening } from '../../support/makers/listening';
import { requestIdIn, requestIn } from '../../support/makers/sent-request';
import { challenge, idpKeys, logText, setting, START, type Setting } from '../../support/makers/setting';

const METHODS = 'http://schemas.microsoft.com/claims/authnmethodsreferences';
const MULTIPLE = 'http://schemas.microsoft.com/claims/multipleauthn';
const PASSWORD_METHOD = 'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password';

const wayOf = (id: string): MfaWay => wayOfProduct(idpProducts.find((product) => product.id === id)!);

let world: Setting;
let server: Listening;
afterEach(() => server.stop());

async function serve(mfa: MfaWay): Promise<void> {
  const made = setting();
  const acme = made.context.connections.ready.get('acme')!;
  const changed = { ...acme, policy: { ...acme.policy, mfa } };
  world = { ...made, context: { ...made.context, connections: directoryOf([changed]) } };
  server = await listen(createApplication(world.context));
}

async function outcomeOf(changes: Partial<ResponseOptions>, more = ''): Promise<unknown> {
  const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}${more}`);
  const id = requestIdIn(headers.location);
  const response = buildResponse({
    keys: idpKeys,
    issuer: 'https://idp.acme.example/metadata',
    acsUrl: 'https://sso.example.com/saml/acs',
    audience: 'https://sso.example.com/saml/metadata',
    inResponseTo: id,
    now: new Date(START),
    nameId: { value: 'ada@acme.example', format: NAME_ID.email },
    ...changes,
  });
  const samlResponse = Buffer.from(response).toString('base64');
  await server.send('/saml/acs', form({ SAMLResponse: samlResponse, RelayState: id }));
  return world.lines.at(-1)?.fields['code'] ?? world.lines.at(-1)?.event;
}

const signedIn = (contextClass: string, seconds = 0) => ({
  contextClass,
  authnInstant: new Date(START + seconds * 1000).toISOString(),
});
const methods = (...values: string[]) => [{ name: METHODS, values }];
const password = [signedIn(CONTEXT.password)];

describe('an attribute shows it (Entra)', () => {
  beforeEach(() => serve(wayOf('entra')));

  it.each<[string, Partial<ResponseOptions>]>([
    ['alone', { attributes: methods(MULTIPLE) }],
    ['between the methods that were used', { attributes: methods(PASSWORD_METHOD, MULTIPLE, 'urn:more') }],
    [
      'in the second of two attributes of the name',
      { attributes: [...methods('urn:x'), ...methods(MULTIPLE)] },
    ],
    ['not there, and the class of REFEDS instead', { authnStatements: [signedIn(REFEDS_MFA)] }],
  ])('lets in: %s', async (_title, changes) => {
    expect(await outcomeOf({ authnStatements: password, ...changes })).toBe('login.accepted');
  });

  it.each<[string, Partial<ResponseOptions>]>([
    ['nothing', {}],
    ['a password alone', { attributes: methods(PASSWORD_METHOD) }],
    ['a value that only begins like it', { attributes: methods(`${MULTIPLE}s`) }],
    ['the value among others in one text', { attributes: methods(`${PASSWORD_METHOD} ${MULTIPLE}`) }],
    ['another attribute with the value', { attributes: [{ name: 'methods', values: [MULTIPLE] }] }],
    ['the name in capitals', { attributes: [{ name: METHODS.toUpperCase(), values: [MULTIPLE] }] }],
    [
      'the attribute, which may mean another of two sign-ins',
      {
        attributes: methods(MULTIPLE),
        authnStatements: [signedIn(CONTEXT.password, -3600), signedIn(CONTEXT.password)],
      },
    ],
    [
      'an attribute of another namespace',
      {
        mutateUnsigned: (xml: string) =>
          xml.replace(
            '</saml:AttributeStatement>',
            `<x:Attribute xmlns:x="urn:x" Name="${METHODS}"><x:AttributeValue>${MULTIPLE}</x:AttributeValue></x:Attribute></saml:AttributeStatement>`,
          ),
        attributes: [{ name: 'mail', values: ['ada@acme.example'] }],
      },
    ],
    ['the class that AD FS sends, whose name Entra does not use', { authnStatements: [signedIn(MULTIPLE)] }],
  ])('refuses: %s', async (_title, changes) => {
    expect(await outcomeOf({ authnStatements: password, ...changes })).not.toBe('login.accepted');
  });

  it('does not ask, because Entra would refuse the class, and says in the log what came', async () => {
    const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}`);
    expect(requestIn(headers.location)).not.toContain('RequestedAuthnContext');
    expect(await outcomeOf({ authnStatements: password, attributes: methods(PASSWORD_METHOD) })).toBe(
      'POLICY_MFA_MISSING',
    );
    expect(world.lines.at(-1)?.fields).toMatchObject({
      expected: expect.stringContaining(`the attribute ${METHODS} with ${MULTIPLE}`) as unknown,
      received: [`class ${CONTEXT.password}`, `attribute ${PASSWORD_METHOD}`],
    });
    expect(logText(world)).not.toContain('ada@');
  });
});

describe('a class shows it (Shibboleth)', () => {
  beforeEach(() => serve(wayOf('shibboleth')));

  it('#policy.authentication/mfa-asked is asked for, exactly', async () => {
    const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}`);
    expect(requestIn(headers.location)).toMatch(
      /RequestedAuthnContext[^>]* Comparison="exact"[^>]*>.*https:\/\/refeds\.org\/profile\/mfa</,
    );
  });

  it('#policy.authentication/mfa-no-step-down steps down to nothing weaker, whatever an attribute says', async () => {
    expect(await outcomeOf({ authnStatements: [signedIn(REFEDS_MFA)] })).toBe('login.accepted');
    expect(await outcomeOf({ authnStatements: password })).toBe('POLICY_MFA_MISSING');
    expect(await outcomeOf({ authnStatements: password, attributes: methods(MULTIPLE) })).toBe(
      'POLICY_MFA_MISSING',
    );
    const sfa = 'https://refeds.org/profile/sfa';
    expect(await outcomeOf({ authnStatements: [signedIn(sfa)] })).toBe('POLICY_MFA_MISSING');
    expect(await outcomeOf({ authnStatements: [signedIn(`${REFEDS_MFA}/`)] })).toBe('POLICY_MFA_MISSING');
  });

  it('#policy.authentication/mfa-fresh is no new sign-in because a weak one beside it is (REFEDS MFA with ForceAuthn)', async () => {
    const forced = '&force_authn=true';
    const old = signedIn(REFEDS_MFA, -3600);
    expect(await outcomeOf({ authnStatements: [old, ...password] }, forced)).toBe('POLICY_AUTHN_TOO_OLD');
    expect(world.lines.at(-1)?.fields['expected']).toMatch(/ with MFA$/);
    expect(await outcomeOf({ authnStatements: [old, signedIn(REFEDS_MFA)] }, forced)).toBe('login.accepted');
    expect(await outcomeOf({ authnStatements: password }, forced)).toBe('POLICY_MFA_MISSING');
  });
});

describe('which way', () => {
  const endpoint = (location: string) => [{ binding: 'redirect' as const, location }];
  const idp = (entityId: string, location: string) => ({
    ...world.context.connections.ready.get('acme')!.identityProvider,
    ...{ entityId, singleSignOnServices: endpoint(location) },
  });

  it('is that of the product, found in the metadata; of a stranger the class of REFEDS alone', async () => {
    await serve(refedsWay);
    const okta = mfaWayOf(idp('http://www.okta.com/exk1', 'https://x.okta.com/app/a/exk1/sso/saml'));
    expect(okta).toMatchObject({ product: 'Okta', ask: [], attribute: { name: 'amr', values: ['mfa'] } });
    expect(mfaWayOf(idp('https://idp.example/', 'https://idp.example/sso'))).toEqual({
      ask: [REFEDS_MFA],
      classes: [REFEDS_MFA],
    });
  });

  it('has the class of REFEDS at every product, and asks for nothing that does not count', () => {
    for (const way of idpProducts.map(wayOfProduct)) {
      expect(way.classes).toContain(REFEDS_MFA);
      expect(way.ask.filter((name) => !way.classes.includes(name))).toEqual([]);
    }
  });
});
