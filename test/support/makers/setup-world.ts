/** The small world with a connection that waits for its set-up, the set-up pages on a socket, and a browser as they see it. */

import { createLink } from '../../../src/admin/setup/links';
import { createAdmission, type Admission } from '../../../src/http/admission';
import { createApplication } from '../../../src/http/router';
import type { ConnectionEntry } from '../../../src/sso/directory';
import { ConnectionDirectory } from '../../../src/sso/directory';
import type { Brand } from '../../../src/wix/site';
import type { TxtLookup } from '../../../src/core/txt-lookup';
import { DomainProofs } from '../../../src/sso/domain-proofs';
import { sealedDocuments, type SealedDocuments } from '../../../src/stores/sealed-documents';
import { buildResponse, idpMetadata, type ResponseOptions } from '../idp';
import { requestIdIn } from './sent-request';
import { connection, idpKeys, setting, type Setting } from './setting';
import { form, FORM, listen, type Answer, type Listening } from './listening';

export interface SetupWorld extends Setting {
  readonly server: Listening;
  readonly documents: SealedDocuments;
  /** The secret of a new link. */
  invite(connection?: string, days?: number): Promise<string>;
  /** Puts another entry into the directory that the application looks at. */
  replace(name: string, entry: ConnectionEntry): void;
  stop(): Promise<void>;
}

export const WAITING = 'hooli';

/** Without its IdP, as the operator writes it down. */
export function waitingEntry(
  name = WAITING,
  domains: readonly string[] = ['hooli.example'],
): ConnectionEntry {
  const { identityProvider, ...settings } = connection(name, 'portal', domains);
  return {
    settings: { ...settings, displayName: `Hooli, not ${identityProvider.entityId}` },
    metadata: { from: { setup: true } },
    state: { kind: 'waiting', for: 'setup' },
  };
}

interface SetupChanges {
  readonly baseUrl?: string;
  readonly pages?: boolean;
  /** Domains have to be proven, and this is the DNS. */
  readonly lookup?: TxtLookup;
  /** Of the site `portal`. */
  readonly brand?: Brand;
  /** IT admins activate alone. */
  readonly self?: boolean;
  readonly admission?: Admission;
}

export async function setupWorld(changes: SetupChanges = {}): Promise<SetupWorld> {
  const world = setting(changes);
  const documents = sealedDocuments(world.context);
  let connections = new ConnectionDirectory([
    ...world.context.connections.entries,
    waitingEntry(),
    waitingEntry('pied', ['pied.example']),
  ]);
  const { lookup } = changes;
  const context = {
    ...world.context,
    ...(lookup === undefined
      ? {}
      : { domainProofs: new DomainProofs({ ...world.context, documents, lookup }) }),
    sites: new Map(
      [...world.context.sites].map(([name, site]) => [
        name,
        changes.brand === undefined ? site : { ...site, brand: changes.brand },
      ]),
    ),
    get connections() {
      return connections;
    },
  };
  const { admission = createAdmission(() => performance.now()) } = changes;
  const options = {
    admission,
    setup: { documents, isOn: () => changes.pages !== false, isSelf: () => changes.self === true },
  };
  const server = await listen(createApplication(context, options));
  return {
    ...world,
    context,
    server,
    documents,
    replace(name, entry) {
      connections = new ConnectionDirectory(
        connections.entries.map((one) => (one.settings.name === name ? entry : one)),
      );
    },
    async invite(name = WAITING, days = 7) {
      const ports = { documents, clock: world.clock, random: context.random };
      return (await createLink(ports, { connection: name, days })).secret.reveal();
    },
    stop: () => server.stop(),
  };
}

export const OWN_ORIGIN = 'https://sso.example.com';

/** One browser: keeps its cookies, says where its forms come from, and follows nothing. */
export class SetupBrowser {
  cookie: string | undefined;
  #hidden: Record<string, string> = {};
  /** Of the last page that had a form. */
  token = '';

  constructor(
    private readonly world: Pick<SetupWorld, 'server'>,
    private readonly origin = OWN_ORIGIN,
    /** Sent with everything. */
    private readonly always: Readonly<Record<string, string>> = {},
  ) {}

  get headers(): Record<string, string> {
    return { ...this.always, ...(this.cookie === undefined ? {} : { cookie: this.cookie }) };
  }

  async get(path: string): Promise<Answer> {
    return this.#seen(await this.world.server.get(path, this.headers));
  }

