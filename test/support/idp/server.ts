/**
 * The local identity provider over HTTP: AuthnRequests in, signed Responses out. It trusts the service providers whose
 * metadata it was given, answers only to their registered ACS addresses, and imports nothing of the product.
 *
 * Without a browser: GET the login redirect's URL → an HTML form with `flow` and one button per person → POST `flow` and
 * `person` to /sso/continue → an HTML form with `SAMLResponse` and `RelayState`, whose action is the ACS. `signInOverHttp` does it.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receivePost, receiveRedirect, RequestRefused, type ReceivedRequest } from './authn-request';
import { makeIdpKeys, type IdpKeys } from './keys';
import { LAYOUTS, type Layout, type LayoutName, type LayoutOptions } from './layouts';
import { idpMetadata, readSpMetadata, type ServiceProviderInfo } from './metadata';
import { CONTEXT, STATUS } from './names';
import { carrierPage, chooserPage, homePage, refusalPage } from './pages';
import { buildResponse, type Person, type ResponseOptions } from './response';

export const DEFAULT_PEOPLE: readonly Person[] = [
  { id: 'alice', name: 'Alice Archer', email: 'alice@example.com', groups: ['Engineering', 'Everyone'] },
  { id: 'bob', name: 'Bob Baker', email: 'bob@example.com', groups: ['Sales', 'Everyone'] },
  { id: 'chloe', name: 'Chloé Dübendörfer', email: 'chloe@example.com', groups: ['Everyone'] },
];

export interface StartIdpOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  readonly people?: readonly Person[];
  readonly entityId?: string;
  readonly keys?: IdpKeys;
  /** Further certificates to publish, for key rollover. */
  readonly moreCertificates?: readonly string[];
  readonly layout?: LayoutName | Layout;
  /** Laid over the layout's options; may be changed later through `override`. */
  readonly response?: Partial<ResponseOptions>;
  /** Metadata of the service providers, as XML. More can be registered later. */
  readonly spMetadata?: readonly string[];
  /** Remember the person in a cookie, so that a second login needs no click (default true). */
  readonly sessions?: boolean;
  readonly clock?: () => Date;
}

export interface LocalIdp {
  readonly url: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly metadataUrl: string;
  readonly metadataXml: string;
  readonly keys: IdpKeys;
  readonly people: readonly Person[];
  /** Every AuthnRequest accepted so far, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  registerServiceProvider(metadataXml: string): ServiceProviderInfo;
  /** Replaces the options laid over the layout, for the Responses to come. */
  override(options: Partial<ResponseOptions>): void;
  /** The base64 form field for a person, without any HTTP: `inResponseTo: null` makes it unsolicited. */
  respond(
    personId: string,
    options: { acsUrl: string; spEntityId: string; inResponseTo: string | null },
  ): string;
  close(): Promise<void>;
}

interface Pending {
  readonly request: ReceivedRequest | null;
  readonly serviceProvider: ServiceProviderInfo;
  readonly acsUrl: string;
  readonly relayState: string | null;
}

interface Idp {
  readonly options: StartIdpOptions;
  readonly base: string;
  readonly entityId: string;
  readonly keys: IdpKeys;
  readonly people: readonly Person[];
  readonly metadataXml: string;
  readonly serviceProviders: Map<string, ServiceProviderInfo>;
  readonly pending: Map<string, Pending>;
  readonly sessions: Map<string, string>;
  readonly requests: ReceivedRequest[];
  overrides: Partial<ResponseOptions>;
}

