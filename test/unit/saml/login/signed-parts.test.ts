import { decodeSamlResponse } from '../../../../src/saml/login/decode';
import { parseResponse } from '../../../../src/saml/login/response';
import { signedPartsOf } from '../../../../src/saml/login/signed-parts';
import { verifyResponse } from '../../../../src/saml/login/verify';
import { describeCertificate, readCertificate } from '../../../../src/saml/signature/certificate';
import { encode, idpKeys, message, outcome, spKeys } from '../../../support/makers/valid';

const parse = (xml: string) => parseResponse(decodeSamlResponse(encode(xml), 384 * 1024));
const trust = {
  keys: [describeCertificate(readCertificate(idpKeys.certificatePem))],
  allowSha1: false,
  decryption: { keys: [spKeys.privateKey], allowCbc: false },
};
const verify = (xml: string) => verifyResponse(parse(xml), trust).facts;
const shown = (xml: string) => signedPartsOf(parse(xml), verify(xml));
const extended = (xml: string, filler: string) =>
  xml.replace('<samlp:Status>', `<samlp:Extensions>${filler}</samlp:Extensions><samlp:Status>`);

describe('what the second opinion is shown', () => {
  it.each([
    ['the Assertion', { assertion: true }],
    ['the Response', { response: true }],
    ['both', { response: true, assertion: true }],
  ])('verifies as the whole did when %s is signed', (_title, sign) => {
    const xml = message({ sign });
    const facts = verify(shown(xml));
    expect(facts).toEqual(verify(xml));
  });

  it('verifies as the whole did when it is encrypted', () => {
    const xml = message({ encrypt: { recipients: [spKeys.certificatePem] } });
    expect(verify(shown(xml))).toEqual(verify(xml));
  });

  it('D5: holds nothing that a stranger put around a signed Assertion', () => {
    const xml = message();
    expect(xml).toContain('KeyInfo');
    const stuffed = extended(xml, '<a/>'.repeat(5000)).replace(
      '</ds:X509Data>',
      `</ds:X509Data>${'<b/>'.repeat(3000)}`,
    );
    expect(verify(stuffed)).toEqual(verify(xml));
    expect(shown(stuffed)).not.toMatch(/<a>|<b>|Extensions|KeyInfo/);
    expect(shown(stuffed).length).toBeLessThan(xml.length);
  });

  it('keeps what the Response’s own signature covers, the inner KeyInfo too', () => {
    const xml = message({ sign: { response: true, assertion: true } });
    expect(shown(xml).match(/<ds:KeyInfo>/g)).toHaveLength(1);
    expect(xml.match(/<ds:KeyInfo>/g)).toHaveLength(2);
  });

  it('is refused when even what is signed is more than can be asked about', () => {
    const values = Array.from({ length: 2600 }, (_, index) => `group ${index}`);
    const xml = message({ attributes: [{ name: 'groups', values }] });
    expect(outcome(() => verify(xml))).toBe('accepted');
    expect(outcome(() => shown(xml))).toBe('SAML_XML_LIMIT_EXCEEDED');
  });
});
