/** /saml/slo over HTTP, in both directions: what ends, where the browser goes, and what the IdP is told. */
import { inflateRawSync } from 'node:zlib';
import { createApplication } from '../../../src/http/router';
import type { Endpoint } from '../../../src/saml/identity-provider';
import type { SsoContext } from '../../../src/sso/context';
import { directoryOf } from '../../../src/sso/directory';
import { writeHandle } from '../../../src/sso/handle';
import { issueSession, peekSession } from '../../../src/sso/session';
import {
  logoutRequest,
  logoutResponse,
  signedField,
  signedQuery,
  STATUS,
  type LogoutRequestOptions,
  type LogoutResponseOptions,
} from '../../support/idp';
import { FORM, jsonBody, listen, type Listening, type SendOptions } from '../../support/makers/listening';
import {
  connection,
  EMAIL,
  grant,
  idpKeys,
  logText,
  setting,
  START,
  type Setting,
} from '../../support/makers/setting';

const SLO = 'https://sso.example.com/saml/slo';
const IDP = 'https://idp.acme.example/metadata';
const REDIRECT: Endpoint = { binding: 'redirect', location: 'https://idp.acme.example/slo' };
const POST: Endpoint = { binding: 'post', location: 'https://idp.acme.example/slo/post' };
const PARTIAL = 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout';
const NAME_ID = {
  value: 'p-4711',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameQualifier: IDP,
};
const FRAME = { 'sec-fetch-dest': 'iframe' };

const formBody = (fields: Record<string, string>, headers: Record<string, string> = {}): SendOptions => ({
  headers: { 'content-type': FORM, ...headers },
  body: new URLSearchParams(fields).toString(),
});

