import { errorTable, visitorSentences } from '../../../src/core/error-table';
import { createApplication } from '../../../src/http/router';
import { buildResponse, type ResponseOptions } from '../../support/idp';
import {
  FORM,
  form,
  jsonBody,
  listen,
  referenceOn,
  type Listening,
  type SendOptions,
} from '../../support/makers/listening';
import { onwardOf } from '../../support/onward';
import { requestIdIn } from '../../support/makers/sent-request';
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

const b64 = (xml: string) => Buffer.from(xml).toString('base64');

describe('#http.route/acs POST /saml/acs', () => {
  let world: Setting;
  let server: Listening;

  beforeEach(async () => {
    world = setting();
    server = await listen(createApplication(world.context));
  });

  afterEach(() => server.stop());

  /** Starts a sign-in and gives its request id. */
  async function requestId(): Promise<string> {
    const query = new URLSearchParams({
      connection: 'acme',
      code_challenge: challenge,
      state: 'page-state',
      return_to: '/members',
    });
    const { headers } = await server.get(`/saml/login?${query.toString()}`);
    return requestIdIn(headers.location);
  }

  function response(inResponseTo: string, changes: Partial<ResponseOptions> = {}): string {
    return buildResponse({
      keys: idpKeys,
      issuer: 'https://idp.acme.example/metadata',
      acsUrl: 'https://sso.example.com/saml/acs',
      audience: 'https://sso.example.com/saml/metadata',
      inResponseTo,
      now: new Date(START),
      nameId: { value: EMAIL },
      ...changes,
    });
  }

  const post = (options: SendOptions) => server.send('/saml/acs', options);

  it('#http.route/landing-page sends the member to the landing page with a ticket that the tab can redeem', async () => {
    const id = await requestId();
    const answer = await post(form({ SAMLResponse: b64(response(id)), RelayState: id }));
    expect(answer.status).toBe(200);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['cache-control']).toBe('no-store');
    const location = new URL(onwardOf(answer.body) ?? '');
    expect(location.origin + location.pathname).toBe('https://www.portal.example/sso');
    expect([...location.searchParams.keys()]).toEqual(['ticket', 'state']);
    const ticket = location.searchParams.get('ticket');
    const redeemed = await server.send('/session-token', jsonBody({ ticket, codeVerifier: verifier }));
    expect(JSON.parse(redeemed.body)).toEqual({
      sessionToken: TOKEN,
      returnTo: '/members',
      state: 'page-state',
      signOutHandle: expect.stringMatching(/^[\w-]{43}$/) as string,
      session: { endsAt: START + 12 * 3_600_000, checkEvery: 300, grace: 3600 },
    });
    expect(logText(world)).not.toContain(EMAIL);
    expect(logText(world)).not.toContain(ticket);
  });

  it.each([
    ['absent', {}],
    ['empty', { RelayState: '' }],
    ['the IdP’s own', { RelayState: 'https://portal.acme.example/start' }],
    ['longer than it may be', { RelayState: `/${'x'.repeat(200)}` }],
  ])('does without RelayState: %s', async (_what, fields) => {
    const id = await requestId();
    const answer = await post(form({ SAMLResponse: b64(response(id)), ...fields }));
    expect(answer.status).toBe(200);
  });

  /** Starts a sign-in and gives its request id and the handle that the IdP brings back. */
  async function asked(): Promise<{ id: string; handle: string }> {
    const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}`);
    const handle = new URL(headers.location ?? '').searchParams.get('RelayState') ?? '';
    return { id: requestIdIn(headers.location), handle };
  }

  it('takes the handle that the request carried as RelayState', async () => {
    const { id, handle } = await asked();
    const answer = await post(form({ SAMLResponse: b64(response(id)), RelayState: handle }));
    expect(answer.status).toBe(200);
    expect(logText(world)).not.toContain(handle);
  });

  it('knows by its handle that it did ask, and does not start again in circles', async () => {
    const { id, handle } = await asked();
    const xml = response(id, { inResponseTo: null });
    expect((await post(form({ SAMLResponse: b64(xml), RelayState: handle }))).status).toBe(403);
    expect(world.lines.at(-1)?.fields).toMatchObject({
      code: 'SAML_IN_RESPONSE_TO_MISMATCH',
      connection: 'acme',
    });
    const forged = handle.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const restarted = await post(form({ SAMLResponse: b64(xml), RelayState: forged }));
    expect(onwardOf(restarted.body)).toContain('start=1');
  });

  it('names the sign-in of a handle although the message cannot be read', async () => {
    const { handle } = await asked();
    await post(form({ SAMLResponse: 'YQ==', RelayState: handle }));
    expect(world.lines.at(-1)?.fields).toMatchObject({ code: 'SAML_XML_MALFORMED', connection: 'acme' });
    expect(world.lines.at(-1)?.fields['signIn']).toMatch(/^[0-9a-f]{10}$/);
  });

  it('lets three answers of a handle go first and judges the others all the same', async () => {
    const { id, handle } = await asked();
    const garbage = form({ SAMLResponse: 'YQ==', RelayState: handle });
    for (let count = 0; count < 5; count += 1) expect((await post(garbage)).status).toBe(400);
    expect((await post(form({ SAMLResponse: b64(response(id)), RelayState: handle }))).status).toBe(200);
  });

  it('#http.relayState/never-followed never sends anybody to what RelayState says', async () => {
    const id = await requestId();
    const answer = await post(form({ SAMLResponse: b64(response(id)), RelayState: 'https://evil.example' }));
    expect(answer.body).not.toContain('evil');
  });

  it('accepts base64 in lines and with every character percent-encoded', async () => {
    const id = await requestId();
    const lines = b64(response(id)).replace(/(.{76})/g, '$1\r\n');
    const encoded = [...Buffer.from(lines)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const answer = await post({
      headers: { 'content-type': `${FORM}; charset=UTF-8` },
      body: `SAMLResponse=${encoded}`,
    });
    expect(answer.status).toBe(200);
  });

  const refused: readonly [string, SendOptions, string, number][] = [
    ['no field', form({}), 'HTTP_FIELD_MISSING', 400],
    ['an empty field', form({ SAMLResponse: '' }), 'HTTP_FIELD_MISSING', 400],
    [
      'the field twice',
      form([
        ['SAMLResponse', 'YQ=='],
        ['SAMLResponse', 'YQ=='],
      ]),
      'HTTP_FIELD_DUPLICATE',
      400,
    ],
    [
      'RelayState twice',
      form([
        ['SAMLResponse', 'YQ=='],
        ['RelayState', 'a'],
        ['RelayState', 'a'],
      ]),
      'HTTP_FIELD_DUPLICATE',
      400,
    ],
    ['an array', form([['SAMLResponse[]', 'YQ==']]), 'HTTP_FIELD_DUPLICATE', 400],
    ['no base64', form({ SAMLResponse: '<xml>' }), 'SAML_BASE64_INVALID', 400],
    ['no XML', form({ SAMLResponse: b64('hello') }), 'SAML_XML_MALFORMED', 400],
    [
      'another encoding',
      form({ SAMLResponse: Buffer.from([0xff, 0xfe, 0x3c, 0]).toString('base64') }),
      'SAML_ENCODING_INVALID',
      400,
    ],
    [
      'too large a message',
      form({ SAMLResponse: b64('x'.repeat(384 * 1024 + 1)) }),
      'SAML_MESSAGE_TOO_LARGE',
      413,
    ],
    [
      'too large a form',
      { headers: { 'content-type': FORM }, body: `SAMLResponse=${'A'.repeat(705 * 1024)}` },
      'HTTP_BODY_TOO_LARGE',
      413,
    ],
    ['JSON', jsonBody({ SAMLResponse: 'YQ==' }), 'HTTP_CONTENT_TYPE_UNSUPPORTED', 415],
    [
      'a multipart form',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
      'HTTP_CONTENT_TYPE_UNSUPPORTED',
      415,
    ],
    ['no type', { body: 'SAMLResponse=YQ==' }, 'HTTP_CONTENT_TYPE_UNSUPPORTED', 415],
    [
      'a broken encoding',
      { headers: { 'content-type': FORM }, body: 'SAMLResponse=%zz' },
      'HTTP_BODY_MALFORMED',
      400,
    ],
    [
      'too many parameters',
      { headers: { 'content-type': FORM }, body: `${'a=1&'.repeat(33)}SAMLResponse=YQ==` },
      'HTTP_BODY_MALFORMED',
      400,
    ],
  ];

  it.each(refused)('#http.pages/refusal refuses %s', async (_what, options, code, status) => {
    const answer = await post(options);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(world.lines.at(-1)).toMatchObject({ event: 'refused', fields: { code, path: '/saml/acs' } });
    expect(referenceOn(answer.body)).toBe(world.lines.at(-1)?.fields['reference']);
    expect(answer.body).toContain(visitorSentences[errorTable[code as keyof typeof errorTable].visitor]);
    expect(answer.body).toContain(`<code>${code}</code>`);
  });

  it('#state.request/garbage spends nothing on garbage: the honest answer still counts', async () => {
    const id = await requestId();
    const honest = response(id);
    for (const garbage of [
      response(id, { keys: undefined as never, sign: 'none' } as never).replace(
        /<ds:Signature[^]*?<\/ds:Signature>/g,
        '',
      ),
      honest.replace(EMAIL, 'eve@acme.example'),
      response(id, { audience: 'https://other.example' }),
    ]) {
      const answer = await post(form({ SAMLResponse: b64(garbage), RelayState: id }));
      expect(answer.status).toBe(403);
    }
    expect((await post(form({ SAMLResponse: b64(honest), RelayState: id }))).status).toBe(200);
  });

  it('gives one ticket for twenty parallel posts of one response', async () => {
    const id = await requestId();
    const options = form({ SAMLResponse: b64(response(id)), RelayState: id });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(options)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(19);
  });

  it('offers to start again on the connection’s site when RelayState names one', async () => {
    const id = await requestId();
    const answer = await post(form({ SAMLResponse: 'YQ==', RelayState: id }));
    expect(answer.body).toContain(
      'href="https://www.portal.example/sso?start=1&amp;connection=acme&amp;return_to=%2F"',
    );
    const unknown = await post(form({ SAMLResponse: 'YQ==', RelayState: `_${'0'.repeat(40)}-evil` }));
    expect(unknown.body).not.toContain('Start again');
  });

  it('#http.pages/no-foreign-text shows nothing that an IdP wrote, and logs it capped', async () => {
    const id = await requestId();
    const evil = `<script>alert(1)</script>\r\n{"forged":"line"}${'x'.repeat(5000)}`;
    const status = { code: 'urn:oasis:names:tc:SAML:2.0:status:Responder', message: evil };
    const answer = await post(form({ SAMLResponse: b64(response(id, { status })), RelayState: id }));
    expect(answer.status).toBe(403);
    expect(answer.body).not.toMatch(/alert|forged|xxxx/);
    expect(world.lines.at(-1)).toMatchObject({ fields: { code: 'SAML_STATUS_NOT_SUCCESS' } });
    expect(JSON.stringify(world.lines.at(-1)).length).toBeLessThan(1200);
  });
});
