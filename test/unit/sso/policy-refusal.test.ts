// What the running gate says about a refusal by the policy, and that it asks one AuthnStatement for everything.

import { createApplication } from '../../../src/http/router';
import { explain } from '../../../src/admin/explain-answer';
import type { MemberPolicy } from '../../../src/policy/member-policy';
import { directoryOf } from '../../../src/sso/directory';
import { buildResponse, CONTEXT, NAME_ID, type ResponseOptions } from '../../support/idp';
import { requestIdIn } from '../../support/makers/sent-request';
import { form, listen, type Answer, type Listening } from '../../support/makers/listening';
import { challenge, idpKeys, logText, setting, START, type Setting } from '../../support/makers/setting';

let world: Setting;
let server: Listening;
afterEach(() => server.stop());

async function serve(changes: Partial<MemberPolicy>): Promise<void> {
  const made = setting();
  const acme = made.context.connections.ready.get('acme')!;
  const changed = { ...acme, policy: { ...acme.policy, ...changes } };
  world = { ...made, context: { ...made.context, connections: directoryOf([changed]) } };
  server = await listen(createApplication(world.context));
}

async function requestId(more = ''): Promise<string> {
  const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}${more}`);
  return requestIdIn(headers.location);
}

const message = (id: string, changes: Partial<ResponseOptions>): string =>
  Buffer.from(
    buildResponse({
      keys: idpKeys,
      issuer: 'https://idp.acme.example/metadata',
      acsUrl: 'https://sso.example.com/saml/acs',
      audience: 'https://sso.example.com/saml/metadata',
      inResponseTo: id,
      now: new Date(START),
      ...changes,
    }),
  ).toString('base64');

const answer = (id: string, samlResponse: string): Promise<Answer> =>
  server.send('/saml/acs', form({ SAMLResponse: samlResponse, RelayState: id }));

const mail = (value: string) => ({ name: 'mail', values: [value] });
const speaking = (value: string) => ({ value, format: NAME_ID.email });

it.each<[string, Partial<MemberPolicy>, Partial<ResponseOptions>, string]>([
  [
    'POLICY_EMAIL_AMBIGUOUS',
    {},
    { nameId: speaking('ada@acme.example'), attributes: [mail('arthur@acme.example')] },
    'attribute mail: a***@acme.example (another address)',
  ],
  [
    'POLICY_EMAIL_MISSING',
    { emailFrom: { attribute: 'mail' } },
    { nameId: speaking('ada@acme.example'), attributes: [{ name: 'login', values: ['ada@acme.example'] }] },
    'attribute login: a***@acme.example',
  ],
  [
    'POLICY_EMAIL_INVALID',
    { emailFrom: 'nameId' },
    { nameId: speaking('ada@ACME'), attributes: [mail('ada@acme.example')] },
    `NameID a***@ACME (no dot in the domain), Format ${NAME_ID.email}`,
  ],
  [
    'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
    {},
    { nameId: speaking('ada@evil.example') },
    `NameID a***@evil.example, Format ${NAME_ID.email}`,
  ],
  [
    'POLICY_NAMEID_TRANSIENT',
    {},
    { nameId: { value: '_x', format: NAME_ID.transient }, attributes: [{ name: 'groups', values: ['g'] }] },
    'attribute groups',
  ],
])('B4: %s shows both sides, the same in the log and in explain', async (code, policy, changes, shown) => {
  await serve(policy);
  const id = await requestId();
  const samlResponse = message(id, changes);
  expect((await answer(id, samlResponse)).status).toBe(403);
  const { fields } = world.lines.at(-1)!;
  expect(fields['code']).toBe(code);
  expect(fields['received']).toContain(shown);
  expect(logText(world)).not.toContain('ada@');
  const connection = world.context.connections.ready.get('acme')!;
  const { serviceProvider } = world.context;
  const { rows } = explain({
    samlResponse,
    maxMessageBytes: world.context.maxMessageBytes,
    keys: connection.identityProvider.signingKeys,
    allowSha1: false,
    decryption: { keys: [], allowCbc: false },
    unsolicited: 'restart',
    expected: {
      identityProvider: connection.identityProvider.entityId,
      serviceProvider: serviceProvider.entityId,
      assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
      requestId: id,
      clockSkewMs: connection.clockSkewMs,
    },
    policy: connection.policy,
    now: START,
  });
  expect(rows.at(-1)).toMatchObject({
    id: 'policy.email',
    code,
    expected: fields['expected'],
    received: (fields['received'] as readonly string[]).join(', '),
  });
});

it('B7: ForceAuthn is not met by a weak new sign-in beside a strong old one', async () => {
  await serve({ requestedAuthnContext: [CONTEXT.x509] });
  const strong = (seconds: number) => ({
    contextClass: CONTEXT.x509,
    authnInstant: new Date(START + seconds * 1000).toISOString(),
  });
  const weak = { ...strong(0), contextClass: CONTEXT.password };
  const nameId = speaking('ada@acme.example');
  const outcomeOf = async (authnStatements: ResponseOptions['authnStatements']): Promise<unknown> => {
    const id = await requestId('&force_authn=true');
    await answer(id, message(id, { nameId, authnStatements: authnStatements ?? [] }));
    return world.lines.at(-1)?.fields['code'] ?? world.lines.at(-1)?.event;
  };
  expect(await outcomeOf([strong(-3600), weak])).toBe('POLICY_AUTHN_TOO_OLD');
  expect(world.lines.at(-1)?.fields['received']).toMatch(/^AuthnInstant /);
  expect(await outcomeOf([weak])).toBe('POLICY_AUTHN_CONTEXT_NOT_ALLOWED');
  expect(await outcomeOf([strong(0), weak])).toBe('login.accepted');
});
