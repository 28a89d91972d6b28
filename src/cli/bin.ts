#!/usr/bin/env node
// The executable: hands the process to the program and takes its exit code.

import { askOnTerminal } from './ask';
import { run } from './program';

// `wix-saml explain … | head`: the reader has enough, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env['CI'] === undefined;

// A pseudo-terminal that nobody has told its size says 0; questions would then stand one letter to a line, and replies nowhere.
if (process.stdout.columns === 0) Object.assign(process.stdout, { columns: 80, rows: 24 });

void run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  ...(isTerminal ? { ask: askOnTerminal } : {}),
}).then((code) => {
  process.exitCode = code;
});
