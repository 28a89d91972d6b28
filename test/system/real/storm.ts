// Monday, 9:00: a whole staff signs in within minutes while Wix is in its worst mood and a process is killed. What became of
// everybody is counted on both sides: by the people, and by the emulated site, which shares no code with the service.

import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { buildResponse, idpMetadata, makeIdpKeys, type IdpKeys } from '../../support/idp';
import { freePort } from '../../support/makers/free-port';
import { startWixSite } from '../../support/makers/made-site';
import { onwardOf } from '../../support/onward';
import type { SiteTally, WixSite } from '../../support/wix';
import { startService, type Service } from './service';

export interface StormOptions {
  readonly people: number;
  /** How many come at once, every half second. */
  readonly burst: number;
  /** What Wix takes, and what the configuration says. */
  readonly callsPerMinute: number;
  readonly coldStartMs: number;
  /** Kills the first of the two processes after so many milliseconds; it starts again by itself. */
  readonly killAfterMs?: number;
  /** Ends with whoever is still waiting. */
  readonly withinMs: number;
}

export interface StormOutcome {
  readonly people: number;
  readonly signedIn: number;
  /** Those who were told that they have to start again, by code. */
  readonly told: Readonly<Record<string, number>>;
  readonly waited: number;
  readonly longestPosition: number;
  readonly seconds: number;
  readonly secondsOfMedian: number;
  readonly secondsOfSlowest: number;
  readonly calls: number;
  /** Calls over Wix's quota, lost after they ran, cut off. */
  readonly overQuota: number;
  readonly lost: number;
  readonly cut: number;
  /** Tickets and places that were presented again, and how many of these gave anything. */
  readonly replayed: number;
  readonly replaysThatWorked: number;
  /** Tokens that people got for another address than their own, or that the site never made. */
  readonly foreignTokens: number;
  /** People who got more than one token. */
  readonly twice: number;
  /** Of one process, MB. */
  readonly rssBefore: number;
  readonly rssAfter: number;
}

/** What a person may be told who has to start again: used or over, or busy for longer than a ticket lives. */
export const understandable =
  /^(TICKET_UNKNOWN|SAML_ASSERTION_REPLAYED|SAML_REQUEST_UNKNOWN|busy: (WIX|HTTP|STATE)_[A-Z_]+)$/;

interface Person {
  /** As a proxy in front would say it: a staff at home has many. */
  readonly address: string;
  readonly email: string;
  readonly verifier: string;
  readonly tokens: string[];
  outcome: string;
  position: number;
  begun: number;
  ended: number;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const IDP = 'https://idp.storm.example/metadata';
const keys: IdpKeys = makeIdpKeys();

/** A service of two processes over one directory, and a site; then everybody comes. */
export async function storm(options: StormOptions): Promise<StormOutcome> {
  const { callsPerMinute, coldStartMs } = options;
  const port = await freePort();
  const site = await startWixSite({
    settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    ...{ requestsPerMinute: callsPerMinute, coldStartMs, containers: 4, lostPercent: 5, resetPercent: 2 },
  });
  let service: Service | undefined;
  try {
    service = await startService({
      ...{ port, site, state: 'file:state', connection: ['emailFrom: nameId'], trustProxy: 1 },
      exchange: [`callsPerMinute: ${callsPerMinute}`],
      idpMetadataXml: idpMetadata({
        entityId: IDP,
        ssoUrl: 'https://idp.storm.example/sso',
        certificates: [keys.certificateBase64],
      }),
    });
    return await rage(options, { site, service });
  } finally {
    await service?.stop();
    await site.stop();
  }
}

async function rage(
  options: StormOptions,
  { site, service }: { readonly site: WixSite; readonly service: Service },
): Promise<StormOutcome> {
  const other = await service.again();
  try {
    const crowd = new Crowd(service, [service.baseUrl, other.baseUrl], Date.now() + options.withinMs);
    const rssBefore = rssOf(service.pid);
    const begun = Date.now();
    const killing = options.killAfterMs === undefined ? undefined : killLater(service, options.killAfterMs);
    const going: Promise<void>[] = [];
    for (let index = 0; index < options.people; index += 1) {
      if (index > 0 && index % options.burst === 0) await wait(500);
      going.push(crowd.signIn(`p${index}@example.com`));
    }
    await Promise.all(going);
    await killing;
    const seconds = (Date.now() - begun) / 1000;
    await crowd.replayAll();
    return { ...counted(crowd, await site.tally()), seconds, rssBefore, rssAfter: rssOf(service.pid) };
  } finally {
    await other.stop();
  }
}

async function killLater(service: Service, afterMs: number): Promise<void> {
  await wait(afterMs);
  await service.kill();
}

/** People and their browsers. */
class Crowd {
  readonly people: Person[] = [];
  /** What was presented and gave a token or a place for it: never again good for anything. */
  readonly #spent: object[] = [];
  replaysThatWorked = 0;
  replayed = 0;

