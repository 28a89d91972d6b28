// Inside the thread: loads TypeScript, then what the thread was started for.
'use strict';
const threads = require('node:worker_threads');
require('../fuzz/typescript.cjs');

const [file, workerData] = threads.workerData;
threads.workerData = workerData;
require(file);
