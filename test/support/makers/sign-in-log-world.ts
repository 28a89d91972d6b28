/** The small world with a sign-in log that hears of everything, and whose times are moved by hand. */
import { SignInLog } from '../../../src/admin/sign-in-log/sign-in-log';
import { readAttempts, type Attempt, type AttemptFilter } from '../../../src/admin/sign-in-log/attempts';
import { createLink } from '../../../src/admin/setup/links';
import { eventsTo, type SsoEvent } from '../../../src/core/events';
import { createApplication } from '../../../src/http/router';
import { ConnectionDirectory } from '../../../src/sso/directory';
import { sealedDocuments, type SealedDocuments } from '../../../src/stores/sealed-documents';
import type { StateStore } from '../../../src/stores/state-store';
import { buildResponse, type ResponseOptions } from '../idp';
import { form, jsonBody, listen, type Answer, type Listening } from './listening';
import { requestIdIn } from './sent-request';
import { challenge, EMAIL, idpKeys, setting, verifier, type Setting } from './setting';

export interface SignInLogWorld extends Setting {
  readonly server: Listening;
  readonly documents: SealedDocuments;
  readonly log: SignInLog;
  readonly heard: SsoEvent[];
  days: number;
  /** What is due runs, verdicts and writing alike. */
  settle(): Promise<void>;
  /** The secret of a new link. */
  invite(connection: string, scope: 'setup' | 'log'): Promise<string>;
  attempts(filter?: AttemptFilter, connection?: string): Promise<readonly Attempt[]>;
  /** @returns request id and RelayState */
  begin(): Promise<{ readonly requestId: string; readonly relayState: string }>;
  answer(requestId: string, relayState: string, changes?: Partial<ResponseOptions>): Promise<Answer>;
  /** Fetches the session as the site's page does. */
  redeem(acs: Answer): Promise<Answer>;
  stop(): Promise<void>;
}

/** An IT admin has set `globex` up by a link; `acme` is as the operator wrote it. */
const withSetup = ({ entries }: ConnectionDirectory): ConnectionDirectory =>
  new ConnectionDirectory(
    entries.map((entry) =>
      entry.settings.name === 'globex' ? { ...entry, metadata: { from: { setup: true } } } : entry,
    ),
  );

export async function signInLogWorld(changes: { store?: StateStore } = {}): Promise<SignInLogWorld> {
  const world = setting(changes);
  const heard: SsoEvent[] = [];
  let due: (() => void)[] = [];
  const timers = {
    after: (ms: number, run: () => void) => {
      // What comes by in hours only is not waited for.
      if (ms < 60_000) due.push(run);
      return () => void (due = due.filter((one) => one !== run));
    },
  };
  const log = new SignInLog({ clock: world.clock, timers });
  const events = eventsTo(
    (event) => world.context.events.emit(event),
    (event) => void heard.push(event),
    log.subscriber,
  );
  const context = {
    ...world.context,
    ...{ events, signInWatch: log.watch, connections: withSetup(world.context.connections) },
  };
  const documents = sealedDocuments(context);
  const setup = { documents, isOn: () => true, keepsLog: () => made.days > 0 };
  const server = await listen(createApplication(context, { setup }));
  const made: SignInLogWorld = {
    ...world,
    ...{ context, server, documents, log, heard, days: 30 },
    async settle() {
      for (let round = 0; round < 50 && due.length > 0; round += 1) for (const run of due.splice(0)) run();
      await log.write();
    },
    async invite(connection, scope) {
      const ports = { documents, clock: world.clock, random: context.random };
      return (await createLink(ports, { connection, scope, days: 7 })).secret.reveal();
    },
    attempts: (filter = {}, connection = 'acme') =>
      readAttempts(documents, connection, { now: world.clock.now(), filter }),
    async begin() {
      const query = new URLSearchParams({
        connection: 'acme',
        code_challenge: challenge,
        state: 'page-state',
      });
      const { location = '' } = (await server.get(`/saml/login?${query.toString()}`)).headers;
      return {
        requestId: requestIdIn(location),
        relayState: new URL(location).searchParams.get('RelayState') ?? '',
      };
    },
    answer(requestId, relayState, response = {}) {
      const xml = buildResponse({
        keys: idpKeys,
        issuer: 'https://idp.acme.example/metadata',
        acsUrl: 'https://sso.example.com/saml/acs',
        audience: 'https://sso.example.com/saml/metadata',
        inResponseTo: requestId,
        now: new Date(world.clock.now()),
        nameId: { value: EMAIL },
        ...response,
      });
      const fields = { SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState };
      return server.send('/saml/acs', form(fields));
    },
    redeem(acs) {
      const ticket = /ticket=([\w-]+)/.exec(acs.body)?.[1] ?? '';
      const { headers, body } = jsonBody({ ticket, codeVerifier: verifier });
      return server.send('/session-token', {
        headers: { ...headers, origin: 'https://www.portal.example' },
        ...(body === undefined ? {} : { body }),
      });
    },
    async stop() {
      await log.close();
      await server.stop();
    },
  };
  log.open({ documents, context: () => context, days: () => made.days });
  return made;
}
