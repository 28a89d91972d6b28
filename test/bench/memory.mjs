// Resident memory of the service after thousands of whole sign-ins: login, Response, ticket, session token.

import { answerTo, openClient, ticketOf } from './client.mjs';
import { progress, table } from './measure.mjs';
import { makeSigner, names as idpNames } from './messages.mjs';
import { cpuOf, idpMetadata, memoryOf, setUp, startService, startSite, stop } from './service.mjs';

const atOnce = 8;
/** Where memory is looked at; then every ten thousand. */
const looks = [1000, 5000, 10_000];
const every = 10_000;
/** Between the look at ten thousand and the last: how far the others may lie from it. */
const flat = 0.1;

/** One whole sign-in by the three requests of a browser. */
export async function signIn({ client, names, signer }) {
  const login = await client.login();
  const answer = await client.answer(answerTo(login, { names, signer }));
  const redeemed = await client.redeem(ticketOf(answer), login.codeVerifier);
  if (redeemed.status !== 200 || !JSON.parse(redeemed.body).sessionToken.startsWith('JWS.'))
    throw new Error(`no session token: ${redeemed.status} ${redeemed.body}`);
}

/** What signing in at a service of that address needs. */
export const personAt = (baseUrl, signer) => ({
  client: openClient(Number(new URL(baseUrl).port)),
  names: {
    ...idpNames,
    serviceProvider: `${baseUrl}/saml/metadata`,
    assertionConsumerServiceUrl: `${baseUrl}/saml/acs`,
  },
  signer,
});

export async function memory({ signIns }) {
  const signer = makeSigner();
  const site = await startSite();
  const metadata = idpMetadata(idpNames.identityProvider, signer.certificate);
  const { baseUrl, config, remove } = await setUp({ siteUrl: site.url, metadata });
  const service = await startService(config);
  const person = personAt(baseUrl, signer);
  try {
    const fresh = memoryOf(service.pid);
    await signIn(person);
    const from = cpuOf(service.pid);
    const rows = [];
    let done = 1;
    for (const look of looksUpTo(signIns)) {
      await many(look - done, () => signIn(person));
      done = look;
      rows.push({ signIns: look, ...memoryOf(service.pid) });
      progress(`memory: ${look} sign-ins`);
    }
    const cpuPerSignIn = (cpuOf(service.pid) - from) / (signIns - 1);
    report({ fresh, rows, cpuPerSignIn });
    return { fresh, rows, cpuPerSignIn, drift: driftOf(rows) };
  } finally {
    person.client.close();
    await stop(service);
    remove();
    site.close();
  }
}

function looksUpTo(signIns) {
  const later = Array.from({ length: Math.floor(signIns / every) }, (_, index) => (index + 1) * every);
  const all = [...looks, ...later, signIns].filter((look) => look <= signIns);
  return [...new Set(all)].sort((a, b) => a - b);
}

async function many(count, work) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The largest distance from the look at ten thousand, as a share of it; undefined for a shorter run. */
function driftOf(rows) {
  const start = rows.find(({ signIns }) => signIns === every);
  const later = rows.filter(({ signIns }) => signIns > every);
  return start === undefined || later.length === 0
    ? undefined
    : {
        own: Math.max(...later.map(({ own }) => Math.abs(own / start.own - 1))),
        resident: Math.max(...later.map(({ now }) => Math.abs(now / start.now - 1))),
      };
}

function report({ fresh, rows, cpuPerSignIn }) {
  console.log('\nMemory of the service, MB: resident, and of it what is not mapped files');
  console.log(
    table(
      ['sign-ins', 'resident', 'own'],
      [['none', fresh.now, fresh.own], ...rows.map(({ signIns, now, own }) => [signIns, now, own])],
    ),
  );
  const atFive = rows.find(({ signIns }) => signIns === 5000);
  if (atFive !== undefined)
    console.log(
      `after 5000: ${atFive.now.toFixed(0)} MB resident (goal ≤ 150), ${atFive.own.toFixed(0)} of its own`,
    );
  const drift = driftOf(rows);
  if (drift !== undefined)
    console.log(
      `from ${every} on: own memory within ${(drift.own * 100).toFixed(1)} % (goal ${flat * 100} %), resident within ${(drift.resident * 100).toFixed(1)} %`,
    );
  console.log(`CPU of the service per whole sign-in: ${cpuPerSignIn.toFixed(2)} ms`);
}
