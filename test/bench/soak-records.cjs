// npm run soak:records [-- COUNT]: so many live records in one directory, and what they cost the process that wrote them.
'use strict';
const { mkdtempSync, readdirSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
require('../fuzz/typescript.cjs');
const { createFileStore } = require('../../src/stores/file-store.ts');
const { systemClock, systemRandom } = require('../../src/server/system.ts');

/** About what a sealed pending request or ticket has. */
const VALUE = 'x'.repeat(400);
const AT_ONCE = 500;
const STEPS = 10;
const LIFE_MS = 60 * 60 * 1000;
const MiB = 1024 * 1024;

const bytesIn = (directory) =>
  readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

async function main(count) {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-records-'));
  const store = createFileStore({ directory, clock: systemClock, random: systemRandom });
  const heaps = [];
  const began = performance.now();
  for (let at = 0; at < count; at += AT_ONCE) {
    const keys = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, index) => `ticket:${at + index}`);
    await Promise.all(keys.map((key) => store.put(key, VALUE, LIFE_MS)));
    if ((at + AT_ONCE) % (count / STEPS) !== 0) continue;
    global.gc?.();
    heaps.push(process.memoryUsage().heapUsed / MiB);
    console.log(
      `${at + AT_ONCE} records: heap ${heaps.at(-1).toFixed(1)} MiB, on disk ${(bytesIn(directory) / MiB).toFixed(0)} MiB`,
    );
  }
  const seconds = (performance.now() - began) / 1000;
  const samples = Array.from({ length: 1000 }, (_, index) => `ticket:${Math.floor((index * count) / 1000)}`);
  const there = (await Promise.all(samples.map((key) => store.take(key)))).filter(
    (value) => value === VALUE,
  ).length;
  const again = (await Promise.all(samples.map((key) => store.take(key)))).filter(
    (value) => value !== undefined,
  ).length;
  await store.close();
  rmSync(directory, { recursive: true, force: true });
  const growth = heaps.at(-1) / heaps[0];
  console.log(
    `${count} records in ${seconds.toFixed(0)} s; heap of the last tenth ${growth.toFixed(2)} × the first; of 1000 looked for ${there} were there once and ${again} twice`,
  );
  return there === samples.length && again === 0 && growth < 1.5 ? 0 : 1;
}

main(Number(process.argv[2] ?? 1_000_000)).then((code) => (process.exitCode = code));
