// What several workers cost: CPU of a whole sign-in (all threads of all processes, the primary among them), one process
// against `serve --workers`, by turns. The price of sharing a port must stay small; speed beyond one core is the cores' affair.
// Also by itself: node test/bench/workers.mjs

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { answerTo, each, openClient, ticketOf } from './client.mjs';
import { summary, table } from './measure.mjs';
import { makeSigner, names as idpNames } from './messages.mjs';
import { cpuOf, idpMetadata, program, setUp, startProcess, startSite, stop } from './service.mjs';

const perRound = 60;
const warmUpRounds = 3;
const atOnce = 4;
const goal = 1.1;

export async function workers({ rounds, count = 2 }) {
  const signer = makeSigner();
  const site = await startSite();
  const metadata = idpMetadata(idpNames.identityProvider, signer.certificate);
  const running = [];
  const start = async (args, ready) => {
    const place = await setUp({ siteUrl: site.url, metadata });
    const { child } = await startProcess([program, 'serve', '--config', place.config, ...args], ready);
    running.push({ child, place });
    const { baseUrl } = place;
    return {
      pids: [child.pid, ...childrenOf(child.pid)],
      client: openClient(Number(new URL(baseUrl).port)),
      names: {
        ...idpNames,
        serviceProvider: `${baseUrl}/saml/metadata`,
        assertionConsumerServiceUrl: `${baseUrl}/saml/acs`,
      },
    };
  };
  try {
    const servers = {
      one: await start([], '"serve.ready"'),
      several: await start(['--workers', String(count)], '"workers.ready"'),
    };
    const samples = { one: [], several: [] };
    for (let round = -warmUpRounds; round < rounds; round++) {
      for (const [name, server] of Object.entries(servers)) {
        const cost = await roundOf(server, signer);
        if (round >= 0) samples[name].push(cost);
      }
    }
    return report(samples, count);
  } finally {
    for (const { child, place } of running) {
      await stop(child);
      place.remove();
    }
    site.close();
  }
}

/** CPU ms of one sign-in, all processes. */
async function roundOf({ pids, client, names }, signer) {
  const used = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
  const from = used();
  const logins = await each(Array.from({ length: perRound }), atOnce, () => client.login());
  const forms = logins.map((answer) => answerTo(answer, { names, signer }));
  const answers = await each(forms, atOnce, (fields) => client.answer(fields));
  const visits = answers.map((answer, index) => [ticketOf(answer), logins[index].codeVerifier]);
  const redeemed = await each(visits, atOnce, (visit) => client.redeem(...visit));
  const refused = redeemed.find(({ status }) => status !== 200);
  if (refused !== undefined) throw new Error(`answered ${refused.status}: ${refused.body.slice(0, 300)}`);
  return (used() - from) / perRound;
}

const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);

function report({ one, several }, count) {
  const [single, shared] = [summary(one), summary(several)];
  const ratio = shared.median / single.median;
  const rows = [
    ['one process', single.median.toFixed(2), single.min.toFixed(2), '', ''],
    [`${count} workers`, shared.median.toFixed(2), shared.min.toFixed(2), ratio.toFixed(2), `≤ ${goal}`],
  ];
  console.log('\nA whole sign-in, CPU ms (median of the rounds; all threads of all processes)');
  console.log(table(['', 'median', 'least', '× one', 'goal'], rows));
  return { count, one: single, several: shared, ratio };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await workers({ rounds: 25 });
