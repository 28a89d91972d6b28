// npm run fuzz -- --seconds 20 | --minutes N  [--seed NUMBER]
'use strict';
process.setSourceMapsEnabled(true);
require('node:v8').setFlagsFromString('--expose-gc');
globalThis.gc = require('node:vm').runInNewContext('gc');
require('./typescript.cjs');
const { main } = require('./main.ts');

process.exitCode = main(process.argv.slice(2));
