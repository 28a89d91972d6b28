// As much of a service provider as a page needs: one ticket table, the verifier check, CORS, and answers that a test orders.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Redeemed {
  readonly ticket: string;
  readonly place?: string;
  readonly mayWait?: boolean;
  readonly codeVerifier: string;
  readonly origin: string | undefined;
}

interface Ticket {
  readonly challenge: string;
  readonly answer: { sessionToken: string; returnTo: string; state: string };
}

export interface AskedHandle {
  readonly handle: string;
  readonly end?: boolean;
}

export interface Scripted {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

export class StubServiceProvider {
  readonly redeemed: Redeemed[] = [];
  readonly tickets = new Map<string, Ticket>();
  /** Answers given before any ticket is looked at; the ticket survives them, as after a busy site. */
  readonly script: Scripted[] = [];
  /** Positions that people read one after the other before they get their token; empty: nobody waits. */
  readonly line: number[] = [];
  readonly #places = new Map<string, Ticket>();
  /** Handles that live. */
  readonly handles = new Set<string>();
  readonly askedHandles: AskedHandle[] = [];
  /** What it answers to whoever ends a handle. */
  continueAt: string | undefined;
  /** Whether it drops whoever asks about a handle. */
  away = false;
  allowedOrigin: string | undefined;
  #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What happens between /saml/login and the landing page: the ticket for this login, and the way back. */
  issue(loginUrl: string, sessionToken: string, change: object = {}): { ticket: string; state: string } {
    const login = new URL(loginUrl).searchParams;
    const ticket = randomUUID();
    const state = login.get('state') ?? '';
    this.tickets.set(ticket, {
      challenge: login.get('code_challenge') ?? '',
      answer: { sessionToken, returnTo: login.get('return_to') ?? '/', state, ...change },
    });
    return { ticket, state };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    if (origin !== undefined && origin === this.allowedOrigin) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'content-type');
      response.setHeader('access-control-expose-headers', 'retry-after');
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (request.url === '/session/handle') {
      this.#answerHandle(parsed as AskedHandle, response);
      return;
    }
    const input = parsed as Omit<Redeemed, 'origin'>;
    this.redeemed.push({ ...input, origin });
    const { status, body, headers } = this.script.shift() ?? this.#redeem(input);
    if (status === 0) return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  }

  /** A sign-in that brings a handle, as from the real one. */
  issueWithHandle(loginUrl: string, sessionToken: string, session: object = {}) {
    const signOutHandle = randomBytes(32).toString('base64url');
    this.handles.add(signOutHandle);
    const told = { endsAt: Date.now() + 3_600_000, checkEvery: 300, grace: 3600, ...session };
    return { ...this.issue(loginUrl, sessionToken, { signOutHandle, session: told }), signOutHandle };
  }

  #answerHandle(asked: AskedHandle, response: ServerResponse): void {
    if (this.away) return void response.destroy();
    this.askedHandles.push(asked);
    if (asked.end === true) this.handles.delete(asked.handle);
    const { continueAt } = this;
    const ended = asked.end === true && continueAt !== undefined ? { continueAt } : {};
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ alive: this.handles.has(asked.handle), ...ended }));
  }

  #redeem({ ticket, place, mayWait, codeVerifier }: Omit<Redeemed, 'origin'>): Scripted {
    const known = place === undefined ? this.tickets.get(ticket) : this.#places.get(place);
    const position = place === undefined && mayWait !== true ? undefined : this.line.shift();
    this.tickets.delete(ticket);
    if (position !== undefined && known !== undefined) {
      const held = place ?? randomUUID();
      this.#places.set(held, known);
      return { status: 202, body: { place: held, position, retryAfter: 2 } };
    }
    if (place !== undefined) this.#places.delete(place);
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
    if (known?.challenge === challenge) return { status: 200, body: known.answer };
    return {
      status: known ? 401 : 404,
      body: { error: 'TICKET_UNKNOWN', message: 'no', reference: 'ref-1234' },
    };
  }
}