export async function startIdp(options: StartIdpOptions = {}): Promise<LocalIdp> {
  const holder: { idp?: Idp } = {};
  const server = createServer((request, response) => {
    const { idp } = holder;
    if (idp === undefined) return;
    handle(idp, request, response).catch((error: unknown) => {
      const refused = error instanceof RequestRefused;
      html(
        response,
        refused ? 403 : 500,
        refusalPage(refused ? error.message : 'The identity provider failed.'),
      );
    });
  });
  const base = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const keys = options.keys ?? makeIdpKeys();
  const entityId = options.entityId ?? `${base}/metadata`;
  const state: Idp = {
    options,
    base,
    entityId,
    keys,
    people: options.people ?? DEFAULT_PEOPLE,
    metadataXml: idpMetadata({
      entityId,
      ssoUrl: `${base}/sso`,
      certificates: [keys.certificateBase64, ...(options.moreCertificates ?? [])],
    }),
    serviceProviders: new Map(),
    pending: new Map(),
    sessions: new Map(),
    requests: [],
    overrides: options.response ?? {},
  };
  holder.idp = state;
  const registerServiceProvider = (xml: string): ServiceProviderInfo => {
    const info = readSpMetadata(xml);
    state.serviceProviders.set(info.entityId, info);
    return info;
  };
  options.spMetadata?.forEach(registerServiceProvider);
  return {
    url: base,
    entityId,
    ssoUrl: `${base}/sso`,
    metadataUrl: `${base}/metadata`,
    metadataXml: state.metadataXml,
    keys,
    people: state.people,
    requests: state.requests,
    registerServiceProvider,
    override: (overrides) => {
      state.overrides = overrides;
    },
    respond: (personId, { acsUrl, spEntityId, inResponseTo }) => {
      const info = state.serviceProviders.get(spEntityId) ?? plainServiceProvider(spEntityId, acsUrl);
      return responseField(
        state,
        personOf(state, personId),
        {
          request: null,
          serviceProvider: info,
          acsUrl,
          relayState: null,
        },
        inResponseTo,
      );
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const plainServiceProvider = (entityId: string, acsUrl: string): ServiceProviderInfo => ({
  entityId,
  acsUrls: [acsUrl],
  signingCertificates: [],
  encryptionCertificates: [],
  authnRequestsSigned: false,
});

/** A page of a stranger that names its own host after this machine (DNS rebinding) gets nothing. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

async function handle(idp: Idp, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!LOOPBACK.test(request.headers.host ?? '')) {
    throw new RequestRefused('this identity provider is for this machine alone');
  }
  const url = new URL(request.url ?? '/', idp.base);
  const find = (entityId: string): ServiceProviderInfo | undefined => idp.serviceProviders.get(entityId);
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'GET /': {
      html(
        response,
        200,
        homePage(idp.entityId, sessionPerson(idp, request), [...idp.serviceProviders.keys()]),
      );
      return;
    }
    case 'GET /metadata':
      response.writeHead(200, { 'content-type': 'application/samlmetadata+xml' }).end(idp.metadataXml);
      return;
    case 'GET /sso': {
      begin(idp, request, response, receiveRedirect(url.search.slice(1), find));
      return;
    }
    case 'POST /sso': {
      begin(idp, request, response, receivePost(await readForm(request), find));
      return;
    }
    case 'POST /sso/continue': {
      chosen(idp, response, await readForm(request));
      return;
    }
    case 'GET /idp-initiated': {
      beginUnsolicited(idp, request, response, url.searchParams);
      return;
    }
    case 'POST /sign-out':
      idp.sessions.delete(sessionId(request));
      response.writeHead(303, { location: '/', 'set-cookie': 'idp_session=; Path=/; Max-Age=0' }).end();
      return;
    default: {
      html(response, 404, refusalPage('There is no such page.'));
      return;
    }
  }
}

function begin(idp: Idp, http: IncomingMessage, response: ServerResponse, request: ReceivedRequest): void {
  idp.requests.push(request);
  const serviceProvider = idp.serviceProviders.get(request.issuer);
  const acsUrl = request.acsUrl ?? serviceProvider?.acsUrls[0];
  if (serviceProvider === undefined || acsUrl === undefined)
    throw new RequestRefused('no address to answer to');
  const pending: Pending = { request, serviceProvider, acsUrl, relayState: request.relayState };
  const person = request.forceAuthn ? undefined : sessionPerson(idp, http);
  if (person !== undefined) {
    carry(idp, response, person, pending);
    return;
  }
  if (request.isPassive) {
    const status = { code: STATUS.responder, subCode: STATUS.noPassive };
    const samlResponse = responseField(idp, idp.people[0] ?? personOf(idp, ''), pending, request.id, {
      status,
      noAssertion: true,
      sign: { response: true },
      encrypt: null,
    });
    sendCarrier(response, pending, samlResponse);
    return;
  }
  choose(idp, response, pending);
}

function beginUnsolicited(
  idp: Idp,
  http: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): void {
  const entityId = query.get('sp') ?? [...idp.serviceProviders.keys()][0] ?? '';
  const serviceProvider = idp.serviceProviders.get(entityId);
  const acsUrl = serviceProvider?.acsUrls[0];
  if (serviceProvider === undefined || acsUrl === undefined)
    throw new RequestRefused('unknown service provider');
  const pending: Pending = { request: null, serviceProvider, acsUrl, relayState: query.get('RelayState') };
  const asked = query.get('person');
  const person = asked === null ? sessionPerson(idp, http) : personOf(idp, asked);
  if (person === undefined) {
    choose(idp, response, pending);
    return;
  }
  carry(idp, response, person, pending);
}

function choose(idp: Idp, response: ServerResponse, pending: Pending): void {
  const flow = randomBytes(16).toString('hex');
  idp.pending.set(flow, pending);
  html(
    response,
    200,
    chooserPage({
      action: '/sso/continue',
      flow,
      people: idp.people,
      serviceProvider: pending.serviceProvider.entityId,
    }),
  );
}

function chosen(idp: Idp, response: ServerResponse, form: URLSearchParams): void {
  const flow = form.get('flow') ?? '';
  const pending = idp.pending.get(flow);
  if (pending === undefined) throw new RequestRefused('this sign-in is over; please start again');
  const person = personOf(idp, form.get('person') ?? '');
  idp.pending.delete(flow);
  if (idp.options.sessions !== false) {
    const id = randomBytes(16).toString('hex');
    idp.sessions.set(id, person.id);
    response.setHeader('set-cookie', `idp_session=${id}; Path=/; HttpOnly; SameSite=Lax`);
  }
  carry(idp, response, person, pending);
}

function carry(idp: Idp, response: ServerResponse, person: Person, pending: Pending): void {
  sendCarrier(response, pending, responseField(idp, person, pending, pending.request?.id ?? null));
}

function sendCarrier(response: ServerResponse, pending: Pending, samlResponse: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`,
  );
  html(
    response,
    200,
    carrierPage({ acsUrl: pending.acsUrl, samlResponse, relayState: pending.relayState, nonce }),
  );
}

function responseField(
  idp: Idp,
  person: Person,
  pending: Pending,
  inResponseTo: string | null,
  last: Partial<ResponseOptions> = {},
): string {
  const layout =
    typeof idp.options.layout === 'function' ? idp.options.layout : LAYOUTS[idp.options.layout ?? 'okta'];
  const encryptionCertificate = pending.serviceProvider.encryptionCertificates[0];
  const laidOut: LayoutOptions = layout({
    person,
    spEntityId: pending.serviceProvider.entityId,
    entityId: idp.entityId,
    ...(encryptionCertificate === undefined ? {} : { encryptionCertificate }),
  });
  const wanted = pending.request?.contextClasses[0];
  const xml = buildResponse({
    ...laidOut,
    authnStatements: [
      {
        ...laidOut.authnStatements?.[0],
        contextClass:
          wanted ?? laidOut.authnStatements?.[0]?.contextClass ?? CONTEXT.passwordProtectedTransport,
      },
    ],
    keys: idp.keys,
    issuer: idp.entityId,
    acsUrl: pending.acsUrl,
    audience: pending.serviceProvider.entityId,
    inResponseTo,
    now: idp.options.clock?.() ?? new Date(),
    ...idp.overrides,
    ...last,
  });
  return Buffer.from(xml, 'utf8').toString('base64');
}

function personOf(idp: Idp, id: string): Person {
  const person = idp.people.find((candidate) => candidate.id === id);
  if (person === undefined) throw new RequestRefused('there is no such person');
  return person;
}

const sessionId = (request: IncomingMessage): string =>
  /(?:^|;\s*)idp_session=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';

function sessionPerson(idp: Idp, request: IncomingMessage): Person | undefined {
  const id = idp.sessions.get(sessionId(request));
  return idp.people.find((person) => person.id === id);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 262_144) throw new RequestRefused('the form is too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function html(response: ServerResponse, status: number, body: string): void {
  if (response.headersSent) return;
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(body);
}
