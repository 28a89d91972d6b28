/** A service provider that takes revocations for `acme` (Okta's way and by a bearer token) and for `globex` (its own IdP). */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type KeyLike } from 'jose';
import { Secret } from '../../../src/core/secret';
import { createApplication } from '../../../src/http/router';
import type { SsoContext } from '../../../src/sso/context';
import { directoryOf } from '../../../src/sso/directory';
import { RevocationKeys } from '../../../src/sso/revocation-keys';
import { issueSession, peekSession } from '../../../src/sso/session';
import type { MemberCommand } from '../../../src/wix/site';
import { connection, EMAIL, grant, setting, type Setting } from './setting';
import { jsonBody, listen, type Answer, type Listening } from './listening';

export const OKTA = 'https://acme.okta.example';
export const BEARER = 'bearer-of-acme-0123456789abcdef0123456789';
export const REVOCATION = 'global-token-revocation+jwt';
/** As Okta names a person. */
export const SUBJECT = { format: 'email', email: EMAIL };

export interface RevokingKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly privateKey: KeyLike;
}

export async function revokingKey(kid: string, alg = 'RS256'): Promise<RevokingKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

export interface RevokingServiceProvider {
  readonly world: Setting;
  readonly context: SsoContext;
  readonly server: Listening;
  /** What the IdP of `acme` publishes now, and how often it was asked. */
  readonly published: { keys: JWK[]; asked: number; status: number };
  readonly commands: MemberCommand[];
  /** What the site answers to a command. */
  site: { done: boolean; fails?: Error };
  readonly url: string;
  /** Posts to the endpoint of a connection. */
  revoke(token: string | undefined, body: object, connection?: string): Promise<Answer>;
  begin(email?: string, connectionName?: string): Promise<string>;
  lives(handle: string): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startRevokingServiceProvider(key: RevokingKey): Promise<RevokingServiceProvider> {
  const world = setting();
  const published = { keys: [key.jwk], asked: 0, status: 200 };
  const jwks = await listen((_request, response) => {
    published.asked += 1;
    response.writeHead(published.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: published.keys }));
  });
  const commands: MemberCommand[] = [];
  const acme = {
    ...connection('acme', 'portal', ['acme.example']),
    leavers: 'block' as const,
    revocation: { signed: { issuer: OKTA, jwksUri: `${jwks.origin}/keys` }, bearer: new Secret(BEARER) },
  };
  const globex = {
    ...connection('globex', 'portal', ['globex.example']),
    revocation: { signed: { issuer: 'https://globex.okta.example', jwksUri: `${jwks.origin}/globex` } },
  };
  const sites = new Map(
    [...world.context.sites].map(([name, site]) => [
      name,
      {
        ...site,
        commandMember: (command: MemberCommand) => {
          commands.push(command);
          return made.site.fails === undefined
            ? Promise.resolve(made.site.done)
            : Promise.reject(made.site.fails);
        },
      },
    ]),
  );
  const context: SsoContext = {
    ...world.context,
    sites,
    connections: directoryOf([acme, globex, connection('initech', 'shop', ['initech.example'])]),
    revocationKeys: new RevocationKeys({ clock: world.context.clock }),
  };
  const server = await listen(createApplication(context));
  const made: RevokingServiceProvider = {
    world,
    context,
    server,
    published,
    commands,
    site: { done: true },
    url: `${context.serviceProvider.baseUrl}/saml/revoke/acme`,
    revoke: (token, body, name = 'acme') =>
      server.send(
        `/saml/revoke/${name}`,
        jsonBody(body, token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ),
    begin: async (email = EMAIL, connectionName = 'acme') => {
      const subject = { nameId: { value: email }, sessionIndex: '_1', requestedAt: world.clock.now() };
      return (await issueSession(context, { ...grant({ connection: connectionName }), email, subject }))
        .handle;
    },
    lives: async (handle) => (await peekSession(context, handle)) !== undefined,
    stop: async () => {
      await Promise.all([server.stop(), jwks.stop()]);
    },
  };
  return made;
}

/** A token as Okta sends it; `undefined` leaves a claim or header out. */
export async function revocationToken(
  sp: RevokingServiceProvider,
  key: RevokingKey,
  claims: object = {},
  header: object = {},
): Promise<string> {
  const iat = Math.floor(sp.world.clock.now() / 1000);
  const payload: Record<string, unknown> = {
    iss: OKTA,
    aud: sp.url,
    sub: '0oa1',
    jti: randomUUID(),
    iat,
    exp: iat + 300,
    ...claims,
  };
  const head: Record<string, unknown> = { alg: 'RS256', kid: key.kid, typ: REVOCATION, ...header };
  return new SignJWT(present(payload))
    .setProtectedHeader({ alg: 'RS256', ...present(head) })
    .sign(key.privateKey);
}

const present = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
