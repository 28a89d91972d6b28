// IIP-SP13: a connection can demand that the whole Response is signed.

import { accept, message } from '../../../support/makers/valid';

const demanded = { requireSignedResponse: true };

describe('#signature/response-required a connection that wants signed Responses', () => {
  it('refuses a Response in which only the Assertion is signed', () => {
    const xml = message({ sign: { assertion: true } });
    expect(() => accept(xml, demanded)).toThrow('SAML_SIGNATURE_MISSING');
    expect(accept(xml).facts.responseSigned).toBe(false);
  });

  it('accepts one that is signed, with and without a signed Assertion', () => {
    expect(accept(message({ sign: { response: true } }), demanded).facts.responseSigned).toBe(true);
    const both = message({ sign: { response: true, assertion: true } });
    expect(accept(both, demanded).facts.responseSigned).toBe(true);
  });
});
