// npm run soak [-- MINUTES]: every soak in full, one after the other, each for so many minutes at most, and one table of what
// they said last. Exit 1 when one failed or was cut off.
'use strict';
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const SOAKS = [
  ['store', [join(__dirname, 'soak-store.cjs')]],
  ['records', ['--expose-gc', join(__dirname, 'soak-records.cjs')]],
  ['reloads', ['--expose-gc', join(__dirname, 'soak-reloads.cjs')]],
  ['storm', [join(__dirname, 'soak-storm.cjs')]],
];

/** Runs one to its end, or ends it. */
function run(args, withinMs) {
  return new Promise((resolve) => {
    const begun = Date.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    let said = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      said = (said + chunk).slice(-4000);
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      // With the processes that it started: they are one group.
      process.kill(-child.pid, 'SIGTERM');
    }, withinMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      const outcome = late ? 'cut off' : code === 0 ? 'passed' : `failed (${code})`;
      resolve({ outcome, seconds: Math.round((Date.now() - begun) / 1000), said });
    });
  });
}

/** The last thing that a soak printed: a line, or the object at its end on one. */
const lastOf = (said) =>
  (/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}\s*$/.exec(said)?.[0] ?? said.trim().split('\n').at(-1) ?? '')
    .replace(/\s+/g, ' ')
    .trim();

async function main(minutes) {
  const rows = [];
  for (const [name, args] of SOAKS) {
    console.log(`\n${name}`);
    rows.push({ name, ...(await run(args, minutes * 60_000)) });
  }
  console.log('\n| soak | outcome | seconds | it said |\n| --- | --- | --- | --- |');
  for (const { name, outcome, seconds, said } of rows) {
    console.log(`| ${name} | ${outcome} | ${seconds} | ${lastOf(said)} |`);
  }
  return rows.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
}

main(Number(process.argv[2] ?? 60)).then((code) => (process.exitCode = code));
