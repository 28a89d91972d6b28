// Entry of the emulator's process: options as one JSON line on stdin, `{ "origin": … }` as one line on stdout. It ends
// when stdin closes, so that it never outlives who started it.

import { createInterface } from 'node:readline';
import { startServer } from './server.mjs';
import { createWorld } from './world.mjs';

const lines = createInterface({ input: process.stdin });
lines.once('line', async (line) => {
  const { port, ...options } = JSON.parse(line);
  const world = createWorld(options);
  process.on('unhandledRejection', (error) => {
    world.log.push({ level: 'error', text: `Unhandled rejection: ${error?.stack ?? error}` });
  });
  try {
    await startServer(world, port ?? 0);
    process.stdout.write(`${JSON.stringify({ origin: world.origin })}\n`);
  } catch (error) {
    process.stderr.write(`${error?.message ?? error}\n`);
    process.exit(1);
  }
});
lines.once('close', () => process.exit(0));
