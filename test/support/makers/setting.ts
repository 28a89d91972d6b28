/** A small world for the use cases and the HTTP floor: two sites, three connections, a clock by hand, a log to look into. */
import { createHash, randomBytes } from 'node:crypto';
import { eventsTo } from '../../../src/core/events';
import type { LogLevel, LogValue } from '../../../src/core/ports';
import { resolveMember, type MemberIdentity, type MemberNames } from '../../../src/policy/member';
import { describeCertificate, readCertificate } from '../../../src/saml/signature/certificate';
import { decodeSamlResponse } from '../../../src/saml/login/decode';
import { parseResponse } from '../../../src/saml/login/response';
import { acceptResponse } from '../../../src/saml/gate';
import { createRequestTemplates } from '../../../src/saml/login/authn-request-template';
import { createKeyMemory } from '../../../src/saml/signature/key-memory';
import { lineWriter } from '../../../src/server/event-lines';
import type { Connection } from '../../../src/sso/connection';
import type { SiteWithExchange, SsoContext } from '../../../src/sso/context';
import { createDecryptionThrottle } from '../../../src/sso/decryption-throttle';
import { directoryOf } from '../../../src/sso/directory';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { StateKeys } from '../../../src/stores/state-keys';
import type { StateStore } from '../../../src/stores/state-store';
import { readSessionToken } from '../../../src/wix/session-token';
import type { Exchange } from '../../../src/wix/site';
import { buildResponse, makeIdpKeys } from '../idp';
import { aServiceProvider } from './a-service-provider';
import { issueTicket, type SessionTicket } from '../../../src/wix/ticket';

export const START = Date.UTC(2026, 0, 15, 12);
export const EMAIL = 'ada@acme.example';
export const TOKEN = 'JWS.header.payload-signature';
export const verifier = 'v'.repeat(43);
export const challenge = createHash('sha256').update(verifier).digest('base64url');

export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: Readonly<Record<string, LogValue>>;
}

export interface Setting {
  readonly context: SsoContext;
  readonly clock: { now(): number; advance(ms: number): void };
  readonly lines: LogLine[];
  /** What the exchange does; replace it per test. */
  exchange: Exchange;
  readonly exchanged: SessionTicket[];
}

/** Signs for every IdP of this world. */
export const idpKeys = makeIdpKeys();
const signingKey = describeCertificate(readCertificate(idpKeys.certificatePem));
const serviceProvider = aServiceProvider();

export function connection(name: string, site: string, domains: readonly string[] | '*'): Connection {
  return {
    name,
    displayName: `${name} & "friends" <b>`,
    site,
    identityProvider: {
      entityId: `https://idp.${name}.example/metadata`,
      singleSignOnServices: [
        { binding: 'redirect', location: `https://idp.${name}.example/sso` },
        { binding: 'post', location: `https://idp.${name}.example/sso/post` },
      ],
      singleLogoutServices: [],
      signingKeys: [signingKey],
      wantAuthnRequestsSigned: true,
    },
    policy: { emailDomains: domains === '*' ? '*' : new Set(domains) },
    requestBinding: name === 'globex' ? 'post' : 'redirect',
    forceAuthn: false,
    unsolicited: 'restart',
    clockSkewMs: 180_000,
    allowSha1: false,
    allowCbc: false,
    secondOpinion: false,
  };
}

