/**
 * A real service provider on a real socket, with two connections, a stand-in for the Wix site that only writes down who
 * was signed in, and the identity providers' keys in our hands. Cases are sent to its POST /saml/acs.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, parseConfig, type AppOptions, type Config, type LogValue } from '../../../src/index';
import { idpMetadata, makeIdpKeys, type IdpKeys } from '../../support/idp';
import { onwardOf } from '../../support/onward';
import { requestIdIn } from '../../support/makers/sent-request';
import type { AttackContext, Posting } from './catalogue';

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, LogValue>>;
}

export interface Outcome {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly location: string | null;
  /** The code that the log has for this request. */
  readonly code: string | undefined;
  /** The row of the rules table that the log names for it. */
  readonly rule: string | undefined;
  readonly lines: readonly LogLine[];
  readonly milliseconds: number;
}

export interface RunningServiceProvider {
  readonly acsUrl: string;
  /** Origin of the stand-in for the Wix site: every accepted login goes there. */
  readonly siteOrigin: string;
  /** A context with fresh pending requests. */
  context(): Promise<AttackContext>;
  send(posting: Posting): Promise<Outcome>;
  /** Redeems the ticket of an accepted login and answers whose session the site was asked for. */
  redeem(outcome: Outcome): Promise<string>;
  readonly keys: { readonly idp: IdpKeys; readonly otherIdp: IdpKeys };
  readonly config: Config;
  close(): Promise<void>;
}

export interface ServiceProviderOptions {
  /** More certificates in the first identity provider's metadata, before the one that signs. */
  readonly moreIdpCertificates?: readonly string[];
  readonly idpKeys?: IdpKeys;
  readonly decryptionKeys?: readonly IdpKeys[];
  /** Laid over the first connection's configuration. */
  readonly connection?: Readonly<Record<string, unknown>>;
  /** Default: memory. */
  readonly state?: string;
  /** Handed to createApp, besides the log. */
  readonly app?: Omit<AppOptions, 'log'>;
}

const IDP = 'https://idp.example.com/metadata';
const OTHER_IDP = 'https://idp.globex.example/metadata';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** Keys that no case changes; made once per test process, because they are slow to make. */
const shared = {
  idp: makeIdpKeys({ commonName: 'acme idp' }),
  otherIdp: makeIdpKeys({ commonName: 'globex idp' }),
  attacker: makeIdpKeys({ commonName: 'attacker' }),
  signing: makeIdpKeys({ commonName: 'sp signing' }),
  decryption: makeIdpKeys({ commonName: 'sp encryption' }),
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** The site: remembers the `sub` of the last exchange assertion. Its signature is proven elsewhere. */
function siteStandIn(): { server: Server; lastSubject: () => string } {
  let subject = '';
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { assertion } = JSON.parse(body) as { assertion: string };
      const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()) as {
        sub: string;
      };
      subject = claims.sub;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"sessionToken":"JWS.token"}');
    });
  });
  return { server, lastSubject: () => subject };
}

