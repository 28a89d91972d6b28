// `npm run bench`: speed and memory of the built code in dist/. Options: --only validation,hostile,start,memory,service,aggregate,flood
// --rounds N (25) --sign-ins N (5000) --json FILE. Numbers are CPU milliseconds unless they say otherwise.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'validation,hostile,start,memory,service,aggregate,flood' },
    rounds: { type: 'string', default: '25' },
    'sign-ins': { type: 'string', default: '5000' },
    json: { type: 'string', default: 'ci-output/bench.json' },
  },
});
const options = { rounds: Number(values.rounds), signIns: Number(values['sign-ins']) };
const parts = {
  validation: async () => (await import('./validation.mjs')).validation(options),
  hostile: async () => (await import('./hostile.mjs')).hostile(options),
  start: async () => (await import('./start.mjs')).start(options),
  memory: async () => (await import('./memory.mjs')).memory(options),
  service: async () => (await import('./phases.mjs')).service(options),
  aggregate: async () => (await import('./aggregate.mjs')).aggregateBench(options),
  flood: async () => (await import('./flood.mjs')).flood(options),
};
const result = { node: process.version, cpu: cpus()[0]?.model ?? '', options };
console.log(`Node ${result.node}, ${result.cpu}`);
for (const name of values.only.split(',')) {
  const part = parts[name];
  if (part === undefined) throw new Error(`no such part: ${name}`);
  result[name] = await part();
}
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(
  values.json,
  `${JSON.stringify(result, (_, value) => (value instanceof Set ? [...value] : value), 2)}\n`,
);
