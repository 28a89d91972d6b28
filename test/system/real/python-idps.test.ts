// Identity providers that verify what we sign and sign what we verify, with libraries that share no code with ours:
// Lasso (LemonLDAP::NG is built on it) and pysaml2. From /saml/login to the session token, over HTTP.

import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { readForm } from '../../support/idp/browserless';
import type { WixSite } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { describeReal } from './processes';
import { isHere, startPythonIdp, type Library, type PythonIdp } from './python-idp/start';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from './service';
import { Visitor, type SeenPage } from './visitor';

const xmldsig = 'http://www.w3.org/2000/09/xmldsig#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const xmlenc = 'http://www.w3.org/2001/04/xmlenc#';
const nameIdFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

/** Settings of an IdP, what we answer, and an algorithm that must be in the message so that the row proves something. */
type Row = readonly [
  name: string,
  settings: Readonly<Record<string, unknown>>,
  answer: string,
  holds: string,
];

const rows: Readonly<Record<Library, readonly Row[]>> = {
  lasso: [
    ['RSA-SHA384', { signature: 'SIGNATURE_METHOD_RSA_SHA384' }, 'member', `${more}rsa-sha384`],
    ['RSA-SHA512', { signature: 'SIGNATURE_METHOD_RSA_SHA512' }, 'member', `${more}rsa-sha512`],
    [
      'SHA-1',
      { signature: 'SIGNATURE_METHOD_RSA_SHA1' },
      'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED',
      `${xmldsig}rsa-sha1`,
    ],
    [
      'a persistent NameID and the address as attribute',
      { format: 'SAML2_NAME_IDENTIFIER_FORMAT_PERSISTENT', nameId: 'opaque' },
      'member',
      `${nameIdFormat}persistent`,
    ],
    [
      'a transient NameID and the address as attribute',
      { format: 'SAML2_NAME_IDENTIFIER_FORMAT_TRANSIENT', nameId: 'opaque' },
      'member',
      `${nameIdFormat}transient`,
    ],
    [
      'an Assertion under AES-128-CBC',
      { encrypt: 'ENCRYPTION_MODE_ASSERTION' },
      'member',
      `${xmlenc}aes128-cbc`,
    ],
    [
      'an Assertion under AES-256-CBC',
      { encrypt: 'ENCRYPTION_MODE_ASSERTION', cipher: 'ENCRYPTION_SYM_KEY_TYPE_AES_256' },
      'member',
      `${xmlenc}aes256-cbc`,
    ],
    ['an encrypted NameID', { encrypt: 'ENCRYPTION_MODE_NAMEID' }, 'member', 'EncryptedID'],
    [
      'an Assertion under 3DES',
      { encrypt: 'ENCRYPTION_MODE_ASSERTION', cipher: 'ENCRYPTION_SYM_KEY_TYPE_3DES' },
      'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      `${xmlenc}tripledes-cbc`,
    ],
    [
      'a content key under RSA 1.5',
      { encrypt: 'ENCRYPTION_MODE_ASSERTION', keyTransport: 'KEY_ENCRYPTION_METHOD_PKCS1' },
      'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      `${xmlenc}rsa-1_5`,
    ],
  ],
  pysaml2: [
    ['only the Assertion signed', { signResponse: false }, 'member', `${more}rsa-sha256`],
    ['only the Response signed', { signAssertion: false }, 'member', `${more}rsa-sha256`],
    ['nothing signed', { signResponse: false, signAssertion: false }, 'SAML_SIGNATURE_MISSING', 'Assertion'],
    [
      'RSA-SHA384',
      { signature: `${more}rsa-sha384`, digest: `${more}sha384` },
      'member',
      `${more}rsa-sha384`,
    ],
    [
      'RSA-SHA512',
      { signature: `${more}rsa-sha512`, digest: `${xmlenc}sha512` },
      'member',
      `${more}rsa-sha512`,
    ],
    [
      'SHA-1, its default',
      { signature: `${xmldsig}rsa-sha1`, digest: `${xmldsig}sha1` },
      'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED',
      `${xmldsig}rsa-sha1`,
    ],
    [
      'a persistent NameID and the address as attribute',
      { format: `${nameIdFormat}persistent`, nameId: 'opaque' },
      'member',
      `${nameIdFormat}persistent`,
    ],
    [
      'a transient NameID and the address as attribute',
      { format: `${nameIdFormat}transient`, nameId: 'opaque' },
      'member',
      `${nameIdFormat}transient`,
    ],
    [
      'an Assertion under 3DES, the only cipher it has',
      { encrypt: true },
      'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      `${xmlenc}tripledes-cbc`,
    ],
  ],
};