  constructor(
    private readonly service: Service,
    private readonly processes: readonly string[],
    private readonly until: number,
  ) {}

  async signIn(email: string): Promise<void> {
    const verifier = randomBytes(32).toString('base64url');
    const count = this.people.length;
    const person: Person = {
      address: `10.0.${Math.floor(count / 250)}.${count % 250}`,
      email,
      verifier,
      tokens: [],
      outcome: '',
      position: 0,
      begun: Date.now(),
      ended: 0,
    };
    this.people.push(person);
    person.outcome = await this.#goThrough(person).catch((error: unknown) => `broken: ${String(error)}`);
    person.ended = Date.now();
  }

  async #goThrough(person: Person): Promise<string> {
    const challenge = createHash('sha256').update(person.verifier).digest('base64url');
    const query = `connection=acme&code_challenge=${challenge}&state=s&return_to=%2Fmembers`;
    const login = await this.#patiently(person, `/saml/login?${query}`, { redirect: 'manual' });
    const location = login?.headers.get('location');
    if (login === undefined || location == null) return `login ${String(login?.status)}`;
    const fields = answerOf(this.service, new URL(location).search.slice(1), person.email);
    const page = await this.#patiently(person, '/saml/acs', { method: 'POST', body: fields });
    const html = (await page?.text()) ?? '';
    const onward = onwardOf(html);
    const ticket = onward === undefined ? null : new URL(onward).searchParams.get('ticket');
    if (ticket === null)
      return /\b(SAML|HTTP|STATE)_[A-Z_]+/.exec(html)?.[0] ?? `acs ${String(page?.status)}`;
    return this.#redeem(person, ticket);
  }

