// npm run soak:storm [-- PEOPLE [CALLS_A_MINUTE]]: 5 000 people against a Wix in its worst mood, two processes over one
// directory, one of them killed in the middle. Prints what became of everybody; exit 1 when anybody got what is another's.
'use strict';
require('../fuzz/typescript.cjs');
require('../system/build.cjs')();
const { storm, understandable } = require('../system/real/storm.ts');

async function main(people, callsPerMinute) {
  const outcome = await storm({
    ...{ people, burst: 250, callsPerMinute, coldStartMs: 6000, killAfterMs: 15_000 },
    withinMs: 20 * 60_000,
  });
  console.log(JSON.stringify(outcome, undefined, 2));
  const { foreignTokens, twice, replaysThatWorked, told } = outcome;
  const unclear = Object.keys(told).filter((code) => !understandable.test(code));
  return foreignTokens + twice + replaysThatWorked === 0 && unclear.length === 0 ? 0 : 1;
}

main(Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? 7000)).then(
  (code) => (process.exitCode = code),
);
