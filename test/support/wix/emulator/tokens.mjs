// Session tokens in the shape that Wix's documentation shows: "JWS." and an HS256 JWT whose `data` is a JSON text.
// The token is usable for two minutes; applied, it becomes a session of fourteen days, kept in the cookie smSession.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { findOrAddMember, memberById } from './world.mjs';

const USABLE_MS = 120_000;
const SESSION_MS = 1_209_600_000;
const KEY_ID = 'PIzodbbB';

export function issueSessionToken(world, member) {
  world.tokensIssued += 1;
  const token = sign(world, member, USABLE_MS);
  const opaque =
    world.options.tokenForm === 'opaque' ? `IST.${randomBytes(48).toString('base64url')}` : undefined;
  if (opaque !== undefined) world.opaqueTokens.set(opaque, token);
  world.minted.set(opaque ?? token, member.loginEmail);
  return opaque ?? token;
}

/** @returns {{ session: string, member: object } | { refused: string }} */
export function applySessionToken(world, token) {
  const data = read(world, world.opaqueTokens.get(token) ?? token);
  if (!data) return { refused: 'invalid' };
  if (data.expirationTime <= world.now()) return { refused: 'expired' };
  if (data.metaSiteId !== world.metaSiteId) return { refused: 'another site' };
  if (world.options.tokenSingleUse && world.tokensUsed.has(token)) return { refused: 'used' };
  const member = memberOf(world, data.id);
  if (!member || member.status === 'BLOCKED') return { refused: 'member' };
  world.tokensUsed.add(token);
  world.logins.push({ email: member.loginEmail, at: world.now() });
  return { session: sign(world, member, SESSION_MS), member };
}

/** A session as Wix's own form makes it. */
export function sessionOf(world, email) {
  return sign(world, findOrAddMember(world, email), SESSION_MS);
}

/** The member whose session this cookie value is, if any. */
export function memberOfSession(world, session) {
  const data = session ? read(world, session) : null;
  if (!data || data.expirationTime <= world.now()) return undefined;
  const member = memberOf(world, data.id);
  return member?.status === 'BLOCKED' ? undefined : member;
}

function memberOf(world, id) {
  return memberById(world, id) ?? memberById(world, [...id].reverse().join(''));
}

function sign(world, member, lifetimeMs) {
  const creationTime = world.now();
  const data = JSON.stringify({
    id: world.options.tokenForm === 'otherId' ? [...member._id].reverse().join('') : member._id,
    collectionId: world.collectionId,
    metaSiteId: world.metaSiteId,
    owner: member.role === 'owner',
    creationTime,
    expiresIn: SESSION_MS,
    expirationTime: creationTime + lifetimeMs,
    lastRefreshed: 0,
    admin: member.role === 'admin',
    // Not in the samples; keeps two tokens of one millisecond apart.
    n: world.tokensIssued,
  });
  const signed = [
    { kid: KEY_ID, alg: 'HS256' },
    { data, iat: Math.floor(creationTime / 1000) },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `JWS.${signed}.${mac(world, signed)}`;
}

function read(world, token) {
  const [prefix, header, payload, signature, ...rest] = String(token).split('.');
  if (prefix !== 'JWS' || !signature || rest.length > 0) return null;
  const expected = Buffer.from(mac(world, `${header}.${payload}`));
  const received = Buffer.from(signature);
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) return null;
  return JSON.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).data);
}

function mac(world, signed) {
  return createHmac('sha256', world.signingKey).update(signed).digest('base64url');
}
