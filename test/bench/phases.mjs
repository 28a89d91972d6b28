// CPU of the running service per phase of a sign-in, in one run with Express + node-saml and with a floor: Express doing
// only what no service can leave out. All threads of each process count, so work that moves to another thread stays work.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerTo, each, openClient, ticketOf } from './client.mjs';
import { summary, table } from './measure.mjs';
import { makeSigner, names as idpNames } from './messages.mjs';
import {
  cpuOf,
  idpMetadata,
  setUp,
  startProcess,
  startRedis,
  startService,
  startSite,
  stop,
} from './service.mjs';

const peerFile = fileURLToPath(new URL('./peer.mjs', import.meta.url));
const perRound = 60;
/** Rounds before the first that counts. */
const warmUpRounds = 2;
const atOnce = 4;
const goals = { login: 1.3, acs: 1.5, redemption: 1.5, ofNodeSaml: 0.2 };

export async function service({ rounds }) {
  const signer = makeSigner();
  const site = await startSite();
  const metadata = idpMetadata(idpNames.identityProvider, signer.certificate);
  const processes = [];
  const places = [];
  const startOwn = async (state) => {
    const place = await setUp({ siteUrl: site.url, metadata, state });
    places.push(place);
    const child = await startService(place.config);
    processes.push(child);
    const { baseUrl, directory } = place;
    const names = {
      ...idpNames,
      serviceProvider: `${baseUrl}/saml/metadata`,
      assertionConsumerServiceUrl: `${baseUrl}/saml/acs`,
    };
    return { child, client: openClient(Number(new URL(baseUrl).port)), names, directory };
  };
  const startPeer = async (kind, { names, directory }) => {
    const certificateFile = join(directory, 'idp.pem');
    writeFileSync(certificateFile, signer.certificate);
    const args = [peerFile, kind, directory, site.url, certificateFile];
    const { child, line } = await startProcess(args, '"ready"', { NAMES: JSON.stringify(names) });
    processes.push(child);
    return { child, client: openClient(JSON.parse(line).port), names };
  };
  try {
    const ours = await startOwn();
    const redis = await startRedis();
    if (redis !== undefined) processes.push(redis.child);
    const servers = {
      ours,
      ...(redis === undefined ? {} : { 'ours with Redis': await startOwn(redis.url) }),
      // What node-saml and the floor remember is in memory too: this one differs from them by its work alone.
      'ours in memory': await startOwn('memory'),
      floor: await startPeer('floor', ours),
      'node-saml': await startPeer('node-saml', ours),
    };
    const samples = {};
    for (let round = -warmUpRounds; round < rounds; round++) {
      for (const [name, server] of Object.entries(servers)) {
        const costs = await measureRound(name, server, signer);
        for (const [phase, cost] of Object.entries(costs)) {
          const list = ((samples[name] ??= {})[phase] ??= []);
          if (round >= 0) list.push(cost); // the first rounds warm up
        }
      }
    }
    return report(samples);
  } finally {
    for (const child of processes) await stop(child);
    for (const { remove } of places) remove();
    site.close();
  }
}

async function measureRound(name, { child, client, names }, signer) {
  const items = Array.from({ length: perRound }, (_, index) => index);
  const measured = async (work, list = items) => {
    const from = cpuOf(child.pid);
    const results = await each(list, atOnce, work);
    return { results, cost: (cpuOf(child.pid) - from) / list.length };
  };
  const login = await measured(() => client.login());
  expectAll(login.results, 302);
  const forms = login.results.map((answer) => answerTo(answer, { names, signer }));
  const acs = await measured((fields) => client.answer(fields), forms);
  expectAll(acs.results, name === 'node-saml' ? 303 : 200);
  if (name === 'node-saml') return { login: login.cost, acs: acs.cost };
  const tickets = acs.results.map((answer, index) => ({
    ticket: name === 'floor' ? 'x'.repeat(43) : ticketOf(answer),
    codeVerifier: login.results[index].codeVerifier,
  }));
  const redemption = await measured(
    ({ ticket, codeVerifier }) => client.redeem(ticket, codeVerifier),
    tickets,
  );
  expectAll(redemption.results, 200);
  return { login: login.cost, acs: acs.cost, redemption: redemption.cost };
}

function expectAll(answers, ...statuses) {
  const bad = answers.find(({ status }) => !statuses.includes(status));
  if (bad !== undefined) throw new Error(`answered ${bad.status}: ${bad.body.slice(0, 300)}`);
}

function report(samples) {
  const of = (name, phase) =>
    samples[name]?.[phase] === undefined ? undefined : summary(samples[name][phase]);
  const phases = ['login', 'acs', 'redemption'].map((phase) => {
    const [ours, inMemory, withRedis, floor, nodeSaml] = [
      'ours',
      'ours in memory',
      'ours with Redis',
      'floor',
      'node-saml',
    ].map((name) => of(name, phase));
    return {
      phase,
      ours,
      inMemory,
      withRedis,
      floor,
      nodeSaml,
      ofFloor: ours.median / floor.median,
      inMemoryOfFloor: inMemory.median / floor.median,
      withRedisOfFloor: withRedis === undefined ? undefined : withRedis.median / floor.median,
      withRedisOfNodeSaml:
        withRedis === undefined || nodeSaml === undefined ? undefined : withRedis.median / nodeSaml.median,
      ofNodeSaml: nodeSaml === undefined ? undefined : ours.median / nodeSaml.median,
      inMemoryOfNodeSaml: nodeSaml === undefined ? undefined : inMemory.median / nodeSaml.median,
    };
  });
  console.log('\nThe running service, CPU ms per request (median of the rounds; all threads)');
  const rows = phases.flatMap((each) => [
    row(each, 'file store', each.ours, { floor: each.ofFloor, nodeSaml: each.ofNodeSaml }),
    ...(each.withRedis === undefined
      ? []
      : [
          row(each, 'Redis', each.withRedis, {
            floor: each.withRedisOfFloor,
            nodeSaml: each.withRedisOfNodeSaml,
          }),
        ]),
    row(each, 'in memory', each.inMemory, { floor: each.inMemoryOfFloor, nodeSaml: each.inMemoryOfNodeSaml }),
  ]);
  console.log(
    table(
      [
        'phase',
        'state',
        'ours',
        'least',
        'floor',
        'least',
        'node-saml',
        '× floor',
        'goal',
        '× node-saml',
        'goal',
      ],
      rows,
    ),
  );
  const whole = phases.reduce((sum, { ours }) => sum + ours.median, 0);
  console.log(`whole sign-in ${whole.toFixed(2)} ms`);
  return { phases, whole };
}

function row({ phase, floor, nodeSaml }, state, ours, of) {
  return [
    phase,
    state,
    ours.median,
    ours.min,
    floor.median,
    floor.min,
    nodeSaml?.median ?? '',
    of.floor,
    `≤ ${goals[phase]}`,
    of.nodeSaml ?? '',
    phase === 'acs' ? `≤ ${goals.ofNodeSaml}` : '',
  ];
}
