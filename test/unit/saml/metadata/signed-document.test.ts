// Metadata that a configured certificate has signed: nothing else of it, and nothing else in its place, is ever used.

import { limits } from '../../../../src/core/limits';
import {
  MetadataError,
  pickEntity,
  readMetadata,
} from '../../../../src/saml/metadata/identity-provider-metadata';
import { describeCertificate, readCertificate } from '../../../../src/saml/signature/certificate';
import { buildSignedServiceProviderMetadata } from '../../../../src/saml/metadata/service-provider-metadata';
import { idpMetadata, makeIdpKeys, signElement, type IdpKeys } from '../../../support/idp';
import { aServiceProvider } from '../../../support/makers/a-service-provider';
import { idpKeys, NOW } from '../../../support/makers/valid';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const publisher = makeIdpKeys({ kind: 'ec-p256' });
const stranger = makeIdpKeys({ kind: 'ec-p256' });
const signerOf = ({ certificateBase64 }: IdpKeys) => describeCertificate(readCertificate(certificateBase64));
const idp = (entityId: string): string =>
  idpMetadata({ entityId, ssoUrl: `${entityId}/sso`, certificates: [idpKeys.certificateBase64] }).replace(
    /^<\?xml[^>]*\?>\s*/,
    '',
  );
const [a, b] = ['https://a.example', 'https://b.example'];
const federation = (...content: string[]): string =>
  `<?xml version="1.0"?>\n<!-- daily -->\n<m:EntitiesDescriptor xmlns:m="${MD}" xmlns:unused="urn:unused" ID="_f" validUntil="2030-01-01T00:00:00Z">\r\n  ${content.join('\r\n  ')}\r\n</m:EntitiesDescriptor>\n`;
const unsigned = federation(
  `<m:EntityDescriptor entityID="https://sp.example" x="${'x'.repeat(70_000)}"/>`,
  idp(a),
  '<![CDATA[  ]]>',
  `<m:EntitiesDescriptor>${idp(b)}</m:EntitiesDescriptor>`,
);

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

const picked = (
  text: string,
  entityId: string | undefined,
  signers = [publisher],
  size = 65_536,
): Promise<string> =>
  pickEntity(text.slice(0, 300), pieces(text.slice(300), size), { entityId, signers: signers.map(signerOf) });
const refusal = async (...given: Parameters<typeof picked>): Promise<string> => {
  const error: unknown = await picked(...given).catch((cause: unknown) => cause);
  if (error instanceof MetadataError) return error.problem;
  throw new Error(`not refused: ${String(error)}`);
};

