// The lines of a file, or of what is piped in.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { UsageError } from './usage';

/** @param file `-` for standard input @throws UsageError (rejects) when it cannot be read */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) yield line;
  } catch (cause) {
    throw new UsageError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}
