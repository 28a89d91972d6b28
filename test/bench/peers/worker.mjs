// A peer in another language: a process of its own that keeps its settings, told what to validate line by line.

import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { names } from '../messages.mjs';

const python = '/usr/bin/python3';

/**
 * @param module what the worker imports, @param order what each line says besides the message
 * @returns undefined, said loudly, when the module is not installed
 */
export function startWorker({ name, module, program, order }) {
  if (spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status !== 0) {
    console.log(`${name} is not installed: not compared with it`);
    return undefined;
  }
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(python, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** CPU milliseconds per validation. */
    async measure(setting, field, times) {
      child.stdin.write(`${JSON.stringify({ ...order(setting), field, times })}\n`);
      const { value } = await lines.next();
      const { ms, name: who, refused } = JSON.parse(value);
      if (who !== names.email) throw new Error(`${name}: ${refused ?? who}`);
      return ms;
    },
    stop: () => child.stdin.end(),
  };
}
