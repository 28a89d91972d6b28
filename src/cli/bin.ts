#!/usr/bin/env node
// The executable: hands the process to the program and takes its exit code.

import { run } from './program';

void run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
}).then((code) => {
  process.exitCode = code;
});
