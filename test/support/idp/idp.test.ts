import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { sign as cryptoSign } from 'node:crypto';
import {
  buildResponse,
  C14N,
  CONTENT,
  DIGEST,
  freshId,
  LAYOUTS,
  makeIdpKeys,
  SIGNATURE,
  signInOverHttp,
  startIdp,
  TRANSPORT,
  verifyElement,
  type EncryptOptions,
  type IdpKeys,
  type LayoutName,
  type ResponseOptions,
} from '.';

const keys = makeIdpKeys();
const spKeys = makeIdpKeys({ commonName: 'SP' });
const base: ResponseOptions = {
  keys,
  issuer: 'https://idp.example.com/metadata',
  acsUrl: 'https://sp.example.com/saml/acs',
  audience: 'https://sp.example.com/saml/metadata',
  inResponseTo: '_request',
};

let xmlsec: string | null = null;
try {
  xmlsec = execFileSync('xmlsec1', ['--version'], { encoding: 'utf8' }).trim();
} catch {
  if (process.env['CI'] === 'true') throw new Error('xmlsec1 is missing');
  console.warn('xmlsec1 is not installed: its judgement on our messages is skipped');
}
const withXmlsec = xmlsec === null ? it.skip : it;

const directory = mkdtempSync(join(tmpdir(), 'idp-'));
afterAll(() => rmSync(directory, { recursive: true }));

function run(mode: string, xml: string, ...options: string[]): string {
  const file = join(directory, `${freshId()}.xml`);
  const output = `${file}.out`;
  writeFileSync(file, xml);
  execFileSync('xmlsec1', [mode, '--output', output, ...options, file], {
    stdio: 'pipe',
  });
  return execFileSync('cat', [output], { encoding: 'utf8' });
}

function xmlsecVerify(xml: string, signer: IdpKeys): void {
  const certificate = join(directory, `${signer.fingerprint256}.pem`);
  writeFileSync(certificate, signer.publicKey.export({ type: 'spki', format: 'pem' }));
  const signatures = [...xml.matchAll(/<(?:\w+:)?Signature[\s>]/g)].length;
  expect(signatures).toBeGreaterThan(0);
  for (let index = 1; index <= signatures; index += 1) {
    const file = join(directory, 'verify.xml');
    writeFileSync(file, xml);
    execFileSync(
      'xmlsec1',
      [
        '--verify',

        '--enabled-key-data',
        'key-name,rsa,ec',
        '--pubkey-pem',
        certificate,
        '--id-attr:ID',
        'urn:oasis:names:tc:SAML:2.0:protocol:Response',
        '--id-attr:ID',
        'urn:oasis:names:tc:SAML:2.0:assertion:Assertion',
        '--node-xpath',
        `(//*[local-name()='Signature'])[${index}]`,
        file,
      ],
      { stdio: 'pipe' },
    );
  }
}

