// A ticket → the signed statement by which a site mints a session token: compact JWS (RFC 7515 §7.1), ES256, 60 s.
// The site trusts this signature and nothing else about the request, so a leak on the site mints nothing.

import { sign, type KeyObject } from 'node:crypto';
import { limits } from '../core/limits';
import type { Clock, Random } from '../core/ports';
import { publicJwk } from './public-jwk';
import type { MemberCommand } from './site';
import { SessionTicket } from './ticket';

export interface ExchangeSigner {
  /** Private key on P-256. */
  readonly key: KeyObject;
  /** The key's name (wix/public-jwk): to look it up takes half as long as to sign. */
  readonly kid?: string;
  /** entityID of the service provider: the claim `iss`. */
  readonly issuer: string;
  /** URL of the site: the claim `aud`. */
  readonly audience: string;
  readonly clock: Clock;
  readonly random: Random;
}

type JwsType = 'wix-saml+jwt' | 'wix-saml-check+jwt' | 'wix-saml-member+jwt';

const JTI_BYTES = 20;
const SECOND_MS = 1000;

/** For `samlSession`: asks for a token of the ticket's member. Each call has a fresh `jti`. */
export function signExchangeAssertion(signer: ExchangeSigner, ticket: SessionTicket): string {
  if (!SessionTicket.isMinted(ticket)) {
    throw new TypeError('signExchangeAssertion takes what issueTicket or takeTicket returned');
  }
  const { email, connection, identityProvider, profile } = ticket.grant;
  return signClaims(signer, 'wix-saml+jwt', {
    sub: email,
    connection,
    idp: identityProvider,
    ...(profile === undefined ? {} : { profile }),
  });
}

/** For `samlSessionCheck`: another `typ`, so that neither can stand in for the other. Names nobody. */
export function signCheckAssertion(signer: ExchangeSigner): string {
  return signClaims(signer, 'wix-saml-check+jwt', {});
}

/** For `samlMember`. */
export function signMemberCommand(
  signer: ExchangeSigner,
  { email, connection, command }: MemberCommand,
): string {
  return signClaims(signer, 'wix-saml-member+jwt', { sub: email, connection, command });
}

function signClaims(signer: ExchangeSigner, typ: JwsType, claims: object): string {
  const kid = signer.kid ?? publicJwk(signer.key).kid;
  const iat = Math.floor(signer.clock.now() / SECOND_MS);
  const payload = {
    iss: signer.issuer,
    aud: signer.audience,
    iat,
    exp: iat + limits.exchangeAssertionSeconds,
    jti: signer.random.bytes(JTI_BYTES).toString('base64url'),
    ...claims,
  };
  const input = `${segment({ alg: 'ES256', kid, typ })}.${segment(payload)}`;
  // RFC 7518 §3.4: the signature is R || S, not DER.
  const signature = sign('sha256', Buffer.from(input), { key: signer.key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
