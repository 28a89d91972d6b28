/** The small world with a connection that waits for its set-up, the set-up pages on a socket, and a browser as they see it. */

import { createLink } from '../../../src/admin/setup/links';
import { createApplication } from '../../../src/http/router';
import type { ConnectionEntry } from '../../../src/sso/directory';
import { ConnectionDirectory } from '../../../src/sso/directory';
import { sealedDocuments, type SealedDocuments } from '../../../src/stores/sealed-documents';
import { connection, setting, type Setting } from './setting';
import { FORM, listen, type Answer, type Listening } from './listening';

export interface SetupWorld extends Setting {
  readonly server: Listening;
  readonly documents: SealedDocuments;
  /** The secret of a new link. */
  invite(connection?: string, days?: number): Promise<string>;
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

export async function setupWorld(changes: { baseUrl?: string; pages?: boolean } = {}): Promise<SetupWorld> {
  const world = setting(changes);
  const documents = sealedDocuments(world.context);
  let connections = new ConnectionDirectory([
    ...world.context.connections.entries,
    waitingEntry(),
    waitingEntry('pied', ['pied.example']),
  ]);
  const context = {
    ...world.context,
    get connections() {
      return connections;
    },
  };
  const parts = {
    documents,
    replace: (name: string, entry: ConnectionEntry) => {
      connections = new ConnectionDirectory(
        connections.entries.map((one) => (one.settings.name === name ? entry : one)),
      );
    },
  };
  const options = changes.pages === false ? {} : { setup: parts };
  const server = await listen(createApplication(context, options));
  return {
    ...world,
    context,
    server,
    documents,
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
  /** Of the last page that had a form. */
  token = '';

  constructor(
    private readonly world: Pick<SetupWorld, 'server'>,
    private readonly origin = OWN_ORIGIN,
  ) {}

  get headers(): Record<string, string> {
    return this.cookie === undefined ? {} : { cookie: this.cookie };
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
          ...fields,
        }).toString(),
      }),
    );
  }

  /** Opens the link and clicks. */
  async redeem(secret: string): Promise<Answer> {
    await this.get(`/setup?link=${secret}`);
    return this.post('/setup', { link: secret });
  }

  #seen(answer: Answer): Answer {
    for (const line of answer.headers['set-cookie'] ?? []) this.cookie = line.split(';', 1)[0];
    this.token = /name="token" value="([0-9a-f]{64})"/.exec(answer.body)?.[1] ?? this.token;
    return answer;
  }
}
