// A signed aggregate of 80 MB (8 000 entities) read by the running service: how long, how much memory, and what other sign-ins
// notice of it. Wanted: at most 20 s, 150 MB above rest, and a p99 of at most three times the quiet one.

import {
  createReadStream,
  createWriteStream,
  appendFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { personAt, signIn } from './memory.mjs';
import { makeSigner, names } from './messages.mjs';
import { idpMetadata, memoryOf, setUp, startService, startSite, stop } from './service.mjs';

const { aggregate } = createRequire(import.meta.url)('../support/aggregate.cjs');
const entityId = 'https://idp.example.org/idp/shibboleth';

const p99 = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.99)];

/** Ten sign-ins a second, the time of each. */
async function paced(until, signed) {
  const took = [];
  while (!until(took)) {
    const began = performance.now();
    await signed();
    took.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 100 - (performance.now() - began))));
  }
  return took;
}

export async function aggregateBench({ entities = 8000, quiet = 200 }) {
  const signer = makeSigner();
  const site = await startSite();
  const { baseUrl, config, directory, remove } = await setUp({
    siteUrl: site.url,
    metadata: idpMetadata(names.identityProvider, signer.certificate),
  });
  const publisher = makeSigner();
  const file = join(directory, 'aggregate.xml');
  const idp = { entityId, certificate: publisher.certificate.replace(/-----[^-]*-----|\s/g, '') };
  const options = { entities, idp, signer: publisher.privateKey, validUntil: '2099-01-01T00:00:00Z' };
  await pipeline(Readable.from(aggregate(options)), createWriteStream(file));
  writeFileSync(join(directory, 'federation.crt'), publisher.certificate);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const server = createServer(
    (_request, response) => void held.then(() => createReadStream(file).pipe(response)),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  appendFileSync(
    config,
    `\n  federation:\n    site: portal\n    idpMetadata: http://127.0.0.1:${server.address().port}/aggregate\n    idpEntityId: ${entityId}\n    idpMetadataSigner: federation.crt\n    emailDomains: [example.org]\n    emailFrom: nameId\n`,
  );
  const service = await startService(config);
  const person = personAt(baseUrl, signer);
  try {
    let up = 0;
    createInterface({ input: service.stdout }).on('line', (line) => {
      if (line.includes('"connection.up"')) up = performance.now();
      if (line.includes('metadata.refreshFailed')) throw new Error(line);
    });
    const signed = () => signIn(person);
    for (let warm = 0; warm < 50; warm += 1) await signed();
    const before = await paced((took) => took.length >= quiet, signed);
    const rest = memoryOf(service.pid).now;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, memoryOf(service.pid).now)), 20);
    const began = performance.now();
    release();
    const during = await paced(() => up > 0 || performance.now() - began > 60_000, signed);
    clearInterval(watch);
    const result = {
      megabytes: statSync(file).size / 1e6,
      seconds: (up - began) / 1000,
      memoryAboveRest: most - rest,
      quiet: { p99: p99(before), count: before.length },
      meanwhile: { p99: p99(during), count: during.length },
    };
    console.log('\nA signed aggregate', result);
    return result;
  } finally {
    person.client.close();
    await stop(service);
    server.closeAllConnections();
    server.close();
    site.close();
    rmSync(file);
    remove();
  }
}