  async post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.#seen(
      await this.world.server.send(path, {
        headers: { 'content-type': FORM, origin: this.origin, ...this.headers, ...headers },
        body: new URLSearchParams({
          ...(this.token === '' ? {} : { token: this.token }),
          ...this.#draft,
          ...fields,
        }).toString(),
      }),
    );
  }

  /** A form with a file, as a browser writes it. */
  async postFile(path: string, fields: Record<string, string>): Promise<Answer> {
    const parts = Object.entries({ token: this.token, ...fields }).map(([name, value]) => {
      const file = name === 'file' ? '; filename="metadata.xml"\r\nContent-Type: text/xml' : '';
      return `--b0undary\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
    });
    const headers = { 'content-type': 'multipart/form-data; boundary=b0undary', origin: this.origin };
    const body = `${parts.join('')}--b0undary--\r\n`;
    return this.#seen(await this.world.server.send(path, { headers: { ...headers, ...this.headers }, body }));
  }

  get #draft(): Record<string, string> {
    const { draft } = this.#hidden;
    return draft === undefined ? {} : { draft };
  }

  /** The fields of the form on the last page. */
  get hidden(): Record<string, string> {
    return this.#hidden;
  }

  /** Opens the link and clicks. */
  async redeem(secret: string): Promise<Answer> {
    await this.get(`/setup?link=${secret}`);
    return this.post('/setup', { link: secret });
  }

  #seen(answer: Answer): Answer {
    for (const line of answer.headers['set-cookie'] ?? []) this.cookie = line.split(';', 1)[0];
    const inputs = [...answer.body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
    if (inputs.length > 0)
      this.#hidden = Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescaped(value)]));
    this.token = /name="token" value="([0-9a-f]{64})"/.exec(answer.body)?.[1] ?? this.token;
    return answer;
  }
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A page without the marks inside its sentences. */
export const asRead = (body: string): string =>
  body.replace(/<\/?(?:bdi|code|strong|time|span)\b[^>]*>/g, '');

/** The IdP that the admin brings. */
export const HOOLI_IDP = 'https://idp.hooli.example/metadata';

export const hooliMetadata = (keys = idpKeys): string =>
  idpMetadata({
    entityId: HOOLI_IDP,
    ssoUrl: 'https://idp.hooli.example/sso',
    certificates: [keys.certificateBase64],
  });

/** Through the steps until the draft has its metadata; the page that came last has the button for the test. */
export async function broughtMetadata(
  world: SetupWorld,
  xml = hooliMetadata(),
  product = 'okta',
): Promise<SetupBrowser> {
  const browser = new SetupBrowser(world);
  await browser.redeem(await world.invite());
  await browser.get('/setup/connect');
  await browser.post('/setup/connect', { product });
  await browser.get('/setup/metadata');
  await browser.postFile('/setup/metadata', { file: xml });
  await browser.post('/setup/metadata/use', browser.hidden);
  await browser.get('/setup/test');
  return browser;
}

export interface StartedTest {
  readonly requestId: string;
  readonly relayState: string;
}

/** Presses the button; what the browser would take to the IdP. */
export async function startTest(browser: SetupBrowser): Promise<StartedTest> {
  const { headers, status } = await browser.post('/setup/test', {});
  if (status !== 303) throw new Error(`the test did not start: ${String(status)}`);
  const { location = '' } = headers;
  return {
    requestId: requestIdIn(location),
    relayState: new URL(location).searchParams.get('RelayState') ?? '',
  };
}

/** The answer of Hooli's IdP. */
export function hooliAnswer(
  world: SetupWorld,
  inResponseTo: string | null,
  changes: Partial<ResponseOptions> = {},
): string {
  const { serviceProvider } = world.context;
  const xml = buildResponse({
    keys: idpKeys,
    issuer: HOOLI_IDP,
    acsUrl: serviceProvider.assertionConsumerServiceUrl,
    audience: serviceProvider.entityId,
    inResponseTo,
    now: new Date(world.clock.now()),
    nameId: { value: 'gavin@hooli.example' },
    ...changes,
  });
  return Buffer.from(xml).toString('base64');
}

/** A whole test with this answer; the page that shows what was found. */
export async function tested(
  world: SetupWorld,
  browser: SetupBrowser,
  changes: Partial<ResponseOptions> = {},
): Promise<Answer> {
  const { requestId, relayState } = await startTest(browser);
  const answer = { SAMLResponse: hooliAnswer(world, requestId, changes), RelayState: relayState };
  await world.server.send('/saml/acs', form(answer));
  return browser.get('/setup/test');
}

/** The same by the address of the metadata. @param origin of the service provider */
export async function broughtFrom(world: SetupWorld, origin: string, address: string): Promise<SetupBrowser> {
  const browser = new SetupBrowser(world, origin);
  await browser.redeem(await world.invite());
  await browser.get('/setup/connect');
  await browser.post('/setup/connect', { product: 'okta' });
  await browser.postFile('/setup/metadata', { address });
  await browser.post('/setup/metadata/use', browser.hidden);
  await browser.get('/setup/test');
  return browser;
}
