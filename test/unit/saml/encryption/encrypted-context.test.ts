// An Assertion that was encrypted as it stood in the Response: which of the Response's namespaces it may still use.

import { VerifiedAssertion } from '../../../../src/saml/login/rules/check';
import { encryptXml, type ResponseOptions } from '../../../support/idp';
import { accept, message, outcome, read, spKeys, verify } from '../../../support/makers/valid';

const encrypt = { recipients: [spKeys.certificatePem] };
const SCHEMA = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const INSTANCE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

const attributes = [{ name: 'groups', values: ['staff', 'board'] }];

/** Attributes with xsi:type; both prefixes are declared at the Response only, as IdPs on DOM write them. */
const inContext = (options: Partial<ResponseOptions>): string =>
  message({ encrypt, attributes, style: { xsiType: 'response-alone' }, ...options });

const layouts: [string, Partial<ResponseOptions>][] = [
  ['the Response', { sign: { response: true } }],
  ['the Assertion', { sign: { assertion: true } }],
  ['both', { sign: { response: true, assertion: true } }],
  [
    'both, with these prefixes in the PrefixList of the Assertion',
    { sign: { response: true, assertion: true }, assertionSignature: { prefixList: ['xs', 'xsi'] } },
  ],
];

describe('an encrypted assertion that leans on the XML Schema prefixes of the Response', () => {
  it.each(layouts)('is accepted when the signature covers %s', (_title, options) => {
    const xml = inContext(options);
    expect(xml.slice(0, xml.indexOf('EncryptedAssertion'))).toContain(SCHEMA);
    expect(read(xml).data.attributes.get('groups')?.values).toEqual(['staff', 'board']);
    expect(accept(xml)).toBeInstanceOf(VerifiedAssertion);
    expect(read(xml).data.nameId).toEqual(read(message()).data.nameId);
  });

  it('reads the same attributes as one that was sent in clear', () => {
    const clear = message({ attributes, sign: { response: true }, style: { xsiType: 'response' } });
    expect(read(inContext({ sign: { response: true } })).data.attributes).toEqual(
      read(clear).data.attributes,
    );
  });

  it('C6: does not care what the unsigned declarations say', () => {
    const xml = inContext({ sign: { response: true } });
    const swapped = xml
      .replace(INSTANCE, INSTANCE.replace('-instance', ''))
      .replace(
        SCHEMA,
        SCHEMA.replace('"http://www.w3.org/2001/XMLSchema"', '"http://www.w3.org/2001/XMLSchema-instance"'),
      );
    expect(swapped).not.toBe(xml);
    expect(read(swapped).data.attributes).toEqual(read(xml).data.attributes);
  });
});

describe('an encrypted assertion that leans on another namespace that is not signed', () => {
  const encryptedWith = (attribute: string): string =>
    message({
      sign: { response: true },
      mutateBeforeResponseSignature: (xml) => {
        const clear = /<saml:Assertion[^]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
        const inner = clear.replace('<saml:Assertion ', `<saml:Assertion ${attribute}`);
        const envelope = `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encryptXml(inner, encrypt)}</saml:EncryptedAssertion>`;
        return xml
          .replace(clear, () => envelope)
          .replace('<samlp:Response ', '<samlp:Response xmlns:x="urn:example:x" ');
      },
    });

  it('is refused, though the Response around it is signed', () => {
    expect(verify(encryptedWith('')).facts.encrypted).toBe(true);
    expect(outcome(() => verify(encryptedWith('x:y="z" ')))).toBe('SAML_XML_MALFORMED');
  });
});