describe('#metadata.idp/signed metadata that its publisher has signed', () => {
  it.each([
    ['exclusive C14N', {}],
    ['inclusive C14N', { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }],
    ['a PrefixList', { prefixList: ['unused', 'm'] }],
    ['SHA-512', { digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha512' }],
    ['a broken base64 and no prefix', { prefix: '', wrapBase64: true }],
  ])('is read, with %s', async (_title, options) => {
    const text = signElement(unsigned, '_f', { keys: publisher, ...options });
    for (const size of [17, 1_000_000]) {
      const xml = await picked(text, b, [publisher], size);
      expect(xml).not.toContain('Signature');
      const { identityProvider, validUntil } = readMetadata(xml, { now: NOW });
      expect(identityProvider).toEqual(readMetadata(unsigned, { now: NOW, entityId: b }).identityProvider);
      expect(validUntil).toBe(Date.UTC(2030, 0, 1));
    }
  });

  it('is read with the second of two configured certificates, and as a single entity', async () => {
    const alone = `<EntityDescriptor ID="_1"${idp(a).replace(/^<(\w+:)?EntityDescriptor/, '')}`;
    const prefix = /^<(\w+):/.exec(idp(a))?.[1];
    const xml =
      prefix === undefined ? alone : idp(a).replace('EntityDescriptor ', 'EntityDescriptor ID="_1" ');
    const text = signElement(xml, '_1', { keys: publisher });
    const { identityProvider } = readMetadata(await picked(text, undefined, [stranger, publisher]), {
      now: NOW,
    });
    expect(identityProvider.entityId).toBe(a);
  });

  it('is our own when another one of us reads it', async () => {
    const ours = aServiceProvider();
    const text = await buildSignedServiceProviderMetadata(ours, 0);
    const signers = [describeCertificate(readCertificate(ours.signing[0].certificate))];
    const error: unknown = await pickEntity(text, pieces('', 1), { signers }).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({ problem: 'There is no IDPSSODescriptor in it.' });
  });
});

describe('#metadata.idp/signature-refused metadata that is not what was signed', () => {
  const signed = signElement(unsigned, '_f', { keys: publisher });

  it('is refused without a signature, or with that of a part of it', async () => {
    expect(await refusal(unsigned, a)).toBe('The metadata is not signed as a whole.');
    const part = idp(a).replace('EntityDescriptor ', 'EntityDescriptor ID="_a" ');
    expect(await refusal(federation(signElement(part, '_a', { keys: publisher })), a)).toMatch(
      /not signed as a whole/,
    );
    expect(await refusal(`<EntitiesDescriptor xmlns="${MD}" ID="_f"/>`, a)).toMatch(/not signed as a whole/);
    expect(await refusal(`<EntitiesDescriptor xmlns="${MD}" ID="_f">text</EntitiesDescriptor>`, a)).toMatch(
      /not signed/,
    );
  });

  it('is refused with the signature of another key, and says which is expected', async () => {
    const problem = await refusal(signed, a, [stranger]);
    expect(problem).toContain(stranger.fingerprint256);
    expect(problem).toMatch(/^The metadata is not signed by the certificate of idpMetadataSigner/);
    expect(await refusal(signed, a, [makeIdpKeys()])).toMatch(/^The metadata is not signed by/);
  });

  it.each([
    ['an entity', (xml: string) => xml.replace('https://a.example/sso', 'https://evil.example/sso')],
    [
      'the end',
      (xml: string) =>
        xml.replace(
          '</m:EntitiesDescriptor>\r\n</',
          `</m:EntitiesDescriptor>${idp('https://evil.example')}</`,
        ),
    ],
    ['validUntil', (xml: string) => xml.replace('2030', '2040')],
    ['white space', (xml: string) => xml.replace('\r\n  <', '\r\n <')],
  ])('is refused when %s was changed', async (_title, change) => {
    const text = change(signed);
    if (text === signed) throw new Error('nothing was changed');
    expect(await refusal(text, a)).toBe('The metadata was changed after it was signed.');
  });

  it('is the same with a declaration that nothing uses, which exclusive C14N leaves out', async () => {
    const text = signed.replace('<m:EntitiesDescriptor>', '<m:EntitiesDescriptor xmlns:x="urn:x">');
    expect(await picked(text, a)).toBe(await picked(signed, a));
  });

  it('is refused when another element took the signed one’s place', async () => {
    const evil = federation(idp('https://evil.example')).replace('"_f"', '"_e"');
    const signature = /<ds:Signature [^]*<\/ds:Signature>/.exec(signed)?.[0] ?? '';
    const at = evil.indexOf('>', evil.indexOf('ID=')) + 1;
    expect(await refusal(evil.slice(0, at) + signature + evil.slice(at), undefined)).toMatch(
      /not usable: Reference URI is not the ID of its parent/,
    );
    const wrapped = evil.slice(0, at) + signature + signed.replace(/^[^]*?-->\n/, '') + evil.slice(at);
    expect(await refusal(wrapped.replace('"_e"', '"_f"'), undefined)).toMatch(/changed after it was signed/);
  });

  it('is refused with SHA-1, two signatures, or one that is no signature', async () => {
    expect(
      await refusal(signElement(unsigned, '_f', { keys: makeIdpKeys(), signatureAlgorithm: SHA1 }), a),
    ).toMatch(/not usable: http:\/\/www.w3.org\/2000\/09\/xmldsig#rsa-sha1/);
    const signature = /<ds:Signature [^]*<\/ds:Signature>/.exec(signed)?.[0] ?? '';
    expect(await refusal(signed.replace(signature, signature + signature), a)).toMatch(
      /more than one Signature/,
    );
    const ds = 'xmlns="http://www.w3.org/2000/09/xmldsig#"';
    const broken = (content: string): string => federation(`<Signature ${ds}>${content}</Signature>`);
    expect(await refusal(broken('<SignedInfo/>'), a)).toMatch(/not usable/);
    expect(await refusal(broken('<a/>'.repeat(101)), a)).toMatch(/too many elements/);
    expect(await refusal(broken(' '.repeat(300_000)), a)).toMatch(/too much text/);
    expect(await refusal(signed.replace(/(<ds:SignatureValue>)/, '$1<!-- --> AAAA<!-- -->'), a)).toMatch(
      /not usable/,
    );
  });

  it('is refused when it is no XML to its end, or never says anything', async () => {
    expect(await refusal(signed.slice(0, -4), a)).toMatch(/not plain XML/);
    const silence = signed.replace('</m:EntitiesDescriptor>\n', ' '.repeat(limits.metadataBytes + 1));
    expect(await refusal(silence, a)).toBe('The metadata is larger than 4 MB.');
    expect(
      await refusal(signed.replace('<m:EntitiesDescriptor>', '<m:EntitiesDescriptor xmlns:x=" y">'), a),
    ).toMatch(/white space/);
    const many = Array.from({ length: 65 }, (_, at) => `a${String(at)}=""`).join(' ');
    expect(
      await refusal(signed.replace('<m:EntitiesDescriptor>', `<m:EntitiesDescriptor ${many}>`), a),
    ).toMatch(/attributes/);
  });

  it('does not hide a mistake of ours', async () => {
    const signer = {
      ...signerOf(publisher),
      key: undefined,
      get type(): never {
        throw new RangeError('ours');
      },
    };
    const bad = [signer] as unknown as ReturnType<typeof signerOf>[];
    await expect(pickEntity(signed, pieces('', 1), { entityId: a, signers: bad })).rejects.toThrow(
      RangeError,
    );
  });
});
