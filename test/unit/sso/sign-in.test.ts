// The lines of one sign-in can be joined, and none of them holds what could be used.

import { createHash, X509Certificate } from 'node:crypto';
import { SsoError } from '../../../src/core/errors';
import { createApplication } from '../../../src/http/router';
import { nameSignIn, peekSignIn, signInOf } from '../../../src/sso/sign-in';
import { form, jsonBody, listen, type Answer, type Listening } from '../../support/makers/listening';
import { onwardOf } from '../../support/onward';
import { buildResponse, type ResponseOptions } from '../../support/idp';
import {
  challenge,
  EMAIL,
  idpKeys,
  logText,
  setting,
  START,
  TOKEN,
  verifier,
  type Setting,
} from '../../support/makers/setting';

const digest = (requestId: string): string =>
  createHash('sha256').update(requestId).digest('hex').slice(0, 10);
import { requestIdIn } from '../../support/makers/sent-request';

describe('the log lines of one sign-in', () => {
  let world: Setting;
  let server: Listening;

  beforeEach(async () => {
    world = setting();
    server = await listen(createApplication(world.context));
  });

  afterEach(() => server.stop());

  async function requestId(): Promise<string> {
    const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}`);
    return requestIdIn(headers.location);
  }

  /** The IdP's answer to a request. */
  function answer(id: string, changes: Partial<ResponseOptions> = {}, relayState = id): Promise<Answer> {
    const xml = buildResponse({
      keys: idpKeys,
      issuer: 'https://idp.acme.example/metadata',
      acsUrl: 'https://sso.example.com/saml/acs',
      audience: 'https://sso.example.com/saml/metadata',
      inResponseTo: id,
      now: new Date(START),
      nameId: { value: EMAIL },
      ...changes,
    });
    const fields = { SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState };
    return server.send('/saml/acs', form(fields));
  }

  const ticketOf = ({ body }: Answer): string =>
    new URL(onwardOf(body) ?? '').searchParams.get('ticket') ?? '';
  const redeem = (ticket: string, codeVerifier = verifier): Promise<Answer> =>
    server.send('/session-token', jsonBody({ ticket, codeVerifier }));
  const signIns = (): [string, unknown][] =>
    world.lines.map(({ event, fields }) => [event, fields['signIn']]);
  const signatureOf = (id: string): string => id.slice(0, 41);

  it('have one signIn and three references', async () => {
    const id = await requestId();
    const ticket = ticketOf(await answer(id));
    expect((await redeem(ticket)).status).toBe(200);
    const signIn = digest(id);
    expect(signIns()).toEqual([
      ['login.requested', signIn],
      ['login.accepted', signIn],
      ['ticket.redeemed', signIn],
      ['session.began', signIn],
    ]);
    expect(new Set(world.lines.map(({ fields }) => fields['reference'])).size).toBe(3);
    for (const secret of [signatureOf(id), ticket, verifier, challenge, TOKEN, EMAIL]) {
      expect(secret).not.toBe('');
      expect(logText(world)).not.toContain(secret);
    }
  });

  it('E18: say whose key verified the answer, and which assertion it was without its id', async () => {
    await answer(await requestId(), {
      assertionId: '_assertion-1',
      sign: { response: true, assertion: true },
    });
    const accepted = world.lines.find(({ event }) => event === 'login.accepted')?.fields;
    const certificate = new X509Certificate(Buffer.from(idpKeys.certificateBase64, 'base64'));
    const thumbprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    const named = '["https://idp.acme.example/metadata","_assertion-1"]';
    const hash = createHash('sha256').update(named, 'utf8').digest('hex').slice(0, 32);
    expect(accepted).toMatchObject({ keyThumbprints: [thumbprint], assertionIdHash: hash });
    expect(logText(world)).not.toContain('_assertion-1');
  });

  it('of two sign-ins are told apart', async () => {
    const [first, second] = [await requestId(), await requestId()];
    await answer(second);
    await answer(first);
    expect(signIns().map(([, signIn]) => signIn)).toEqual([first, second, second, first].map(digest));
  });

  const refused: [string, Partial<ResponseOptions>, string][] = [
    ['the signature', { sign: {} }, 'SAML_SIGNATURE_MISSING'],
    ['a rule', { audience: 'https://other.example' }, 'SAML_AUDIENCE_MISMATCH'],
    ['the policy', { nameId: { value: 'ada@evil.example' } }, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED'],
    [
      'the IdP',
      { status: { code: 'urn:oasis:names:tc:SAML:2.0:status:Responder', message: 'no' } },
      'SAML_STATUS_NOT_SUCCESS',
    ],
  ];
  it.each(refused)('include the refusal by %s, with RelayState or without', async (_title, changes, code) => {
    const id = await requestId();
    for (const relayState of [id, '']) {
      expect((await answer(id, changes, relayState)).status).toBe(403);
      expect(world.lines.at(-1)).toMatchObject({ event: 'refused', fields: { code, signIn: digest(id) } });
    }
    expect(logText(world)).not.toContain(signatureOf(id));
  });

  it('include the second presentation of an answer', async () => {
    const id = await requestId();
    await answer(id);
    await answer(id);
    expect(signIns().at(-1)).toEqual(['refused', digest(id)]);
    expect(world.lines.at(-1)?.fields['code']).toBe('SAML_REQUEST_UNKNOWN');
  });

  it('include a message that cannot be read, by its RelayState', async () => {
    const id = await requestId();
    await server.send('/saml/acs', form({ SAMLResponse: 'YQ==', RelayState: id }));
    expect(world.lines.at(-1)).toMatchObject({ event: 'refused', fields: { signIn: digest(id) } });
    expect(logText(world)).not.toContain(signatureOf(id));
  });

  it('name the sign-in that InResponseTo says, also when RelayState says another', async () => {
    const [id, other] = [await requestId(), await requestId()];
    await answer(id, { audience: 'https://other.example' }, other);
    expect(world.lines.at(-1)?.fields['signIn']).toBe(digest(id));
  });

  it('hold no request id where Response and confirmation name different ones', async () => {
    const [id, other] = [await requestId(), await requestId()];
    await answer(other, { responseInResponseTo: id }, id);
    expect(world.lines.at(-1)).toMatchObject({
      fields: {
        code: 'SAML_IN_RESPONSE_TO_MISMATCH',
        signIn: digest(id),
        expected: `signIn ${digest(id)}`,
        received: `signIn ${digest(other)}`,
      },
    });
    for (const each of [id, other]) expect(logText(world)).not.toContain(signatureOf(each));
  });

  it('include the refusals at the ticket', async () => {
    const id = await requestId();
    await redeem(ticketOf(await answer(id)), 'w'.repeat(43));
    expect(world.lines.at(-1)).toMatchObject({
      event: 'refused',
      fields: { code: 'TICKET_VERIFIER_MISMATCH', signIn: digest(id) },
    });
    const next = await requestId();
    world.exchange = () => Promise.reject(new SsoError('WIX_MEMBER_REFUSED', { status: 403 }));
    await redeem(ticketOf(await answer(next)));
    expect(world.lines.at(-1)).toMatchObject({
      event: 'refused',
      fields: { code: 'WIX_MEMBER_REFUSED', signIn: digest(next) },
    });
  });
});

describe('the name of a sign-in', () => {
  const id = `_${'0123456789abcdef0123'.repeat(2)}-acme`;

  it('is the beginning of a hash of the request id', () => {
    expect(signInOf(id)).toBe(digest(id));
    expect(signInOf(id)).toMatch(/^[0-9a-f]{10}$/);
  });

  it.each([undefined, '', 'https://portal.example', id.slice(1), `${id}\n`])('is not had from %j', (text) => {
    expect(peekSignIn(text)).toBeUndefined();
    const refusal = new SsoError('SAML_REQUEST_UNKNOWN', { site: 'portal' });
    expect(nameSignIn(refusal, text)).toMatchObject({ code: refusal.code, detail: refusal.detail });
  });

  it('takes the place of every request id in a detail, cut off or not', () => {
    const detail = {
      problem: `${id} ${id}`,
      received: id.slice(0, 41),
      expected: ['x', id],
      length: 3,
      field: undefined,
    };
    expect(nameSignIn(new SsoError('SAML_REQUEST_UNKNOWN', detail), id)).toMatchObject({
      detail: {
        signIn: digest(id),
        problem: `signIn ${digest(id)} signIn ${digest(id)}`,
        received: `signIn ${digest(id.slice(0, 41))}`,
        expected: ['x', `signIn ${digest(id)}`],
        length: 3,
        field: undefined,
      },
    });
  });

  it('takes no part of a request id into the log where the cap went through one', () => {
    const known = `_${'a'.repeat(32)}`; // an IdP's own id at the end of a short text stays whole
    const refusal = new SsoError('SAML_STATUS_NOT_SUCCESS', {
      unverifiedMessage: `${'x'.repeat(170)}${id}`,
      received: known,
    });
    expect(refusal.detail.unverifiedMessage).toContain(id.slice(0, 30));
    expect(nameSignIn(refusal, undefined)).toMatchObject({
      detail: { unverifiedMessage: 'x'.repeat(170), received: known },
    });
  });

  it('keeps the refusal as the cause, and leaves a mistake of ours as it is', () => {
    const refusal = new SsoError('SAML_REQUEST_UNKNOWN');
    expect(nameSignIn(refusal, id)).toMatchObject({ code: refusal.code, cause: refusal });
    const mistake = new TypeError('ours');
    expect(nameSignIn(mistake, id)).toBe(mistake);
  });
});
