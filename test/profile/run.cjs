// npm run conformance [-- --write]
'use strict';
require('../fuzz/typescript.cjs');
const { main } = require('./conformance.ts');

process.exitCode = main(process.argv.slice(2));
