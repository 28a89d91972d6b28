// `npm run simulate`: docs/scale.md, from the numbers of the last whole bench (docs/performance.json). Every line of the page
// is calculated and simulated; where the two disagree, nothing is written. [FILE]: written there instead.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scalePage } from './page.mjs';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
const result = JSON.parse(readFileSync(`${docs}performance.json`, 'utf8'));
const { page, lines } = scalePage(result);
for (const line of lines) console.log(line);
writeFileSync(process.argv[2] ?? `${docs}scale.md`, page);
