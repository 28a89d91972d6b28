// Under floods: how long honest sign-ins take beside them, against their quiet time, and that none is refused. The floods come
// from processes of their own; honest people come from the same address as the flood, and from others.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answerTo, openClient, ticketOf } from './client.mjs';
import { table } from './measure.mjs';
import { assertionXml, encryptedForMany, makeSigner, names as idpNames, responseXml } from './messages.mjs';
import { price } from './price.mjs';
import { idpMetadata, memoryOf, setUp, startProcess, startService, startSite, stop } from './service.mjs';

const attacker = fileURLToPath(new URL('./attacker.mjs', import.meta.url));
const floods = ['D1', 'D2', 'D4', 'half-sent', 'handles', 'login'];
/** Honest people: where they come from, and whether their IdP brings RelayState back. */
const people = {
  'same address': { localAddress: '127.0.0.1', relayState: true },
  'another address': { localAddress: '127.0.0.2', relayState: true },
  'no RelayState, another address': { localAddress: '127.0.0.3', relayState: false },
};
const connections = 20;
const halfSent = 400;
const signIns = 200;
const goal = 5;

export async function flood() {
  const signer = makeSigner();
  const site = await startSite();
  const metadata = idpMetadata(idpNames.identityProvider, signer.certificate);
  const { baseUrl, config, directory, remove } = await setUp({ siteUrl: site.url, metadata });
  const port = Number(new URL(baseUrl).port);
  const names = {
    ...idpNames,
    serviceProvider: `${baseUrl}/saml/metadata`,
    assertionConsumerServiceUrl: `${baseUrl}/saml/acs`,
  };
  const service = await startService(config);
  try {
    const context = { port, names, signer };
    await honest(context, people['same address'], 60); // warm
    const encryption = readFileSync(join(directory, 'certs', 'sp', 'encryption.crt'), 'utf8');
    const encryptedKeys = responseXml(encryptedForMany(assertionXml(), encryption, 8), { to: names });
    const prices = await price({ port, pid: service.pid, signer, names, encryptedKeys });
    const quiet = Object.fromEntries(await everybody(context));
    const rows = [];
    for (const kind of floods) rows.push(await under(kind, context, { quiet, pid: service.pid }));
    report(quiet, rows);
    return { prices, quiet, rows };
  } finally {
    await stop(service);
    remove();
    site.close();
  }
}

async function under(kind, context, { quiet, pid }) {
  const count = kind === 'half-sent' ? halfSent : connections;
  const { child } = await startProcess([attacker, kind, String(context.port), String(count)], 'ready');
  try {
    await pause(kind === 'half-sent' ? 3000 : 1000);
    const beside = await everybody(context);
    const health = await timed(() => openClient(context.port, '127.0.0.4').health());
    const memory = memoryOf(pid);
    const worst = Math.max(...beside.map(([who, { p99 }]) => p99 / quiet[who].p99));
    const refused = beside.reduce((sum, [, { refused: count }]) => sum + count, 0);
    return { kind, beside: Object.fromEntries(beside), worst, refused, health: health.milliseconds, memory };
  } finally {
    await stop(child);
    await pause(500);
  }
}

const everybody = (context) =>
  Promise.all(
    Object.entries(people).map(async ([who, person]) => [who, await honest(context, person, signIns)]),
  );

async function timed(work) {
  const from = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - from };
}

/** One person after the other; the IdP's work is not part of the time. */
async function honest({ port, names, signer }, { localAddress, relayState }, count) {
  const client = openClient(port, localAddress);
  const times = [];
  const problems = new Set();
  let refused = 0;
  for (let one = 0; one < count; one++) {
    try {
      const login = await timed(() => client.login());
      const form = answerTo(login.result, { names, signer, relayState });
      const acs = await timed(() => client.answer(form));
      const redeemed = await timed(() => client.redeem(ticketOf(acs.result), login.result.codeVerifier));
      if (redeemed.result.status !== 200) throw new Error(redeemed.result.body);
      times.push(login.milliseconds + acs.milliseconds + redeemed.milliseconds);
    } catch (error) {
      refused++;
      problems.add(error.message.slice(0, 120));
    }
  }
  client.close();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Infinity;
  return { p50: at(0.5), p99: at(0.99), refused, problems: [...problems] };
}

function report(quiet, rows) {
  console.log(
    '\nHonest sign-ins beside a flood, milliseconds (three people at once, one sign-in after the other)',
  );
  const cells = Object.keys(people);
  console.log(
    table(
      [
        'flood',
        ...cells.flatMap((who) => [`${who}: p50`, 'p99']),
        '× quiet p99',
        'refused',
        '/healthz',
        'RSS MB',
      ],
      [
        ['none', ...cells.flatMap((who) => [quiet[who].p50, quiet[who].p99]), 1, 0, '', ''],
        ...rows.map(({ kind, beside, worst, refused, health, memory }) => [
          kind,
          ...cells.flatMap((who) => [beside[who].p50, beside[who].p99]),
          worst,
          refused,
          health,
          memory.now,
        ]),
      ],
    ),
  );
  for (const { kind, beside } of rows)
    for (const { problems } of Object.values(beside))
      for (const problem of problems) console.log(`  ${kind}: ${problem}`);
  const worst = Math.max(...rows.map((row) => row.worst));
  const refused = rows.reduce((sum, row) => sum + row.refused, 0);
  const memory = rows.find(({ kind }) => kind === 'half-sent')?.memory;
  console.log(
    `worst p99 ${worst.toFixed(1)} × quiet (goal ≤ ${goal}), honest refused ${refused} (goal 0), ` +
      `RSS with ${halfSent} half-sent bodies ${memory.now.toFixed(0)} MB (goal ≤ 200)`,
  );
}
