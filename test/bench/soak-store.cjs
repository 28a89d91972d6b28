// npm run soak:store [-- ROUNDS]: kill -9 at random moments under load, and what it broke.
'use strict';
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
require('../fuzz/typescript.cjs');
const { killedRound } = require('../support/makers/killed-store.ts');

async function main(rounds) {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-soak-'));
  let answered = 0;
  let slowest = 0;
  const broken = [];
  for (let round = 0; round < rounds; round += 1) {
    const outcome = await killedRound(directory, round, Math.random);
    answered += outcome.answered;
    slowest = Math.max(slowest, outcome.openedMs);
    broken.push(...outcome.broken);
  }
  console.log(
    `${rounds} rounds, ${answered} answers, ${broken.length} broken, slowest opening ${Math.round(slowest)} ms`,
  );
  for (const each of broken.slice(0, 20)) console.log(each);
  rmSync(directory, { recursive: true, force: true });
  return broken.length === 0 ? 0 : 1;
}

main(Number(process.argv[2] ?? 200)).then((code) => (process.exitCode = code));