describe('/saml/slo', () => {
  let world: Setting;
  let context: SsoContext;
  let server: Listening;
  let handle: string;

  const begin = async (endpoints: readonly Endpoint[] = [REDIRECT, POST]): Promise<void> => {
    world = setting();
    const { identityProvider, ...rest } = connection('acme', 'portal', ['acme.example']);
    const acme = { ...rest, identityProvider: { ...identityProvider, singleLogoutServices: endpoints } };
    const globex = { ...acme, name: 'globex', site: 'shop' };
    const other = connection('initech', 'shop', '*');
    context = { ...world.context, connections: directoryOf([acme, globex, other]) };
    server = await listen(createApplication(context));
    handle = await session('_s1');
  };
  const session = async (sessionIndex: string, changes: Partial<ReturnType<typeof grant>> = {}) => {
    const subject = { nameId: NAME_ID, sessionIndex, requestedAt: START };
    return (await issueSession(context, { ...grant(), email: EMAIL, ...changes, subject })).handle;
  };

  beforeEach(() => begin());
  afterEach(() => server.stop());

  const get = (query: string, headers: Record<string, string> = {}) =>
    server.get(`/saml/slo?${query}`, headers);
  const postForm = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    server.send('/saml/slo', formBody(fields, headers));
  const lives = async (one = handle): Promise<boolean> => (await peekSession(context, one)) !== undefined;
  const events = (name: string) =>
    world.lines.filter(({ event }) => event === name).map(({ fields }) => fields);
  const codeIn = (page: string): string | undefined => /Code: <code>(\w+)</.exec(page)?.[1];
  const onwardIn = (page: string): URL => {
    const [, address = ''] = /content="0;url=([^"]+)"/.exec(page) ?? [];
    return new URL(address.replaceAll('&amp;', '&'));
  };

  let count = 0;
  const requestXml = (changes: Partial<LogoutRequestOptions> = {}): string =>
    logoutRequest({
      id: `_request-${String((count += 1))}`,
      issuer: IDP,
      destination: SLO,
      now: new Date(world.clock.now()),
      nameId: NAME_ID,
      sessionIndexes: ['_s1'],
      ...changes,
    });
  const byQuery = (xml: string, relayState?: string): string =>
    signedQuery(xml, { keys: idpKeys, ...(relayState === undefined ? {} : { relayState }) });

  /** What stands in the message that an address or a form carries. */
  function messageIn(location: string | undefined, name: 'SAMLRequest' | 'SAMLResponse'): string {
    const packed = new URL(location ?? '').searchParams.get(name) ?? '';
    return inflateRawSync(Buffer.from(packed, 'base64')).toString();
  }
  const statusIn = (xml: string): string[] =>
    [...xml.matchAll(/StatusCode Value="([^"]+)"/g)].map(([, code = '']) => code);
  const attribute = (xml: string, name: string): string | undefined =>
    new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1];

  describe('from the site', () => {
    const endAtSite = async (): Promise<string | undefined> => {
      const answer = await server.send(
        '/session/handle',
        jsonBody({ handle, end: true }, { origin: 'https://www.portal.example' }),
      );
      return (JSON.parse(answer.body) as { continueAt?: string }).continueAt;
    };
    const queryOf = (location: string | undefined): string => new URL(location ?? '').search.slice(1);
    const askedAtIdp = async () => {
      const answer = await get(queryOf(await endAtSite()));
      const location = answer.headers.location;
      const xml = messageIn(location, 'SAMLRequest');
      return {
        location,
        xml,
        id: attribute(xml, 'ID') ?? '',
        relayState: new URL(location ?? '').searchParams.get('RelayState') ?? '',
      };
    };
    const answerXml = (inResponseTo: string, changes: Partial<LogoutResponseOptions> = {}): string =>
      logoutResponse({
        id: '_answer',
        issuer: IDP,
        destination: SLO,
        now: new Date(world.clock.now()),
        inResponseTo,
        ...changes,
      });

    it('#logout/local-first ends the session before the IdP is asked (SDP-SP34)', async () => {
      const location = await endAtSite();
      expect(location).toMatch(/^https:\/\/sso\.example\.com\/saml\/slo\?out=[\w-]{43}$/);
      expect(await lives()).toBe(false);
      expect(events('logout.requested')).toEqual([]);
      // Whoever ends it a second time is led nowhere.
      expect(await endAtSite()).toBeUndefined();
    });

    it('#logout/asks-the-idp goes to the IdP with NameID and SessionIndex as received', async () => {
      const { location, xml } = await askedAtIdp();
      expect(location?.startsWith(`${REDIRECT.location}?SAMLRequest=`)).toBe(true);
      expect(xml).toContain(
        `<saml:NameID Format="${NAME_ID.format}" NameQualifier="${IDP}">p-4711</saml:NameID>`,
      );
      expect(xml).toContain('<samlp:SessionIndex>_s1</samlp:SessionIndex>');
      expect(events('logout.requested')).toMatchObject([
        { connection: 'acme', site: 'portal', binding: 'redirect' },
      ]);
    });

    it.each([
      ['everywhere', undefined],
      ['partly', [STATUS.responder, PARTIAL]],
      ['partly', [STATUS.success, PARTIAL]],
      ['partly', [STATUS.requester]],
    ])(
      '#logout/answer-at-site comes back to the site and says what ended: %s',
      async (ended, statusCodes) => {
        const { id, relayState } = await askedAtIdp();
        const xml = answerXml(id, statusCodes === undefined ? {} : { statusCodes });
        const answer = await get(byQuery(xml, relayState));
        expect(answer.status).toBe(200);
        expect(onwardIn(answer.body).href).toBe(`https://www.portal.example/?wix-saml-signed-out=${ended}`);
        expect(events('logout.completed')).toMatchObject([
          { connection: 'acme', statusCodes: statusCodes ?? [STATUS.success] },
        ]);
      },
    );

    it('#logout/response-by-post takes the answer by POST too, and without RelayState', async () => {
      const { id } = await askedAtIdp();
      const answer = await postForm({ SAMLResponse: signedField(answerXml(id), '_answer', idpKeys) });
      expect(onwardIn(answer.body).searchParams.get('wix-saml-signed-out')).toBe('everywhere');
    });

    it('#logout/answer-once takes one answer to one request', async () => {
      const { id } = await askedAtIdp();
      await get(byQuery(answerXml(id)));
      const second = await get(byQuery(answerXml(id)));
      expect([second.status, codeIn(second.body)]).toEqual([403, 'SAML_LOGOUT_UNKNOWN']);
      expect(second.body).toContain('Signing out was not completed');
    });

    it('#logout/forged-answer spends nothing on an answer that does not stand', async () => {
      const { id } = await askedAtIdp();
      const stripped = byQuery(answerXml(id)).replace(/&Signature=.*/, '');
      expect(codeIn((await get(stripped)).body)).toBe('SAML_SIGNATURE_MISSING');
      const foreign = answerXml(id, { issuer: 'https://idp.initech.example/metadata' });
      expect(codeIn((await get(byQuery(foreign))).body)).toBe('SAML_ISSUER_MISMATCH');
      expect(onwardIn((await get(byQuery(answerXml(id)))).body).pathname).toBe('/');
    });

    it.each([
      ['that is none of ours', '_unknown'],
      ['of a connection that does not exist', `_${'0'.repeat(40)}-nobody`],
      ['that we never made', `_${'0'.repeat(40)}-acme`],
      ['of another kind', ''],
    ])('refuses an answer to a request %s', async (_what, inResponseTo) => {
      expect(codeIn((await get(byQuery(answerXml(inResponseTo)))).body)).toBe('SAML_LOGOUT_UNKNOWN');
    });

    it('#logout/token-once lets each step of a browser be taken once, and not for long', async () => {
      const query = queryOf(await endAtSite());
      await get(query);
      expect(codeIn((await get(query)).body)).toBe('SAML_LOGOUT_UNKNOWN');
      handle = await session('_s2');
      const late = queryOf(await endAtSite());
      world.clock.advance(121_000);
      expect(codeIn((await get(late)).body)).toBe('SAML_LOGOUT_UNKNOWN');
    });

    it('#logout/no-guessing refuses made-up tokens of every form', async () => {
      for (const query of [
        `out=${'A'.repeat(43)}`,
        'out=x',
        `return=${'A'.repeat(43)}&signed_out=1`,
        'return=../x',
      ])
        expect(codeIn((await get(query)).body)).toBe('SAML_LOGOUT_UNKNOWN');
    });

    it('#logout/never-framed sends no LogoutRequest from a frame (SDP-SP27)', async () => {
      const answer = await get(queryOf(await endAtSite()), FRAME);
      expect(onwardIn(answer.body).href).toBe('https://www.portal.example/?wix-saml-signed-out=here');
      expect(events('logout.requested')).toEqual([]);
    });

    it('#logout/idle-is-silent asks no IdP for anything when a session has ended by itself (SDP-SP35)', async () => {
      world.clock.advance(13 * 3_600_000);
      expect(await lives()).toBe(false);
      expect(await endAtSite()).toBeUndefined();
      expect(events('logout.requested')).toEqual([]);
    });

    it('stays here where the IdP has no single logout', async () => {
      await server.stop();
      await begin([]);
      expect(await endAtSite()).toBeUndefined();
      expect(await lives()).toBe(false);
    });

    it('posts where the IdP takes nothing else', async () => {
      await server.stop();
      await begin([POST]);
      const answer = await get(queryOf(await endAtSite()));
      expect(answer.status).toBe(200);
      expect(answer.body).toContain(`<form method="post" action="${POST.location}">`);
      expect(answer.body).toContain('name="SAMLRequest"');
      expect(answer.headers['content-security-policy']).toContain('form-action https:');
    });

    it('keeps a handle for a sign-in apart from one for a sign-out', async () => {
      const { relayState } = await askedAtIdp();
      const signIn = writeHandle(context.handleKeys, `_${'0'.repeat(40)}-acme`);
      expect(relayState).not.toBe('');
      expect(relayState.slice(0, 20)).not.toBe(signIn.slice(0, 20));
    });
  });

  describe('from the IdP', () => {
    it('#logout/idp-top-level ends the session, visits the site and answers as it went', async () => {
      const answer = await get(byQuery(requestXml({ id: '_a1' }), 'theirs'));
      expect(await lives()).toBe(false);
      const site = onwardIn(answer.body);
      expect(site.origin + site.pathname).toBe('https://www.portal.example/sso');
      expect(site.searchParams.get('signout')).toBe('1');
      const token = site.searchParams.get('token') ?? '';
      const back = await get(`return=${token}&signed_out=1`);
      const xml = messageIn(back.headers.location, 'SAMLResponse');
      expect(back.headers.location?.startsWith(`${REDIRECT.location}?SAMLResponse=`)).toBe(true);
      expect(attribute(xml, 'InResponseTo')).toBe('_a1');
      expect(statusIn(xml)).toEqual([STATUS.success]);
      expect(new URL(back.headers.location ?? '').searchParams.get('RelayState')).toBe('theirs');
      expect(events('logout.byIdentityProvider')).toMatchObject([{ connection: 'acme', sessions: 1 }]);
      expect(events('logout.answered')).toMatchObject([{ ended: 'everywhere' }]);
      expect(codeIn((await get(`return=${token}&signed_out=1`)).body)).toBe('SAML_LOGOUT_UNKNOWN');
      expect(logText(world)).not.toContain(token);
      expect(logText(world)).not.toContain('p-4711');
    });

    it('#logout/partial-at-site says PartialLogout when the site did not sign the person out', async () => {
      const site = onwardIn((await get(byQuery(requestXml()))).body);
      const back = await get(`return=${site.searchParams.get('token') ?? ''}`);
      expect(statusIn(messageIn(back.headers.location, 'SAMLResponse'))).toEqual([STATUS.responder, PARTIAL]);
    });

    it('#logout/all-sessions ends all sessions of the person when there is no SessionIndex (Core §3.7.3.1)', async () => {
      const [second, elsewhere] = [
        await session('_s2'),
        await session('_s3', { connection: 'globex', site: 'shop' }),
      ];
      const site = onwardIn((await get(byQuery(requestXml({ sessionIndexes: [] })))).body);
      expect([await lives(), await lives(second), await lives(elsewhere)]).toEqual([false, false, false]);
      const back = await get(`return=${site.searchParams.get('token') ?? ''}&signed_out=1`);
      expect(statusIn(messageIn(back.headers.location, 'SAMLResponse'))).toEqual([STATUS.responder, PARTIAL]);
    });

    it('#logout/matching leaves other sessions and other people alone', async () => {
      const second = await session('_s2');
      await get(byQuery(requestXml({ nameId: { ...NAME_ID, value: 'eve' }, sessionIndexes: [] })));
      await get(byQuery(requestXml({ nameId: { ...NAME_ID, nameQualifier: 'other' }, sessionIndexes: [] })));
      expect([await lives(), await lives(second)]).toEqual([true, true]);
      await get(byQuery(requestXml({ sessionIndexes: ['_s2'] })));
      expect([await lives(), await lives(second)]).toEqual([true, false]);
    });

    it('#logout/nobody answers at once when nobody was signed in', async () => {
      const answer = await get(byQuery(requestXml({ sessionIndexes: ['_unknown'] })));
      expect(answer.status).toBe(302);
      expect(statusIn(messageIn(answer.headers.location, 'SAMLResponse'))).toEqual([STATUS.success]);
    });

    it('#logout/in-frame answers at once in a frame, and says that a page has still to notice', async () => {
      const answer = await get(byQuery(requestXml()), FRAME);
      expect(await lives()).toBe(false);
      expect(answer.status).toBe(302);
      expect(statusIn(messageIn(answer.headers.location, 'SAMLResponse'))).toEqual([
        STATUS.responder,
        PARTIAL,
      ]);
    });

    it('answers a form in a frame by Redirect', async () => {
      const xml = requestXml();
      const field = signedField(xml, attribute(xml, 'ID') ?? '', idpKeys);
      const answer = await postForm({ SAMLRequest: field }, FRAME);
      expect([answer.status, answer.headers.location?.startsWith(REDIRECT.location)]).toEqual([303, true]);
    });

    it('#logout/by-post takes a form, and goes on with a page of its own (form-action)', async () => {
      const xml = requestXml();
      const answer = await postForm({
        SAMLRequest: signedField(xml, attribute(xml, 'ID') ?? '', idpKeys),
        RelayState: 'r',
      });
      expect(answer.status).toBe(200);
      const token = onwardIn(answer.body).searchParams.get('token') ?? '';
      const back = await get(`return=${token}&signed_out=1`);
      expect(back.body).toContain(`<form method="post" action="${POST.location}">`);
      expect(back.body).toContain('name="SAMLResponse"');
      expect(back.body).toContain('name="RelayState" value="r"');
    });

    it('goes on with a page to an IdP that takes answers by Redirect only', async () => {
      await server.stop();
      await begin([REDIRECT]);
      const xml = requestXml({ sessionIndexes: ['_unknown'] });
      const answer = await postForm({ SAMLRequest: signedField(xml, attribute(xml, 'ID') ?? '', idpKeys) });
      expect(answer.status).toBe(200);
      expect(onwardIn(answer.body).href.startsWith(REDIRECT.location)).toBe(true);
    });

    it('#logout/asynchronous gives no answer that nobody waits for (OASIS ASLO)', async () => {
      const answer = await get(byQuery(requestXml({ asynchronous: true })));
      expect(onwardIn(answer.body).href).toBe('https://www.portal.example/sso?signout=1');
      const framed = await get(byQuery(requestXml({ asynchronous: true })), FRAME);
      expect(framed.body).toContain('You are signed out');
      expect(events('logout.answered')).toEqual([]);
    });

    it('is silent towards an IdP that has no address for answers', async () => {
      await server.stop();
      await begin([]);
      const answer = await get(byQuery(requestXml({ sessionIndexes: ['_unknown'] })));
      expect([answer.status, answer.body.includes('You are signed out')]).toEqual([200, true]);
    });

    it('#logout/replay takes a request once, however often and from wherever it comes', async () => {
      const query = byQuery(requestXml());
      const answers = await Promise.all([get(query), get(query), get(query)]);
      expect(
        answers.map(({ body }) => codeIn(body)).filter((code) => code === 'SAML_LOGOUT_REPLAYED'),
      ).toHaveLength(2);
      handle = await session('_s9');
      world.clock.advance(240_000);
      expect(codeIn((await get(query)).body)).toBe('SAML_LOGOUT_REPLAYED');
      world.clock.advance(600_000);
      expect(codeIn((await get(query)).body)).toBe('SAML_LOGOUT_EXPIRED');
      expect(await lives()).toBe(true);
    });

    it('#logout/late-assertion keeps out a sign-in that began before the logout', async () => {
      await get(byQuery(requestXml({ sessionIndexes: [] })));
      await expect(session('_s1')).rejects.toMatchObject({ code: 'SAML_SESSION_ENDED' });
    });

    it('#logout/other-idp lets no IdP end sessions of another', async () => {
      const foreign = requestXml({ issuer: 'https://idp.initech.example/metadata', sessionIndexes: [] });
      await get(byQuery(foreign));
      expect(await lives()).toBe(true);
      const unknown = await get(byQuery(requestXml({ issuer: 'https://evil.example' })));
      expect(codeIn(unknown.body)).toBe('SAML_ISSUER_MISMATCH');
    });

    it.each([
      [
        'without a signature',
        (query: string) => query.replace(/&Signature=.*/, ''),
        'SAML_SIGNATURE_MISSING',
      ],
      [
        'with another message',
        (query: string) => query.replace(/SAMLRequest=../, 'SAMLRequest=fZ'),
        undefined,
      ],
      ['with a second message', (query: string) => `${query}&SAMLResponse=x`, 'HTTP_FIELD_DUPLICATE'],
    ])('#logout/unverified ends nothing for a request %s', async (_what, change, code) => {
      const answer = await get(change(byQuery(requestXml())));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      if (code !== undefined) expect(codeIn(answer.body)).toBe(code);
      expect(answer.body).not.toContain('You are not signed in');
      expect(await lives()).toBe(true);
    });

    it('#logout/no-open-redirect leads nowhere that a request names', async () => {
      const answer = await get(byQuery(requestXml(), 'https://evil.example/'));
      expect(answer.body).not.toContain('evil.example');
      const long = await get(byQuery(requestXml({ sessionIndexes: ['_x'] }), 'r'.repeat(2000)));
      expect(new URL(long.headers.location ?? '').searchParams.get('RelayState')).toBeNull();
    });
  });

  it.each([
    ['GET with nothing', { method: 'GET' }, 400, 'HTTP_FIELD_MISSING'],
    ['POST with nothing', formBody({ RelayState: 'x' }), 400, 'HTTP_FIELD_MISSING'],
    ['POST with both', formBody({ SAMLRequest: 'x', SAMLResponse: 'x' }), 400, 'HTTP_FIELD_DUPLICATE'],
    ['JSON', jsonBody({}), 415, 'HTTP_CONTENT_TYPE_UNSUPPORTED'],
    ['PUT', { method: 'PUT' }, 405, 'HTTP_METHOD_NOT_ALLOWED'],
  ] as [string, SendOptions, number, string][])('refuses %s', async (_what, options, status, code) => {
    const answer = await server.send('/saml/slo', options);
    expect([answer.status, codeIn(answer.body)]).toEqual([status, code]);
  });
});
