// CPU from process start until /readyz says 200, against importing express and winston alone.

import { summary, table } from './measure.mjs';
import { makeSigner, names } from './messages.mjs';
import { cpuOf, idpMetadata, setUp, startProcess, startService, startSite, stop } from './service.mjs';

const imports = `require('express'); require('winston'); console.log('ready'); process.stdin.resume();`;

export async function start({ rounds }) {
  const site = await startSite();
  const metadata = idpMetadata(names.identityProvider, makeSigner().certificate);
  const { config, remove } = await setUp({ siteUrl: site.url, metadata });
  const samples = { service: [], imports: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, run] of [
        ['service', () => startService(config)],
        ['imports', async () => (await startProcess(['-e', imports], 'ready')).child],
      ]) {
        const child = await run();
        samples[name].push(cpuOf(child.pid));
        await stop(child);
      }
    }
  } finally {
    remove();
    site.close();
  }
  const service = summary(samples.service);
  const bare = summary(samples.imports);
  const ratio = service.min / bare.min;
  console.log('\nCPU ms from start to ready');
  console.log(
    table(
      ['process', 'min', 'median'],
      [
        ['wix-saml serve', service.min, service.median],
        ['import express and winston', bare.min, bare.median],
      ],
    ),
  );
  console.log(`ratio ${ratio.toFixed(2)} (budget 1.4)`);
  return { service, imports: bare, ratio };
}
