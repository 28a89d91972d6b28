import { once } from 'node:events';
import { connect } from 'node:net';
import express from 'express';
import { createApplication, createRouter } from '../../../src/http/router';
import { FORM, listen, type Listening } from '../../support/makers/listening';
import { setting, type Setting } from '../../support/makers/setting';

/** Sends these bytes as they are and gives what comes back until the connection is closed or `until` has been seen. */
async function raw(server: Listening, parts: readonly string[], until = /\r\n\r\n/): Promise<string> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  let received = '';
  const seen = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      if (until.test(received)) resolve();
    });
    socket.on('close', () => {
      resolve();
    });
    socket.on('error', () => undefined);
  });
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  await seen;
  socket.destroy();
  return received;
}

const head = (...headers: string[]) =>
  ['POST /saml/acs HTTP/1.1', 'Host: sso.example.com', `Content-Type: ${FORM}`, ...headers, '', ''].join(
    '\r\n',
  );

describe('a body', () => {
  let world: Setting;
  let server: Listening;

  beforeAll(async () => {
    world = setting();
    server = await listen(createApplication(world.context));
  });

  afterAll(() => server.stop());

  const lastCode = () => world.lines.at(-1)?.fields['code'];

  it('that announces itself as too large is refused before it comes', async () => {
    const answer = await raw(server, [head('Content-Length: 99999999'), 'SAMLResponse=']);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(lastCode()).toBe('HTTP_BODY_TOO_LARGE');
  });

  it('that is read in pieces arrives whole, several of them side by side', async () => {
    const large = { headers: { 'content-type': FORM }, body: `SAMLResponse=${'A'.repeat(500 * 1024)}` };
    const answers = await Promise.all([1, 2, 3].map(() => server.send('/saml/acs', large)));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    // Decoded to its end, or it would be SAML_BASE64_INVALID.
    expect(lastCode()).toBe('SAML_XML_MALFORMED');
  });

  it('that grows too large without saying so is refused when it does', async () => {
    const chunk = 'A'.repeat(64 * 1024);
    const chunked = Array.from({ length: 12 }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    const answer = await raw(server, [head('Transfer-Encoding: chunked'), ...chunked]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(lastCode()).toBe('HTTP_BODY_TOO_LARGE');
  });

  it('that somebody read before us and kept to themselves is refused, not waited for', async () => {
    const router = createRouter(world.context);
    const host = express();
    host.use((request, _response, next) => {
      // After 'close': no event is left to wait for.
      request.resume().on('close', () => setImmediate(next));
    });
    host.use(router);
    const hosted = await listen(host);
    const answer = await fetch(`${hosted.origin}/saml/acs`, {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: 'SAMLResponse=x',
    });
    expect(answer.status).toBe(400);
    expect(lastCode()).toBe('HTTP_BODY_MALFORMED');
    await hosted.stop();
  });

  it('that never ends does not hold us for ever', async () => {
    const chunk = 'A'.repeat(1024 * 1024);
    const chunked = Array.from({ length: 12 }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    const answer = await raw(server, [head('Transfer-Encoding: chunked'), ...chunked], /never/);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('that breaks off is refused and leaves a log line', async () => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    world.lines.length = 0;
    socket.write(`${head('Content-Length: 100')}SAMLResponse=`);
    // The server has begun to read when it says so.
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    for (let round = 0; round < 100 && world.lines.length === 0; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(lastCode()).toBe('HTTP_BODY_MALFORMED');
  });

  describe('beside many others (D6)', () => {
    const large = (bytes: number) => [head(`Content-Length: ${bytes}`), 'SAMLResponse='];
    const open = async (bytes: number) => {
      const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
      let received = '';
      const closed = new Promise<string>((resolve) => {
        socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(received));
      });
      await once(socket, 'connect');
      for (const part of large(bytes)) socket.write(part);
      return { socket, closed, answer: () => received };
    };
    const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

    it('half-sent ones give way: the largest is answered 503 and closed, the honest one is read', async () => {
      const stalled = [];
      for (let count = 0; count < 40; count += 1) stalled.push(await open(700 * 1024 - count));
      await settled();
      const refused = stalled.filter(({ answer }) => answer() !== '');
      expect(refused).toHaveLength(40 - Math.floor((24 * 1024) / 700));
      const text = await refused[0]?.closed;
      expect(text).toMatch(/^HTTP\/1\.1 503 /);
      expect(text).toMatch(/\r\nRetry-After: 2\r\n/);
      expect(text).toMatch(/\r\nConnection: close\r\n/i);
      expect(lastCode()).toBe('HTTP_BUSY');
      const headers = { 'content-type': FORM };
      const honest = await server.send('/saml/acs', { headers, body: `SAMLResponse=${'A'.repeat(400_000)}` });
      expect(honest.status).toBe(400); // Read to its end, and no message.
      for (const { socket } of stalled) socket.destroy();
      await settled();
      expect((await open(700 * 1024)).answer()).toBe('');
    });

    it('ones that say nothing of their length count as they grow, in pieces of any size', async () => {
      const pieces = Array.from({ length: 40 }, (_, index) => {
        const chunk = `SAMLResponse=${'A'.repeat(index * 97)}`.slice(index === 0 ? 0 : 13);
        return chunk === '' ? '' : `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
      });
      const answer = await raw(server, [head('Transfer-Encoding: chunked'), ...pieces, '0\r\n\r\n']);
      expect(answer).toMatch(/^HTTP\/1\.1 40[03] /);
      expect(lastCode()).toMatch(/^SAML_/);
    });
  });

  it.each(['gzip', 'br', 'deflate', 'x-gzip', 'gzip, identity'])(
    'compressed by %s is not inflated',
    async (encoding) => {
      const headers = { 'content-type': FORM, 'content-encoding': encoding };
      const answer = await server.send('/saml/acs', { headers, body: 'SAMLResponse=YQ==' });
      expect(answer.status).toBe(415);
    },
  );

  it.each([`${FORM}; charset=utf-8`, FORM.toUpperCase(), `${FORM} ;boundary=x`])(
    'of type %j is a form',
    async (type) => {
      await server.send('/saml/acs', { headers: { 'content-type': type }, body: 'SAMLResponse=!' });
      expect(lastCode()).toBe('SAML_BASE64_INVALID');
    },
  );

  it.each([`${FORM}x`, `x${FORM}`, 'application/x-www-form-urlencoded, application/json', 'text/xml'])(
    'of type %j is none',
    async (type) => {
      await server.send('/saml/acs', { headers: { 'content-type': type }, body: 'SAMLResponse=!' });
      expect(lastCode()).toBe('HTTP_CONTENT_TYPE_UNSUPPORTED');
    },
  );
});
