// npm run soak:reloads [-- COUNT]: so many reloads, each with a change, and what they leave in memory and of open files.
'use strict';
const { existsSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
require('../fuzz/typescript.cjs');
const { loadConfig } = require('../../src/config/load.ts');
const { openApp } = require('../../src/server/app.ts');
const { idpMetadata, makeIdpKeys } = require('../support/idp/index.ts');
const { makeExample, yaml } = require('../support/makers/configuration.ts');

const CONNECTIONS = 50;
const STEPS = 10;
const MiB = 1024 * 1024;

/** Linux only; elsewhere none are seen. */
const openFiles = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);

const connection = (name) =>
  `  ${name}:\n    site: portal\n    idpMetadata: ${name}.xml\n    emailDomains: [${name}.example]\n    emailFrom: nameId\n`;

async function main(count) {
  const example = makeExample();
  const put = (name, text) => writeFileSync(join(example.directory, name), text);
  const names = Array.from({ length: CONNECTIONS }, (_, index) => `idp${index}`);
  const keys = [makeIdpKeys({ kind: 'ec-p256' }), makeIdpKeys({ kind: 'ec-p256' })];
  const metadataOf = (name, key) =>
    idpMetadata({
      entityId: `https://${name}.example/metadata`,
      ssoUrl: `https://${name}.example/sso`,
      certificates: [key.certificateBase64],
    });
  for (const name of names) put(`${name}.xml`, metadataOf(name, keys[0]));
  const text = yaml.replace('state: memory', 'state: file:./data') + names.map(connection).join('');
  const config = join(example.directory, 'wix-saml.yaml');
  const load = (more = {}) => loadConfig(config, { env: {}, now: Date.now(), fetchMetadata: false, ...more });
  writeFileSync(config, text);
  const service = openApp(await load(), { log: () => undefined });
  const reload = service.reloadBy((readFile) => load({ readFile }));
  await service.app.ready;

  const heaps = [];
  const files = [];
  let done = 0;
  const began = performance.now();
  for (let at = 1; at <= count; at += 1) {
    // A page that changes, a key that rolls, and a connection that comes and goes.
    const changed = text.replace('landingPage: /sso', `landingPage: /sso${at}`);
    writeFileSync(config, at % 2 === 0 ? changed : changed.replace(connection('idp7'), ''));
    put('idp3.xml', metadataOf('idp3', keys[at % 2]));
    const { ok } = await reload.reload({ allowRemoval: true });
    if (ok) done += 1;
    if (at % (count / STEPS) !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 20));
    global.gc?.();
    heaps.push(process.memoryUsage().heapUsed / MiB);
    files.push(openFiles());
    console.log(`${at} reloads: heap ${heaps.at(-1).toFixed(1)} MiB, ${files.at(-1)} open files`);
  }
  const each = (performance.now() - began) / count;
  await service.app.close();
  example.remove();
  const growth = heaps.at(-1) / heaps[0];
  console.log(
    `${done} of ${count} reloads of ${CONNECTIONS + 1} connections, ${each.toFixed(0)} ms each; heap at the end ${growth.toFixed(2)} × after the first tenth`,
  );
  return done === count && growth < 1.1 && files.at(-1) <= files[0] + 2 ? 0 : 1;
}

main(Number(process.argv[2] ?? 200)).then((code) => (process.exitCode = code));
