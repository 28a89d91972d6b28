/** What a trace of a sign-in shows with a real SDK, what it never holds, and that nothing of it is there without one. */

import * as api from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { noSpans } from '../../../src/core/spans';
import { createApplication } from '../../../src/http/router';
import { openSpans, spansBy } from '../../../src/server/traces';
import { form, jsonBody, listen, type Listening } from '../../support/makers/listening';
import { acmeResponse } from '../../support/makers/acme-response';
import { requestIdIn } from '../../support/makers/sent-request';
import { challenge, EMAIL, setting, TOKEN, verifier, type Setting } from '../../support/makers/setting';
import { onwardOf } from '../../support/onward';

// Before an SDK is registered below.
const withoutSdk = openSpans('1');

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();

describe('traces', () => {
  let world: Setting;
  let server: Listening;

  beforeEach(async () => {
    exporter.reset();
    world = setting();
    server = await listen(createApplication({ ...world.context, spans: spansBy(api, '1') }));
  });
  afterEach(() => server.stop());
  afterAll(() => provider.shutdown());

  const login = async (headers: Record<string, string> = {}): Promise<string> => {
    const answer = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}`, headers);
    return requestIdIn(answer.headers.location);
  };
  const post = (xml: string, id: string) =>
    server.send('/saml/acs', form({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: id }));
  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
  const names = (): string[] => spans().map(({ name }) => name.replace('wix-saml ', ''));

  async function signIn(): Promise<string> {
    const id = await login();
    const { body } = await post(acmeResponse(world.context, id), id);
    const ticket = new URL(onwardOf(body) ?? '').searchParams.get('ticket') ?? '';
    const answer = await server.send('/session-token', jsonBody({ ticket, codeVerifier: verifier }));
    expect(answer.body).toContain(TOKEN);
    return ticket;
  }

  it('show the three requests with their steps below them', async () => {
    await signIn();
    expect(names().sort()).toEqual(
      [
        ...['GET /saml/login', 'POST /saml/acs', 'POST /session-token'],
        ...['acs.decode', 'acs.verify', 'acs.policy', 'acs.store', 'acs.store', 'redeem.take', 'redeem.wix'],
      ].sort(),
    );
    const byId = new Map(spans().map((span) => [span.spanContext().spanId, span.name]));
    const parents = spans().map(({ name, parentSpanContext }) => [
      name,
      byId.get(parentSpanContext?.spanId ?? ''),
    ]);
    for (const [name = '', parent] of parents) {
      if (name.includes('acs.')) expect(parent).toBe('wix-saml POST /saml/acs');
      if (name.includes('redeem.')) expect(parent).toBe('wix-saml POST /session-token');
      if (name.includes(' /')) expect(parent).toBeUndefined();
    }
    const acs = spans().find(({ name }) => name.endsWith('/saml/acs'));
    expect(acs?.attributes).toEqual({
      'wix_saml.reference': expect.stringMatching(/^[A-Z0-9]{10}$/) as unknown,
      'wix_saml.sign_in': expect.stringMatching(/^[0-9a-f]{10}$/) as unknown,
      'wix_saml.connection': 'acme',
      'wix_saml.site': 'portal',
      'http.response.status_code': 200,
    });
  });

  it('name no person and hold nothing that opens anything', async () => {
    const ticket = await signIn();
    const all = JSON.stringify(
      spans().map(({ name, attributes, events, links, status }) => ({
        name,
        attributes,
        events,
        links,
        status,
      })),
    );
    for (const secret of [EMAIL, EMAIL.split('@')[0] ?? '', ticket, verifier, challenge, TOKEN])
      expect(all).not.toContain(secret);
  });

  it('of a refused request have its code and none of its words', async () => {
    const id = await login();
    const xml = acmeResponse(world.context, id).replace(EMAIL, 'eve@acme.example');
    await post(xml, id);
    const acs = spans().find(({ name }) => name.endsWith('/saml/acs'));
    expect(acs?.attributes).toMatchObject({
      'wix_saml.code': 'SAML_SIGNATURE_INVALID',
      'http.response.status_code': 403,
    });
    expect(acs?.status).toEqual({ code: api.SpanStatusCode.ERROR });
    const verify = spans().find(({ name }) => name.endsWith('acs.verify'));
    expect(verify?.attributes['wix_saml.code']).toBe('SAML_SIGNATURE_INVALID');
    expect(JSON.stringify(spans().map(({ attributes, events }) => [attributes, events]))).not.toContain(
      'eve@',
    );
  });

  it('take no name that a link only claims', async () => {
    await server.get('/saml/login?connection=eve-at-acme');
    expect(spans()[0]?.attributes).not.toHaveProperty('wix_saml.connection');
  });

  it('are not begun, joined or sampled by a header of a stranger', async () => {
    await login({ traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` });
    const [span] = spans();
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.spanContext().traceId).not.toBe('ab'.repeat(16));
  });

  it('send nothing along to Wix', async () => {
    const carriers: object[] = [];
    const original = world.exchange;
    world.exchange = (ticket) => {
      const carrier = {};
      // As an instrumentation of an HTTP client does.
      api.propagation.inject(api.context.active(), carrier);
      carriers.push(carrier);
      return original(ticket);
    };
    await signIn();
    expect(carriers).toEqual([{}]);
  });
});

describe('without an SDK', () => {
  it('work is only done', () => {
    expect(withoutSdk).toBe(noSpans);
    expect(withoutSdk('acs.decode', () => 7)).toBe(7);
  });

  it('and with one they are there', async () => {
    exporter.reset();
    const spans = openSpans('1');
    expect(spans).not.toBe(noSpans);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(spans('acs.decode', () => 7)).toBe(7);
    expect(() =>
      spans('acs.policy', () => {
        throw new TypeError('a secret');
      }),
    ).toThrow(TypeError);
    await expect(spans('acs.store', () => Promise.reject(new TypeError('a secret')))).rejects.toThrow(
      TypeError,
    );
  });
});
