/** Our own public address, asked as an IdP would ask it: what is found, and with which remedy. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkPublicAddress } from '../../../src/admin/check-public';
import type { Problem } from '../../../src/core/problem';
import { buildServiceProviderMetadata } from '../../../src/saml/metadata/service-provider-metadata';
import type { ServiceProvider } from '../../../src/saml/service-provider';
import { makeExample } from '../../support/makers/configuration';

let own: ServiceProvider;
beforeAll(async () => {
  const example = makeExample();
  own = (await example.load()).serviceProvider;
  example.remove();
});

const clock = { now: () => Date.parse('2026-03-01T12:00:00Z') };

async function findings(answer: (at: ServiceProvider) => RequestListener): Promise<readonly Problem[]> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const at = { ...own, baseUrl: `http://127.0.0.1:${String(port)}/base` };
  server.on('request', answer(at));
  try {
    return await checkPublicAddress(at, clock);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const answering =
  (status: number, body: string, headers = {}) =>
  (): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

describe('our public address', () => {
  it('is right when our own metadata comes back from below it', async () => {
    const asked: unknown[] = [];
    const found = await findings((at) => (request, response) => {
      asked.push(request.url);
      response.end(buildServiceProviderMetadata(at, clock.now()));
    });
    expect(found).toEqual([]);
    expect(asked).toEqual(['/base/saml/metadata']);
  });

  it.each([
    ['a redirect', answering(301, 'no', { location: '/' }), /redirects$/, /final address/],
    ['an error of the proxy', answering(502, 'no'), /answers 502$/, /proxy/],
    ['something else', answering(200, 'no'), /answers with other metadata$/, /^Restart/],
    [
      'another configuration',
      (at: ServiceProvider) => otherMetadata(at),
      /other metadata$/,
      /no proxy cache/,
    ],
    [
      'a hang-up',
      () => (request: { destroy: () => void }) => request.destroy(),
      /broke off: ECONNRESET\)$/,
      /log/,
    ],
    ['a flood', answering(200, 'a'.repeat(5 * 1024 * 1024)), /too large/, /^Is the service running\?/],
  ])('is wrong for %s', async (_title, answer, problem, hint) => {
    expect(await findings(answer)).toEqual([
      {
        path: 'serviceProvider.baseUrl',
        problem: expect.stringMatching(problem) as unknown,
        hint: expect.stringMatching(hint) as unknown,
      },
    ]);
  });

  it('is wrong when nobody listens there', async () => {
    const [problem] = await checkPublicAddress({ ...own, baseUrl: 'http://127.0.0.1:9' }, clock);
    expect(problem?.problem).toMatch(/does not answer \(the connection is refused: ECONNREFUSED\)$/);
    expect(problem?.hint).toMatch(/^Is the service running\? .*port/);
  });
});

function otherMetadata(at: ServiceProvider): RequestListener {
  return (_request, response) =>
    void response.end(
      buildServiceProviderMetadata({ ...at, entityId: 'https://other.example' }, clock.now()),
    );
}