describe.each<[Library, string]>([
  ['lasso', 'python3-lasso'],
  ['pysaml2', 'python3-pysaml2 xmlsec1'],
])('%s', (library, packages) => {
  describeReal(
    isHere(library),
    library,
    packages,
  )('as identity provider', () => {
    let idp: PythonIdp;
    let site: WixSite;
    let service: Service;

    beforeAll(async () => {
      idp = await startPythonIdp(library, () => service.metadataXml);
      const port = await freePort();
      site = await startWixSite({
        settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
      });
      service = await startService({
        port,
        site,
        idpMetadataXml: idp.metadataXml,
        moreConnections:
          connection('posting', 'requestBinding: post') + connection('forcing', 'forceAuthn: true'),
      });
    });

    afterAll(async () => {
      await service.stop();
      await site.stop();
      await idp.stop();
    });

    beforeEach(() => idp.configure({}));

    interface Started {
      readonly verifier: string;
      readonly request: SentRequest;
    }

    async function start(name: string, more: Readonly<Record<string, string>> = {}): Promise<Started> {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const fields = {
        connection: name,
        code_challenge: challenge,
        state: 'tab',
        return_to: '/members?a=b#c',
      };
      const login = `${service.baseUrl}/saml/login?${String(new URLSearchParams({ ...fields, ...more }))}`;
      return { verifier, request: await requestOf(await fetch(login, { redirect: 'manual' }), login) };
    }

    const send = ({ url, body }: SentRequest): Promise<SeenPage> => visitor().go(url, body);
    const visitor = (): Visitor => new Visitor((url) => url.startsWith(site.url));

    /** The page of the IdP goes to our ACS, and the ticket is redeemed. */
    async function finish(page: SeenPage, verifier: string): Promise<{ answer: string; xml: string }> {
      if (!page.html.includes('SAMLResponse')) throw new Error(`${page.html}\n${idp.log()}`);
      const { fields } = readForm(page.html, page.url);
      const xml = Buffer.from(fields.get('SAMLResponse') ?? '', 'base64').toString();
      const { url, html } = await visitor().submit(page);
      if (!url.startsWith(site.url)) return { answer: codeOn(html), xml };
      const ticket = new URL(url).searchParams.get('ticket');
      // NoPassive is an answer and no failure: back to the site, which shows its button.
      if (ticket === null) {
        const told = service.log.some((line) => line.includes('"login.notSignedIn"'));
        return { answer: told && url === `${site.url}/sso` ? 'not signed in' : `unknown: ${url}`, xml };
      }
      const redeemed = await fetch(`${service.baseUrl}/session-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket, codeVerifier: verifier }),
      });
      expect(await redeemed.json()).toMatchObject({
        sessionToken: expect.any(String) as string,
        returnTo: '/members?a=b#c',
        state: 'tab',
      });
      return { answer: 'member', xml };
    }

    /** The newest refusal in the log is the one of the page, which shows its reference. */
    function codeOn(html: string): string {
      const refusal = service.log.findLast((line) => line.includes('"refused"')) ?? '{}';
      const { reference, code } = JSON.parse(refusal) as { reference?: string; code?: string };
      return reference !== undefined && html.includes(reference) ? String(code) : `unknown: ${html}`;
    }

    describe.each(['acme', 'posting'])('asked by the connection %s', (name) => {
      it('verifies our request and signs the member in', async () => {
        const { verifier, request } = await start(name);
        expect(request.body === undefined).toBe(name === 'acme');
        expect((await finish(await send(request), verifier)).answer).toBe('member');
        expect((await site.state()).members).toMatchObject([{ email: 'alice@example.com' }]);
      });

      it.each<[string, (request: SentRequest) => SentRequest]>([
        [
          'changed',
          (request) => rewritten(request, (xml) => xml.replace(/IssueInstant="20/, 'IssueInstant="21')),
        ],
        ['unsigned', unsigned],
      ])('refuses it when it was %s on the way', async (_what, change) => {
        const { request } = await start(name);
        const page = await send(change(request));
        expect(page.status).toBe(400);
        expect(page.html).toMatch(/^refused: (Ds\w+Error|IncorrectlySigned|PermissionError)$/);
      });
    });

    it.each(rows[library])('%s', async (_name, settings, expected, holds) => {
      await idp.configure(settings);
      const { verifier, request } = await start('acme');
      const { answer, xml } = await finish(await send(request), verifier);
      expect(xml).toContain(holds);
      expect(answer).toBe(expected);
    });

    it('takes a fresh answer to ForceAuthn, and the IdP’s no to IsPassive without a session', async () => {
      await idp.configure({ session: false });
      const forced = await start('forcing');
      expect((await finish(await send(forced.request), forced.verifier)).answer).toBe('member');
      const passive = await start('acme', { is_passive: 'true' });
      const { answer, xml } = await finish(await send(passive.request), passive.verifier);
      expect(answer).toBe(xml.includes(':NoPassive') ? 'not signed in' : 'SAML_STATUS_NOT_SUCCESS');
      expect(xml.includes(':NoPassive')).toBe(library === 'pysaml2');
    });

    it('sends people to a proper start when nobody asked', async () => {
      const page = await visitor().go(`${idp.baseUrl}/unsolicited`);
      const { url } = await visitor().submit(page);
      expect(new URL(url).searchParams.get('start')).toBe('1');
      expect(url).not.toContain('ticket=');
    });
  });
});

const connection = (name: string, option: string): string => `
  ${name}:
    site: portal
    idpMetadata: metadata/idp/acme.xml
    emailDomains: [example.com]
    ${option}
`;

/** An AuthnRequest on its way: in the query by Redirect, in the body by POST. */
interface SentRequest {
  readonly url: string;
  readonly body?: URLSearchParams;
}

async function requestOf(answer: Response, loginUrl: string): Promise<SentRequest> {
  const location = answer.headers.get('location');
  if (location !== null) return { url: location };
  const { action, fields } = readForm(await answer.text(), loginUrl);
  return { url: action, body: new URLSearchParams([...fields]) };
}

function rewritten({ url, body }: SentRequest, change: (xml: string) => string): SentRequest {
  const query = new URL(url);
  const fields = body ?? query.searchParams;
  const bytes = Buffer.from(fields.get('SAMLRequest') ?? '', 'base64');
  const before = (body === undefined ? inflateRawSync(bytes) : bytes).toString();
  const after = change(before);
  if (after === before) throw new Error(`nothing was changed in ${before}`);
  const sent = body === undefined ? deflateRawSync(after) : Buffer.from(after);
  fields.set('SAMLRequest', sent.toString('base64'));
  return body === undefined ? { url: query.href } : { url, body };
}

function unsigned(request: SentRequest): SentRequest {
  if (request.body !== undefined) {
    return rewritten(request, (xml) => xml.replace(/<(\w+:)?Signature[ >].*<\/(\w+:)?Signature>/s, ''));
  }
  const url = new URL(request.url);
  url.searchParams.delete('SigAlg');
  url.searchParams.delete('Signature');
  return { url: url.href };
}