describe('the local identity provider', () => {
  describe('its messages, judged by xmlsec1', () => {
    withXmlsec.each(Object.keys(LAYOUTS) as LayoutName[])('%s layout verifies', (name) => {
      const person = { id: 'a', name: 'Ann Ä𝒳', email: 'ann@example.com' };
      const layout = LAYOUTS[name]({ person, spEntityId: base.audience, entityId: base.issuer });
      const xml = buildResponse({ ...layout, ...base });
      xmlsecVerify(xml, keys);
      expect(xml).toContain('ann');
    });

    const ec = { p256: makeIdpKeys({ kind: 'ec-p256' }), p384: makeIdpKeys({ kind: 'ec-p384' }) };
    withXmlsec.each([
      ['RSA-SHA384', SIGNATURE.rsaSha384, DIGEST.sha384, keys],
      ['RSA-SHA512', SIGNATURE.rsaSha512, DIGEST.sha512, keys],
      ['ECDSA-SHA256', SIGNATURE.ecdsaSha256, DIGEST.sha256, ec.p256],
      ['ECDSA-SHA384', SIGNATURE.ecdsaSha384, DIGEST.sha384, ec.p384],
    ] as const)('%s verifies', (_name, signatureAlgorithm, digestAlgorithm, signer) => {
      const sign = { response: true, assertion: true };
      xmlsecVerify(
        buildResponse({ ...base, keys: signer, sign, signature: { signatureAlgorithm, digestAlgorithm } }),
        signer,
      );
    });

    withXmlsec.each([C14N.exclusive, C14N.inclusive, C14N.exclusiveWithComments])(
      '%s verifies',
      (canonicalization) => {
        for (const declareOn of ['root', 'element'] as const) {
          const xml = buildResponse({
            ...base,
            sign: { response: true, assertion: true },
            signature: { canonicalization },
            style: { declareOn, indent: '  ', xsiType: 'response' },
            attributes: [{ name: 'n', values: ['v'] }],
          });
          xmlsecVerify(xml, keys);
        }
      },
    );

    const variants: [string, Partial<EncryptOptions>][] = [
      ['AES-128-GCM, OAEP-MGF1P', { content: CONTENT.aes128gcm }],
      ['AES-256-CBC', { content: CONTENT.aes256cbc }],
      ['AES-128-CBC', { content: CONTENT.aes128cbc }],
      ['RSA 1.5', { transport: TRANSPORT.rsa15 }],
    ];
    withXmlsec.each(variants)('%s decrypts', (_name, options) => {
      const key = join(directory, 'sp.key');
      writeFileSync(key, spKeys.privateKeyPem);
      const xml = buildResponse({ ...base, encrypt: { recipients: [spKeys.certificatePem], ...options } });
      expect(xml).not.toContain('alice@example.com');
      const plain = run('--decrypt', xml, '--privkey-pem', key);
      expect(plain).toContain('alice@example.com');
      xmlsecVerify(
        plain.replace(/<(\w+:)?EncryptedAssertion[^>]*>|<\/(\w+:)?EncryptedAssertion>/g, ''),
        keys,
      );
    });
  });

  it.each([
    [SIGNATURE.pssSha256, DIGEST.sha256],
    [SIGNATURE.pssSha384, DIGEST.sha384],
    [SIGNATURE.pssSha512, DIGEST.sha512],
  ])('%s verifies with xml-crypto', (signatureAlgorithm, digestAlgorithm) => {
    const xml = buildResponse({ ...base, signature: { signatureAlgorithm, digestAlgorithm } });
    const signature = /<ds:Signature[\s>][^]*<\/ds:Signature>/.exec(xml)?.[0] ?? '';
    expect(verifyElement(xml, signature, keys.certificatePem)).toContain('alice@example.com');
    expect(verifyElement(xml, signature, spKeys.certificatePem)).toBeNull();
  });

  it.each([
    [TRANSPORT.oaepMgf1p, 'sha256', undefined, 'sha1'],
    [TRANSPORT.oaep, 'sha256', 'sha256', 'sha256'],
    [TRANSPORT.oaep, 'sha256', undefined, 'sha1'],
    [TRANSPORT.oaep, 'sha1', 'sha256', 'sha256'],
    [TRANSPORT.oaep, 'sha512', 'sha384', 'sha384'],
  ])('%s with digest %s and MGF %s is what OpenSSL takes for it', (transport, digest, mgf, maskHash) => {
    const options = {
      recipients: [spKeys.certificatePem],
      transport,
      digest,
      ...(mgf === undefined ? {} : { mgf }),
    };
    const xml = buildResponse({ ...base, encrypt: options });
    const wrapped = /EncryptedKey.*?CipherValue>([^<]+)</.exec(xml)?.[1] ?? '';
    const key = join(directory, 'oaep.key');
    writeFileSync(key, spKeys.privateKeyPem);
    const parameters = ['rsa_padding_mode:oaep', `rsa_oaep_md:${digest}`, `rsa_mgf1_md:${maskHash}`];
    const content = execFileSync(
      'openssl',
      ['pkeyutl', '-decrypt', '-inkey', key, ...parameters.flatMap((parameter) => ['-pkeyopt', parameter])],
      { input: Buffer.from(wrapped, 'base64') },
    );
    expect(content).toHaveLength(32);
  });

  it('makes certificates that node:crypto reads and that sign themselves', () => {
    for (const kind of ['rsa-2048', 'ec-p256', 'ec-p384'] as const) {
      const made = makeIdpKeys({ kind, commonName: 'Test', notAfter: new Date('2060-01-01T00:00:00Z') });
      const certificate = new X509Certificate(made.certificatePem);
      expect(certificate.verify(made.publicKey)).toBe(true);
      expect(certificate.subject).toBe('CN=Test');
      expect(certificate.validTo).toContain('2060');
    }
  });

  describe('over HTTP', () => {
    const acsUrl = 'http://127.0.0.1:1/saml/acs';
    const spMetadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:sp"><md:SPSSODescriptor AuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${spKeys.certificateBase64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${acsUrl}"/></md:SPSSODescriptor></md:EntityDescriptor>`;
    const request = (url: string): string =>
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0" AssertionConsumerServiceURL="${url}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">urn:sp</saml:Issuer></samlp:AuthnRequest>`;

    function signedQuery(xml: string, relayState: string): string {
      const query = `SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}&RelayState=${encodeURIComponent(relayState)}&SigAlg=${encodeURIComponent(SIGNATURE.rsaSha256)}`;
      return `${query}&Signature=${encodeURIComponent(cryptoSign('sha256', Buffer.from(query), spKeys.privateKey).toString('base64'))}`;
    }

    const redirect = (location: string): Response =>
      new Response(null, { status: 302, headers: { location } });

    it('answers a signed request with the chosen person and the relay state', async () => {
      const idp = await startIdp({ spMetadata: [spMetadata], layout: 'google' });
      try {
        const carried = await signInOverHttp(
          redirect(`${idp.ssoUrl}?${signedQuery(request(acsUrl), 'a"<&b')}`),
          idp.url,
          'bob',
        );
        const xml = Buffer.from(carried.samlResponse, 'base64').toString();
        expect(carried.action).toBe(acsUrl);
        expect(carried.relayState).toBe('a"<&b');
        expect(xml).toContain('InResponseTo="_r1"');
        expect(xml).toContain('bob@example.com');
      } finally {
        await idp.close();
      }
    });

    it.each([
      [
        'an unsigned request',
        () => `SAMLRequest=${encodeURIComponent(deflateRawSync(request(acsUrl)).toString('base64'))}`,
      ],
      [
        'a changed relay state',
        () => signedQuery(request(acsUrl), 'a').replace('RelayState=a', 'RelayState=b'),
      ],
      ['a foreign ACS', () => signedQuery(request('https://evil.example/acs'), 'a')],
    ])('refuses %s', async (_name, query) => {
      const idp = await startIdp({ spMetadata: [spMetadata] });
      try {
        expect((await fetch(`${idp.ssoUrl}?${query()}`)).status).toBe(403);
      } finally {
        await idp.close();
      }
    });

    it('starts by itself, unsolicited, when asked to', async () => {
      const idp = await startIdp({ spMetadata: [spMetadata], layout: 'keycloak' });
      try {
        const page = await (await fetch(`${idp.url}/idp-initiated?sp=urn:sp&person=alice`)).text();
        const field = /name="SAMLResponse" value="([^"]+)"/.exec(page)?.[1] ?? '';
        const xml = Buffer.from(field, 'base64').toString();
        expect(xml).toContain('alice@example.com');
        expect(xml).not.toContain('InResponseTo');
      } finally {
        await idp.close();
      }
    });
  });
});
