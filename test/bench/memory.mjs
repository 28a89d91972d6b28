// Resident memory of the service after thousands of whole sign-ins: login, Response, ticket, session token.

import { createHash, randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { assertionXml, makeSigner, names, responseXml, signed } from './messages.mjs';
import { cpuOf, idpMetadata, memoryOf, setUp, startService, startSite, stop } from './service.mjs';

const atOnce = 8;

/** Signing costs more than everything measured: one signed template per sign-in is made outside the service's CPU. */
export async function signIn({ baseUrl, signer }) {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const login = await fetch(
    `${baseUrl}/saml/login?connection=acme&code_challenge=${challenge}&state=abc&return_to=/members`,
    { redirect: 'manual' },
  );
  const request = new URL(login.headers.get('location')).searchParams;
  const xml = inflateRawSync(Buffer.from(request.get('SAMLRequest'), 'base64')).toString();
  const to = {
    requestId: / ID="([^"]*)"/.exec(xml)[1],
    serviceProvider: `${baseUrl}/saml/metadata`,
    assertionConsumerServiceUrl: `${baseUrl}/saml/acs`,
  };
  const response = responseXml(signed(assertionXml({ to }), 'Assertion', signer), { to });
  const answer = await fetch(to.assertionConsumerServiceUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      SAMLResponse: Buffer.from(response).toString('base64'),
      RelayState: request.get('RelayState'),
    }),
  });
  const page = await answer.text();
  if (answer.status !== 200) throw new Error(`the service answered ${answer.status}: ${page}`);
  const [, ticket] = /http-equiv="refresh" content="0;url=[^"]*[?&;]ticket=([^"&]*)/.exec(page);
  const redeemed = await fetch(`${baseUrl}/session-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket, codeVerifier: verifier }),
  });
  const body = await redeemed.json();
  if (redeemed.status !== 200 || !body.sessionToken.startsWith('JWS.')) {
    throw new Error(`no session token: ${redeemed.status} ${JSON.stringify(body)}`);
  }
}

export async function memory({ signIns }) {
  const signer = makeSigner();
  const site = await startSite();
  const metadata = idpMetadata(names.identityProvider, signer.certificate);
  const { baseUrl, config, remove } = await setUp({ siteUrl: site.url, metadata });
  const service = await startService(config);
  try {
    const fresh = memoryOf(service.pid).now;
    await signIn({ baseUrl, signer });
    const from = cpuOf(service.pid);
    let left = signIns - 1;
    const worker = async () => {
      while (left-- > 0) await signIn({ baseUrl, signer });
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const cpuPerSignIn = (cpuOf(service.pid) - from) / (signIns - 1);
    const { now, own, highest } = memoryOf(service.pid);
    console.log(
      `\nMemory after ${signIns} sign-ins: ${now.toFixed(0)} MB resident (goal ≤ 150), of it ${own.toFixed(0)} not mapped files, highest ${highest.toFixed(0)}, fresh ${fresh.toFixed(0)}`,
    );
    console.log(`CPU of the service per whole sign-in: ${cpuPerSignIn.toFixed(2)} ms`);
    return { signIns, fresh, resident: now, own, highest, cpuPerSignIn };
  } finally {
    await stop(service);
    remove();
    site.close();
  }
}
