// docs/examples/traces with the built service: the SDK is loaded before it, and a sign-in that begins is a span.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../guards/sources';
import { startIdp, type LocalIdp } from '../../support/idp';
import { freePort } from '../../support/makers/free-port';
import { startWixSite } from '../../support/makers/made-site';
import type { WixSite } from '../../support/wix';
import { stopped } from '../real/processes';
import { startService, type Service } from '../real/service';

let idp: LocalIdp;
let site: WixSite;
let service: Service;
let child: ChildProcess;

beforeAll(async () => {
  idp = await startIdp();
  site = await startWixSite();
  service = await startService({ port: await freePort(), site, idpMetadataXml: idp.metadataXml });
});
afterAll(async () => {
  await stopped(child);
  await service.stop();
  await site.stop();
  await idp.close();
});

it('shows a span for a request to sign in', async () => {
  const port = await freePort();
  const config = join(dirname(service.config), 'traced.yaml');
  writeFileSync(config, readFileSync(service.config, 'utf8').replace(/port: \d+/, `port: ${port}`));
  const example = join(root, 'docs', 'examples', 'traces', 'tracing.cjs');
  const program = join(root, 'dist', 'cli', 'bin.js');
  child = spawn(process.execPath, ['--require', example, program, 'serve', '--config', config], {
    stdio: 'pipe',
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const saying = async (words: RegExp): Promise<void> => {
    for (let tries = 0; tries < 300 && !words.test(said); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said).toMatch(words);
  };
  await saying(/serve\.ready/);
  await fetch(`http://127.0.0.1:${port}/saml/login?connection=acme`, { redirect: 'manual' });
  await saying(/name: 'wix-saml GET \/saml\/login'/);
  expect(said).toMatch(/'wix_saml\.connection': 'acme'/);
});
