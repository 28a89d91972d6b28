// A browser and an IdP in one, as small as they can be: the three requests of a sign-in, each timed by whoever calls.
// Messages are signed before anything is measured, so that the client never stands in the way.

import { createHash, randomBytes } from 'node:crypto';
import { Agent, request as send } from 'node:http';
import { inflateRawSync } from 'node:zlib';
import { assertionXml, quicklySigned, responseXml } from './messages.mjs';

/** @param localAddress the address that the service sees, of 127.0.0.0/8 */
export function openClient(port, localAddress = '127.0.0.1', maxSockets = 64) {
  const agent = new Agent({ keepAlive: true, maxSockets, localAddress });
  const exchange = ({ method = 'GET', path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = send(
        {
          host: '127.0.0.1',
          port,
          agent,
          method,
          path,
          headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (incoming) => {
          const chunks = [];
          incoming.on('data', (chunk) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return {
    login() {
      const codeVerifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
      const query = `connection=acme&code_challenge=${challenge}&state=abc&return_to=%2Fmembers`;
      return exchange({ path: `/saml/login?${query}` }).then((answer) => ({ ...answer, codeVerifier }));
    },
    answer: (fields) => exchange({ method: 'POST', path: '/saml/acs', headers: formType, body: fields }),
    redeem: (ticket, codeVerifier) =>
      exchange({
        method: 'POST',
        path: '/session-token',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket, codeVerifier }),
      }),
    health: () => exchange({ path: '/healthz' }),
    close: () => agent.destroy(),
  };
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** The IdP: the answer to where a login led. @param relayState false for an IdP that drops it */
export function answerTo({ headers }, { names, signer, relayState = true }) {
  const query = new URL(headers.location).searchParams;
  const xml = inflateRawSync(Buffer.from(query.get('SAMLRequest'), 'base64')).toString();
  const to = { ...names, requestId: / ID="([^"]*)"/.exec(xml)[1] };
  const response = responseXml(quicklySigned(assertionXml({ to }), signer), { to });
  return form(response, relayState ? query.get('RelayState') : undefined);
}

export function form(xml, relayState) {
  const fields = { SAMLResponse: Buffer.from(xml).toString('base64') };
  return new URLSearchParams(
    relayState === undefined ? fields : { ...fields, RelayState: relayState },
  ).toString();
}

export function ticketOf({ status, headers, body }) {
  const location = headers.location ?? /url=([^"']+ticket=[^"']+)/.exec(body)?.[1]?.replaceAll('&amp;', '&');
  const ticket = location && new URL(location, 'http://site').searchParams.get('ticket');
  if (!ticket) throw new Error(`no ticket: ${status} ${body.slice(0, 300)}`);
  return ticket;
}

/** Runs `work` for every item, at most `atOnce` at a time. */
export async function each(items, atOnce, work) {
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < items.length) {
        const index = next++;
        results[index] = await work(items[index]);
      }
    }),
  );
  return results;
}