  /** As the landing page does. */
  async #redeem(person: Person, ticket: string): Promise<string> {
    const { verifier: codeVerifier } = person;
    const giveUpAt = Date.now() + 50_000;
    let asked: object = { ticket, mayWait: true };
    let place: string | undefined;
    for (;;) {
      const { status, retryAfter, body } = await this.#ask({ ...asked, codeVerifier });
      if (status === 200) {
        this.#spent.push({ ...asked, codeVerifier });
        person.tokens.push(String(body['sessionToken']));
        return 'signed in';
      }
      if (status === 202) {
        if (place === undefined) this.#spent.push({ ...asked, codeVerifier });
        place = String(body['place']);
        person.position = Math.max(person.position, Number(body['position']));
        asked = { place };
      } else if (status !== 0 && status !== 429 && status !== 503) return String(body['error']);
      if (Date.now() > (place === undefined ? giveUpAt : this.until)) return `busy: ${String(body['error'])}`;
      await wait(Math.max(1, retryAfter) * 1000 * (1 + randomInt(250) / 1000));
    }
  }

  /** What was spent is presented once more, by all at once. */
  async replayAll(): Promise<void> {
    for (let at = 0; at < this.#spent.length; at += 100) {
      const some = this.#spent.slice(at, at + 100);
      const answers = await Promise.all(some.map((each) => this.#ask(each)));
      this.replayed += some.length;
      this.replaysThatWorked += answers.filter(({ status }) => status === 200).length;
    }
  }

  async #ask(body: object): Promise<Answer> {
    const reply = await this.#send('/session-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await reply?.text().catch(() => undefined);
    if (reply === undefined || text === undefined) return { status: 0, retryAfter: 2, body: {} };
    const retryAfter = Number(reply.headers.get('retry-after') ?? 2);
    return { status: reply.status, retryAfter, body: JSON.parse(text) as Answer['body'] };
  }

  /** Whose page says that the site is busy tries again in a few seconds, as it says. */
  async #patiently(person: Person, path: string, init: RequestInit): Promise<Response | undefined> {
    const headers = { 'x-forwarded-for': person.address };
    for (let turn = 0; ; turn += 1) {
      const reply = await this.#send(path, { ...init, headers });
      if (turn === 10 || (reply !== undefined && reply.status !== 503)) return reply;
      await wait(2000 + randomInt(2000));
    }
  }

  /** By any process, as a balancer would; the other one when one is away. */
  async #send(path: string, init: RequestInit): Promise<Response | undefined> {
    const first = randomInt(this.processes.length);
    for (let turn = 0; turn < this.processes.length; turn += 1) {
      const base = this.processes[(first + turn) % this.processes.length] ?? '';
      const reply = await fetch(base + path, init).catch(() => undefined);
      if (reply !== undefined) return reply;
    }
    return undefined;
  }
}

/** The IdP, as small as it can be: anybody whom the storm sends is signed in there. */
function answerOf(service: Service, query: string, email: string): URLSearchParams {
  const { id, relayState } = requestOf(query);
  const xml = buildResponse({
    keys,
    issuer: IDP,
    acsUrl: `${service.baseUrl}/saml/acs`,
    audience: `${service.baseUrl}/saml/metadata`,
    inResponseTo: id,
    now: new Date(),
    nameId: { value: email },
  });
  const fields = { SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState ?? '' };
  return new URLSearchParams(fields);
}

function requestOf(query: string): { id: string; relayState: string | null } {
  const parameters = new URLSearchParams(query);
  const xml = inflateRawSync(Buffer.from(parameters.get('SAMLRequest') ?? '', 'base64')).toString();
  return { id: / ID="([^"]*)"/.exec(xml)?.[1] ?? '', relayState: parameters.get('RelayState') };
}

function counted(
  { people, replayed, replaysThatWorked }: Crowd,
  { minted, calls }: SiteTally,
): Omit<StormOutcome, 'seconds' | 'rssBefore' | 'rssAfter'> {
  const madeFor = new Map(minted);
  const times = people.map(({ begun, ended }) => (ended - begun) / 1000).sort((one, other) => one - other);
  const told: Record<string, number> = {};
  for (const { outcome } of people) {
    if (outcome !== 'signed in') told[outcome] = (told[outcome] ?? 0) + 1;
  }
  const foreign = people.flatMap(({ email, tokens }) =>
    tokens.filter((token) => madeFor.get(token) !== email),
  );
  return {
    people: people.length,
    signedIn: people.filter(({ outcome }) => outcome === 'signed in').length,
    told,
    waited: people.filter(({ position }) => position > 0).length,
    longestPosition: Math.max(0, ...people.map(({ position }) => position)),
    secondsOfMedian: times[Math.floor(times.length / 2)] ?? 0,
    secondsOfSlowest: times.at(-1) ?? 0,
    calls: calls.length,
    overQuota: calls.filter(({ status }) => status === 429).length,
    lost: calls.filter(({ status }) => status === 504).length,
    cut: calls.filter(({ fault }) => fault === 'reset').length,
    replayed,
    replaysThatWorked,
    foreignTokens: foreign.length,
    twice: people.filter(({ tokens }) => tokens.length > 1).length,
  };
}

function rssOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
