/** A6: `fetch failed` said nothing. An address that gives no metadata is refused with the cause and what to do. */

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Problem } from '../../../src/core/problem';
import { makeIdpKeys } from '../../support/idp';
import { changed, makeExample, type Example } from '../../support/makers/configuration';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

async function problemOf(server: Server, scheme: string, { listening = true } = {}): Promise<Problem> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (!listening) server.close();
  const text = changed('idp.xml', `${scheme}://127.0.0.1:${String(port)}/metadata`);
  const [problem, ...others] = await example.problemsOf(text);
  server.closeAllConnections();
  server.close();
  expect(others).toEqual([]);
  expect(problem?.path).toBe('connections.acme.idpMetadata');
  expect(problem?.hint).toMatch(/Or save the metadata as a file and name the file here\.$/);
  return problem!;
}

const plain = (listener: RequestListener): Server => createServer(listener);

describe('A6: IdP metadata that cannot be fetched names its cause', () => {
  it('when nobody listens', async () => {
    const { problem, hint } = await problemOf(
      plain(() => undefined),
      'http',
      { listening: false },
    );
    expect(problem).toMatch(
      /^cannot be fetched: 127\.0\.0\.1:\d+ \(the connection is refused: ECONNREFUSED\)$/,
    );
    expect(hint).toMatch(/firewall/);
  });

  it('when the certificate is self-signed', async () => {
    const { privateKeyPem: key, certificatePem: cert } = makeIdpKeys();
    const server = createTlsServer({ key, cert }, (_request, response) => void response.end());
    const { problem, hint } = await problemOf(server, 'https');
    expect(problem).toMatch(/TLS certificate is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT/);
    expect(hint).toMatch(/whole chain.*NODE_EXTRA_CA_CERTS/);
  });

  it('when the port speaks no TLS', async () => {
    const { problem } = await problemOf(
      plain((_request, response) => void response.end()),
      'https',
    );
    expect(problem).toMatch(/no TLS connection comes about/);
  });

  it('when it is redirected in a circle', async () => {
    const { problem, hint } = await problemOf(
      plain((_request, response) => void response.writeHead(302, { location: '/metadata' }).end()),
      'http',
    );
    expect(problem).toMatch(/redirected too often: 3 times/);
    expect(hint).toMatch(/sign-in/);
  });

  it('when the connection breaks off', async () => {
    const { problem } = await problemOf(
      plain((request) => void request.destroy()),
      'http',
    );
    expect(problem).toMatch(/the connection broke off: ECONNRESET/);
  });

  it('when the address wants a sign-in', async () => {
    const { problem, hint } = await problemOf(
      plain((_request, response) => void response.writeHead(403).end()),
      'http',
    );
    expect(problem).toMatch(/\(status 403\)$/);
    expect(hint).toMatch(/without a sign-in/);
  });
});
