// A site set up as its README says, a service provider's key to sign for it, and one valid assertion to change one thing of.

import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type KeyLike } from 'jose';
import type { WixSite, WixSiteOptions } from '../wix';
import { startWixSite } from './made-site';

export const ISSUER = 'https://sso.example.com/saml/metadata';
export const AUDIENCE = 'https://www.example.com';
export const EMAIL = 'ada@acme.com';
export const SESSION = 'wix-saml+jwt';
export const CHECK = 'wix-saml-check+jwt';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyLike;
  readonly jwk: JWK;
}

export async function signingKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}

export function siteConfiguration(keys: readonly SigningKey[], change: object = {}): object {
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    jwks: { keys: keys.map(({ jwk }) => jwk) },
    emailDomains: ['acme.com'],
    deniedEmails: ['Owner@acme.com'],
    ...change,
  };
}

export function startConfiguredSite(
  keys: readonly SigningKey[],
  options: WixSiteOptions = {},
): Promise<WixSite> {
  return startWixSite({
    domain: AUDIENCE,
    secrets: { saml_config: JSON.stringify(siteConfiguration(keys)) },
    ...options,
  });
}

/** `undefined` removes a claim. */
export type Change = Readonly<Record<string, unknown>>;

export function validClaims(change: Change = {}): Record<string, unknown> {
  const iat = Math.floor(Date.now() / 1000);
  const claims: Record<string, unknown> = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: EMAIL,
    iat,
    exp: iat + 60,
    jti: randomUUID(),
    connection: 'acme',
    idp: 'https://idp.acme.com',
    ...change,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

export function sign(key: SigningKey, claims: Change = {}, header: Change = {}): Promise<string> {
  return new SignJWT(validClaims(claims))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: SESSION, ...header })
    .sign(key.privateKey);
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export async function callFunction(site: WixSite, name: string, body: string): Promise<Answer> {
  const reply = await fetch(`${site.url}/_functions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

export function exchange(site: WixSite, assertion: string): Promise<Answer> {
  return callFunction(site, 'samlSession', JSON.stringify({ assertion }));
}