/** `sites`: of the two, how many there are. */
export function setting(changes: { sites?: 1 | 2; store?: StateStore; baseUrl?: string } = {}): Setting {
  let now = START;
  const clock = { now: () => now, advance: (ms: number) => void (now += ms) };
  const lines: LogLine[] = [];
  const exchanged: SessionTicket[] = [];
  const made: Setting = {
    clock,
    lines,
    exchanged,
    exchange: () =>
      Promise.resolve(readSessionToken({ status: 200, body: JSON.stringify({ sessionToken: TOKEN }) })),
    context: {
      serviceProvider:
        changes.baseUrl === undefined ? serviceProvider : { ...serviceProvider, baseUrl: changes.baseUrl },
      sites: sites(changes.sites ?? 2, (ticket) => {
        exchanged.push(ticket);
        return made.exchange(ticket);
      }),
      connections: directoryOf([
        connection('acme', 'portal', ['acme.example', 'shared.example']),
        connection('globex', 'portal', ['globex.example', 'shared.example']),
        ...(changes.sites === 1 ? [] : [connection('initech', 'shop', ['initech.example'])]),
      ]),
      maxMessageBytes: 384 * 1024,
      store: changes.store ?? createMemoryStore(clock),
      stateKeys: new StateKeys([randomBytes(32)]),
      clock,
      random: { bytes: (count) => randomBytes(count) },
      events: eventsTo(lineWriter((level, event, fields = {}) => void lines.push({ level, event, fields }))),
      handleKeys: [Buffer.alloc(32, 'handle key')],
      pseudonym: (email) => `p-${createHash('sha256').update(email).digest('hex').slice(0, 8)}`,
      decryptionThrottle: createDecryptionThrottle(),
      keyMemory: createKeyMemory(),
      requestTemplates: createRequestTemplates(),
    },
  };
  return made;
}

function sites(count: 1 | 2, exchange: Exchange): ReadonlyMap<string, SiteWithExchange> {
  const portal = {
    name: 'portal',
    displayName: 'Portal & friends',
    url: 'https://www.portal.example',
    landingPage: '/sso',
    signedOutPage: '/',
    origins: ['https://www.portal.example', 'https://portal.example'],
    exchange,
  };
  const shop = {
    ...portal,
    name: 'shop',
    displayName: 'Shop',
    url: 'https://user.wixsite.example/shop',
    origins: ['https://user.wixsite.example'],
  };
  return new Map([portal, ...(count === 1 ? [] : [shop])].map((site) => [site.name, site]));
}

/** A person whom the IdP of `acme` vouched for, the only way there is: through an accepted answer. */
export function member(names: MemberNames = {}): MemberIdentity {
  const { identityProvider, policy, clockSkewMs } = connection('acme', 'portal', ['acme.example']);
  const requestId = `_${'0'.repeat(40)}-acme`;
  const { entityId, assertionConsumerServiceUrl } = serviceProvider;
  const xml = buildResponse({
    keys: idpKeys,
    issuer: identityProvider.entityId,
    acsUrl: assertionConsumerServiceUrl,
    audience: entityId,
    inResponseTo: requestId,
    now: new Date(START),
    nameId: { value: EMAIL },
    attributes: Object.entries(names).map(([name, value]) => ({
      name: name === 'nickname' ? 'displayName' : name,
      values: [String(value)],
    })),
  });
  const response = parseResponse(decodeSamlResponse(Buffer.from(xml).toString('base64'), 384 * 1024));
  const trust = {
    keys: identityProvider.signingKeys,
    allowSha1: false,
    decryption: { keys: [], allowCbc: false },
  };
  const expected = {
    identityProvider: identityProvider.entityId,
    serviceProvider: entityId,
    assertionConsumerServiceUrl,
    requestId,
    clockSkewMs,
  };
  const assertion = acceptResponse(response, { trust, expected, now: START });
  return resolveMember(assertion, policy, START, clockSkewMs);
}

/** What a ticket is issued for, but the member. */
type Grant = Parameters<typeof issueTicket>[2];

export function grant(changes: Partial<Grant> = {}): Grant {
  return {
    site: 'portal',
    connection: 'acme',
    identityProvider: 'https://idp.acme.example/metadata',
    codeChallenge: challenge,
    state: 'page-state',
    returnTo: '/members',
    signIn: '0123456789',
    subject: { nameId: { value: EMAIL }, sessionIndex: '_session-1', requestedAt: START },
    ...changes,
  };
}

/** The text of a fresh ticket. */
export async function ticketFor(world: Setting, changes: Partial<Grant> = {}): Promise<string> {
  return (await issueTicket(world.context, member(), grant(changes))).id.reveal();
}

/** Everything that was logged, as the text that a log file would hold. */
export function logText(world: Setting): string {
  return JSON.stringify(world.lines);
}
