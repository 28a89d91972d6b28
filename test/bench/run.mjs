// `npm run bench`: speed and memory of the built code in dist/. Options: --only validation,hostile,start,memory,service,aggregate,flood
// --rounds N (25) --sign-ins N (10000) --json FILE. Numbers are CPU milliseconds unless they say otherwise. A whole run also
// writes docs/performance.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writePerformancePage } from './page.mjs';

const everything = 'validation,hostile,start,memory,service,aggregate,flood';
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: everything },
    rounds: { type: 'string', default: '25' },
    'sign-ins': { type: 'string', default: '10000' },
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
const result = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpu: cpus()[0]?.model.trim() ?? '',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  options,
};
console.log(`Node ${result.node}, ${result.cpu}`);
for (const name of values.only.split(',')) {
  const part = parts[name];
  if (part === undefined) throw new Error(`no such part: ${name}`);
  result[name] = await part();
}
const text = `${JSON.stringify(result, (_, value) => (value instanceof Set ? [...value] : value), 2)}\n`;
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, text);
if (values.only === everything) writePerformancePage(docs, text);
