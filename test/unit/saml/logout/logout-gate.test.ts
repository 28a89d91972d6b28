// The door for logout messages: what comes out, what it can be made of, and every row of its tables.

import { SsoError } from '../../../../src/core/errors';
import {
  acceptLogoutRequest,
  acceptLogoutResponse,
  VerifiedLogoutRequest,
  VerifiedLogoutResponse,
} from '../../../../src/saml/logout-gate';
import type { LogoutMessage } from '../../../../src/saml/logout/message';
import { peekAnsweredRequest, peekLogoutIssuer } from '../../../../src/saml/logout/message';
import { checkLogoutResponse } from '../../../../src/saml/logout/rules/check-answer';
import { checkLogoutRequest } from '../../../../src/saml/logout/rules/check-request';
import type { VerifiedLogoutXml } from '../../../../src/saml/logout/verify';
import { verifyLogoutMessage } from '../../../../src/saml/logout/verify';
import { encryptXml, SIGNATURE } from '../../../support/idp';
import {
  decryptionKey,
  forgeries,
  idpKeys,
  spKeys,
  trust,
  verificationKey,
} from '../../../support/makers/valid';
import { EMAIL, IDP, NOW, outcome, refusalOf, REQUEST, SKEW } from '../../../support/makers/valid-data';
import {
  acceptRequest,
  acceptResponse,
  expectedLogout,
  field,
  judgeLogout,
  MESSAGE_ID,
  query,
  read,
  requestXml,
  responseXml,
} from '../../../support/makers/valid-logout';
import { benignLogouts } from '../../../catalogue/benign/logout';
import { logoutAttacks } from '../../../catalogue/attacks/logout';

const request = () => read({ query: query(requestXml()) });
const response = () => read({ query: query(responseXml()) });
const question = { trust, expected: { ...expectedLogout, requestId: REQUEST }, now: NOW };

