import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  jwtVerify,
  type JWK,
} from 'jose';
import type { MemberNames } from '../../../src/policy/member';
import {
  signCheckAssertion,
  signExchangeAssertion,
  type ExchangeSigner,
} from '../../../src/wix/exchange-assertion';
import { publicJwk, publicJwkSet } from '../../../src/wix/public-jwk';
import { issueTicket, type SessionTicket } from '../../../src/wix/ticket';
import { forgeries } from '../../support/makers/valid';
import { EMAIL, grant, member, setting, START } from '../../support/makers/setting';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const random = { bytes: (count: number) => randomBytes(count) };
const signer: ExchangeSigner = {
  key: privateKey,
  issuer: 'https://sso.example.com/saml/metadata',
  audience: 'https://www.portal.example',
  clock: { now: () => START + 999 },
  random,
};

async function ticket(names: MemberNames = {}): Promise<SessionTicket> {
  return issueTicket(setting().context, member(names), grant());
}

async function claimsOf(jws: string, typ = 'wix-saml+jwt') {
  const { payload } = await jwtVerify(jws, publicKey, {
    algorithms: ['ES256'],
    typ,
    issuer: signer.issuer,
    audience: signer.audience,
    currentDate: new Date(START),
    maxTokenAge: '60s',
  });
  return payload;
}

describe('the exchange assertion', () => {
  it('is a JWS that an independent library verifies, with the claims of the contract and no others', async () => {
    const claims = await claimsOf(signExchangeAssertion(signer, await ticket()));
    expect(claims).toEqual({
      iss: 'https://sso.example.com/saml/metadata',
      aud: 'https://www.portal.example',
      sub: EMAIL,
      iat: START / 1000,
      exp: START / 1000 + 60,
      jti: expect.stringMatching(/^[A-Za-z0-9_-]{27}$/) as string,
      connection: 'acme',
      idp: 'https://idp.acme.example/metadata',
    });
  });

  it('#wix.member/names carries the names that a new member may get', async () => {
    const profile = { firstName: 'Ada', lastName: 'Lovelace' };
    const claims = await claimsOf(signExchangeAssertion(signer, await ticket(profile)));
    expect(claims['profile']).toEqual(profile);
  });

  it('#wix.exchange/header has exactly the header alg, kid, typ, and the kid is the thumbprint of the public key', async () => {
    const header = decodeProtectedHeader(signExchangeAssertion(signer, await ticket()));
    const kid = await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as JWK);
    expect(header).toEqual({ alg: 'ES256', kid, typ: 'wix-saml+jwt' });
  });

  it('#wix.exchange/fresh has a fresh jti every time, also for the same ticket', async () => {
    const same = await ticket();
    const ids = new Set<unknown>();
    for (let round = 0; round < 50; round += 1)
      ids.add((await claimsOf(signExchangeAssertion(signer, same))).jti);
    expect(ids.size).toBe(50);
  });

  it('does not verify with another key, nor after a change', async () => {
    const jws = signExchangeAssertion(signer, await ticket());
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await expect(compactVerify(jws, other.publicKey)).rejects.toThrow();
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const changed = Buffer.from(payload, 'base64url').toString().replace('ada@', 'eve@');
    const forged = `${header}.${Buffer.from(changed).toString('base64url')}.${signature}`;
    await expect(compactVerify(forged, publicKey)).rejects.toThrow();
  });

  it.each(forgeries)('is not signed for %s of a ticket', async (_title, forge) => {
    const forged = forge(await ticket());
    expect(() => {
      Reflect.apply(signExchangeAssertion, undefined, [signer, forged]);
    }).toThrow(new TypeError('signExchangeAssertion takes what issueTicket or takeTicket returned'));
  });

  it('of the check names nobody and has a type of its own', async () => {
    const jws = signCheckAssertion(signer);
    const claims = await claimsOf(jws, 'wix-saml-check+jwt');
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti']);
    await expect(claimsOf(jws)).rejects.toThrow();
  });
});

describe('the public JWK', () => {
  it('is the key that the site imports', async () => {
    const jwk = publicJwk(privateKey);
    const imported = (await importJWK({ ...jwk }, 'ES256')) as KeyObject;
    const { payload } = await compactVerify(signExchangeAssertion(signer, await ticket()), imported);
    expect(payload.length).toBeGreaterThan(0);
    expect(Object.keys(jwk)).not.toContain('d');
  });

  it('is the same from the private and from the public half', () => {
    expect(publicJwk(publicKey)).toEqual(publicJwk(privateKey));
  });

  it('computes the thumbprint as RFC 7638 §3 says', () => {
    const { x, y, kid } = publicJwk(privateKey);
    const text = `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`;
    expect(kid).toBe(createHash('sha256').update(text).digest('base64url'));
  });

  it('comes as a set while one key replaces another', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(publicJwkSet([privateKey, other]).keys.map(({ kid }) => kid)).toEqual([
      publicJwk(privateKey).kid,
      publicJwk(other).kid,
    ]);
  });

  it.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey],
  ])('refuses a key of another kind: %s', (_kind, key) => {
    expect(() => publicJwk(key)).toThrow(TypeError);
  });
});