export async function startServiceProvider(
  options: ServiceProviderOptions = {},
): Promise<RunningServiceProvider> {
  const directory = mkdtempSync(join(tmpdir(), 'sp-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return name;
  };
  const pair = (name: string, keys: IdpKeys): { key: string; certificate: string } => ({
    key: file(`${name}.key`, keys.privateKeyPem),
    certificate: file(`${name}.crt`, keys.certificatePem),
  });
  const idpKeys = options.idpKeys ?? shared.idp;
  const decryptionKeys = options.decryptionKeys ?? [shared.decryption];
  const exchange = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const site = siteStandIn();
  const lines: LogLine[] = [];
  const holder: { handler?: Parameters<typeof createServer>[1] } = {};
  const server = createServer((request, response) => holder.handler?.(request, response));
  const baseUrl = `http://127.0.0.1:${await listen(server)}`;
  const metadata = (entityId: string, certificates: readonly string[]): string =>
    idpMetadata({ entityId, ssoUrl: new URL('/sso', entityId).href, certificates });
  const siteOrigin = `http://127.0.0.1:${await listen(site.server)}`;
  const config = await parseConfig(
    {
      serviceProvider: {
        baseUrl,
        signing: [pair('signing', shared.signing)],
        decryption: decryptionKeys.map((keys, index) => pair(`encryption${index}`, keys)),
      },
      sites: {
        portal: {
          url: siteOrigin,
          exchange: { via: 'httpFunction', key: file('exchange.key', String(exchange)) },
        },
      },
      state: options.state ?? 'memory',
      connections: {
        acme: {
          site: 'portal',
          idpMetadata: file(
            'acme.xml',
            metadata(IDP, [...(options.moreIdpCertificates ?? []), idpKeys.certificateBase64]),
          ),
          emailDomains: ['example.com'],
          ...options.connection,
        },
        globex: {
          site: 'portal',
          idpMetadata: file('globex.xml', metadata(OTHER_IDP, [shared.otherIdp.certificateBase64])),
          emailDomains: ['globex.example'],
        },
      },
    },
    { baseDirectory: directory },
  );
  const app = createApp(config, {
    ...options.app,
    log: (level, event, fields = {}) => lines.push({ level, event, fields }),
  });
  holder.handler = app.handler;
  await app.ready;
  const acsUrl = `${baseUrl}/saml/acs`;

  const requestId = async (connection: string): Promise<string> => {
    const query = new URLSearchParams({
      connection,
      code_challenge: CHALLENGE,
      state: 's',
      return_to: '/members',
    });
    const answer = await fetch(`${baseUrl}/saml/login?${query.toString()}`, { redirect: 'manual' });
    return requestIdIn(answer.headers.get('location'));
  };

  let otherRequest: string | undefined;

  return {
    acsUrl,
    siteOrigin,
    keys: { idp: idpKeys, otherIdp: shared.otherIdp },
    config,
    context: async () => ({
      acsUrl,
      spEntityId: `${baseUrl}/saml/metadata`,
      idp: { entityId: IDP, keys: idpKeys },
      otherIdp: { entityId: OTHER_IDP, keys: shared.otherIdp },
      attackerKeys: shared.attacker,
      requestId: await requestId('acme'),
      // Never answered rightly, so one will do for all.
      otherRequestId: (otherRequest ??= await requestId('globex')),
      now: new Date(),
      encryptionCertificate: decryptionKeys[0]?.certificatePem ?? '',
      spSigningCertificate: shared.signing.certificatePem,
      victim: 'alice@example.com',
      attacker: 'mallory@example.com',
    }),
    send: async (posting) => {
      const before = lines.length;
      const started = performance.now();
      const answer = await fetch(acsUrl + (posting.query ?? ''), {
        method: posting.method ?? 'POST',
        redirect: 'manual',
        headers: {
          ...(posting.contentType === undefined ? {} : { 'content-type': posting.contentType }),
          ...posting.headers,
        },
        // Bytes, so that fetch adds no content type of its own.
        ...(posting.method === 'GET' ? {} : { body: Uint8Array.from(Buffer.from(posting.body)) }),
      });
      const body = await answer.text();
      const milliseconds = performance.now() - started;
      const added = lines.slice(before);
      const logged = (field: string): string | undefined =>
        added.map(({ fields }) => fields[field]).find((value) => typeof value === 'string');
      return {
        status: answer.status,
        headers: answer.headers,
        body,
        location: answer.headers.get('location') ?? onwardOf(body) ?? null,
        code: logged('code'),
        rule: logged('rule'),
        lines: added,
        milliseconds,
      };
    },
    redeem: async ({ location }) => {
      const ticket = new URL(location ?? '').searchParams.get('ticket');
      const answer = await fetch(`${baseUrl}/session-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket, codeVerifier: VERIFIER }),
      });
      if (!answer.ok) throw new Error(`the ticket was not redeemed: ${await answer.text()}`);
      return site.lastSubject();
    },
    close: async () => {
      await Promise.all([app.close(), stop(server), stop(site.server)]);
      rmSync(directory, { recursive: true });
    },
  };
}

export const hasTicket = ({ location }: Outcome): boolean =>
  location !== null && new URL(location).searchParams.has('ticket');

export const restarts = ({ location }: Outcome): boolean =>
  location !== null &&
  new URL(location).searchParams.get('start') === '1' &&
  !new URL(location).searchParams.has('ticket');