describe('what the door lets out', () => {
  it('is what the IdP asked for, with how trust came about', () => {
    const { thumbprint } = verificationKey(idpKeys);
    expect(acceptRequest({ query: query(requestXml()) })).toMatchObject({
      id: MESSAGE_ID,
      nameId: { value: EMAIL, format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
      sessionIndexes: ['_session-1'],
      asynchronous: false,
      validUntil: NOW + 300_000 + SKEW,
      facts: { binding: 'redirect', algorithms: [SIGNATURE.rsaSha256], thumbprint },
    });
    expect(acceptRequest({ request: field(requestXml()) }).facts).toMatchObject({
      binding: 'post',
      thumbprint,
    });
  });

  it('is how our own request went', () => {
    const verified = acceptResponse({ response: field(responseXml({ statusCodes: ['urn:x', 'urn:y'] })) });
    expect(verified).toMatchObject({ inResponseTo: REQUEST, statusCodes: ['urn:x', 'urn:y'] });
    expect(verified.isEverywhere).toBe(false);
    expect(acceptResponse({ query: query(responseXml()) }).isEverywhere).toBe(true);
  });

  it('is frozen, and made nowhere else', () => {
    const asked = acceptRequest({ query: query(requestXml()) });
    const answered = acceptResponse({ query: query(responseXml()) });
    expect([asked, asked.nameId, asked.sessionIndexes, asked.facts, answered].every(Object.isFrozen)).toBe(
      true,
    );
    expect([VerifiedLogoutRequest.isMinted(asked), VerifiedLogoutResponse.isMinted(answered)]).toEqual([
      true,
      true,
    ]);
    for (const [, forge] of forgeries) {
      expect(VerifiedLogoutRequest.isMinted(forge(asked) as VerifiedLogoutRequest)).toBe(false);
      expect(VerifiedLogoutResponse.isMinted(forge(answered) as VerifiedLogoutResponse)).toBe(false);
    }
  });
});

describe('what the door takes', () => {
  it.each(forgeries)('is no message that was not read: %s', (_title, forge) => {
    expect(() => acceptLogoutRequest(forge(request()) as LogoutMessage, question)).toThrow(TypeError);
    expect(() => acceptLogoutResponse(forge(response()) as LogoutMessage, question)).toThrow(TypeError);
  });

  it.each(forgeries)('is no XML that was not verified: %s', (_title, forge) => {
    const verified = verifyLogoutMessage(request(), trust);
    const forged = forge(verified) as VerifiedLogoutXml;
    expect(() => checkLogoutRequest(forged, trust.decryption, question.expected, NOW)).toThrow(TypeError);
  });

  it('is no message of the other kind', () => {
    expect(() => acceptLogoutRequest(response(), question)).toThrow(TypeError);
    expect(() => acceptLogoutResponse(request(), question)).toThrow(TypeError);
    const verified = verifyLogoutMessage(request(), trust);
    expect(() => checkLogoutResponse(verified, question.expected, NOW)).toThrow(TypeError);
  });
});

describe('what may be peeked at', () => {
  it('is who it says it is from, and what it says it answers', () => {
    expect(peekLogoutIssuer(request())).toBe(IDP);
    expect(peekAnsweredRequest(response())).toBe(REQUEST);
    expect(peekAnsweredRequest(request())).toBeUndefined();
    const silent = requestXml().replace(/<saml:Issuer>[^]*<\/saml:Issuer>/, '');
    expect(peekLogoutIssuer(read({ query: query(silent) }))).toBeUndefined();
  });
});

describe('decryption', () => {
  const subject = (text: string) => ({
    raw: `<saml:EncryptedID>${encryptXml(text, { recipients: [spKeys.certificatePem] })}</saml:EncryptedID>`,
  });
  const nameId = `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" NameQualifier="q">${EMAIL}</saml:NameID>`;

  it('#logoutRequest.subject/encrypted-id opens an EncryptedID with our keys (IIP-SP16)', () => {
    const verified = acceptRequest({ query: query(requestXml({ subject: subject(nameId) })) });
    expect(verified.nameId).toEqual({ value: EMAIL, nameQualifier: 'q' });
  });

  it('tells the throttle of what was opened and could not be read', () => {
    const onFailure = jest.fn();
    const decryption = { keys: [decryptionKey], allowCbc: true, onFailure };
    const arriving = { query: query(requestXml({ subject: subject('<x/>') })) };
    expect(outcome(() => acceptRequest(arriving, { decryption }))).toBe('SAML_STRUCTURE_INVALID');
    expect(onFailure).toHaveBeenCalledTimes(1);
  });

  it('needs no throttle', () => {
    const arriving = { query: query(requestXml({ subject: subject('<x/>') })) };
    expect(outcome(() => acceptRequest(arriving))).toBe('SAML_STRUCTURE_INVALID');
  });
});

describe('SHA-1', () => {
  it('counts where the connection says so', () => {
    const arriving = { query: query(requestXml(), { sigAlg: SIGNATURE.rsaSha1 }) };
    expect(acceptRequest(arriving, { allowSha1: true }).facts.algorithms).toEqual([SIGNATURE.rsaSha1]);
  });
});

describe('the memory for keys', () => {
  it('learns which key verified a query', () => {
    const keyMemory = { inLikelyOrder: jest.fn((keys: typeof trust.keys) => keys), remember: jest.fn() };
    acceptRequest({ query: query(requestXml()) }, { keyMemory });
    expect(keyMemory.remember).toHaveBeenCalledWith(trust.keys, trust.keys[0]);
  });
});

describe('every honest message of the catalogue', () => {
  it.each(benignLogouts)('$rule: $id', ({ send }) => {
    expect(outcome(() => judgeLogout(send()))).toBe('accepted');
  });
});

describe('every hostile message of the catalogue', () => {
  // Here too, because the coverage of the gate is counted over the unit tests alone.
  it.each(logoutAttacks)('$rule: $id', ({ send, expect: code }) => {
    expect(refusalOf(() => judgeLogout(send())).code).toBe(code);
  });

  it('refuses an empty InResponseTo as what it is', () => {
    const refusal = refusalOf(() => acceptResponse({ query: query(responseXml({ inResponseTo: '' })) }));
    expect(refusal.detail.received).toBe('an empty attribute');
  });

  it('says which row refused, and what was wanted', () => {
    const refusal = refusalOf(() =>
      acceptRequest({ query: query(requestXml({ destination: 'https://x.example' })) }),
    );
    expect(refusal).toBeInstanceOf(SsoError);
    expect(refusal.detail).toMatchObject({
      rule: 'logoutRequest.destination',
      clause: 'SAML Bindings §3.4.5.2, §3.5.5.2',
      expected: 'https://sso.example.com/saml/slo',
      received: 'https://x.example',
    });
  });
});
