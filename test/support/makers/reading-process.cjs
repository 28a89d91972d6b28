// A process that has begun to read the data of a store and never ends by itself: as a backup in the middle of its work.
'use strict';
const { open } = require('lmdb');
const root = open({ path: process.argv[2], encoding: 'binary', overlappingSync: false });
const records = root.openDB('records', { encoding: 'binary' });
records.get('any', { transaction: root.useReadTransaction() });
process.stdout.write('reading\n');
setInterval(() => undefined, 60_000);
