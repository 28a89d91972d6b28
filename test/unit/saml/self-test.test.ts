import { warmUp } from '../../../src/saml/self-test';
import type { UnverifiedResponse } from '../../../src/saml/login/response';
import * as verification from '../../../src/saml/login/verify';
import { canonicalizeExclusive } from '../../../src/saml/xml/canonicalize';
import { message, verify } from '../../support/makers/valid';

jest.mock('../../../src/saml/login/verify', () => {
  const actual = jest.requireActual<typeof verification>('../../../src/saml/login/verify');
  return { ...actual, verifyResponse: jest.fn(actual.verifyResponse) };
});

const verifier = jest.mocked(verification.verifyResponse);
const fail = (error: Error) => () => {
  throw error;
};

/** What the verifier makes of a message with this NameID, said to be the self-test's. */
const verified = (value: string): verification.VerifiedXml =>
  verify(
    message({
      nameId: { value },
      now: new Date(Date.UTC(2026, 0, 1)),
      issuer: 'https://idp.example/self-test',
      acsUrl: 'https://sp.example/saml/acs',
      audience: 'https://sp.example/saml/metadata',
      inResponseTo: '_0123456789abcdef0123456789abcdef01234567-self-test',
    }),
  );

/** The name in a message, before anybody has verified it. */
const nameIn = ({ unverified: { root } }: UnverifiedResponse): string | undefined =>
  />([^<>]*)<\/saml:NameID>/.exec(canonicalizeExclusive(root))?.[1];

const known = verified('self-test@example.com');
const other = verified('somebody@example.com');
const foreign = verify(message());

describe('the self-test', () => {
  beforeEach(() => verifier.mockClear());

  it('passes, and has judged an honest message and a forged one', () => {
    warmUp();
    expect(verifier.mock.results.map(({ type }) => type)).toEqual(['return', 'throw']);
    const names = verifier.mock.calls.map(([response]) => nameIn(response));
    expect(names).toEqual(['self-test@example.com', 'somebody@example.com']);
  });

  it('allows nothing that a connection would have to ask for', () => {
    warmUp();
    expect(verifier.mock.calls[0]?.[1]).toMatchObject({
      allowSha1: false,
      decryption: { keys: [], allowCbc: false },
    });
  });

  it('fails when the verifier says yes to everything', () => {
    verifier.mockReturnValueOnce(known).mockReturnValueOnce(other);
    expect(warmUp).toThrow('Self-test: a forged message was accepted.');
  });

  it('fails when the known message says something else', () => {
    verifier.mockReturnValueOnce(other);
    expect(warmUp).toThrow('Self-test: the known message was read wrongly.');
  });

  it('fails when the forged message is refused for another reason', () => {
    const broken = new TypeError('broken');
    verifier.mockReturnValueOnce(known).mockImplementationOnce(fail(broken));
    expect(warmUp).toThrow(broken);
    verifier.mockReturnValueOnce(known).mockReturnValueOnce(foreign);
    expect(warmUp).toThrow('SAML_ASSERTION_NOT_YET_VALID');
  });

  it('fails when the verifier cannot verify at all', () => {
    const broken = new TypeError('broken');
    verifier.mockImplementationOnce(fail(broken));
    expect(warmUp).toThrow(broken);
  });
});
