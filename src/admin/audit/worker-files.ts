// The audit logs of several workers. Each has a file and a chain of its own: two writers would tear one chain, and a file that
// one of them writes for all would end with that one.

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';

const MARK = '.worker-';

/** `/var/log/audit.jsonl` of worker 2 → `/var/log/audit.worker-2.jsonl`; without a number the file itself. */
export function auditFileOfWorker(file: string, worker: number | undefined): string {
  if (worker === undefined) return file;
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}${MARK}${String(worker)}${ext}`);
}

/** The files beside each other that `audit.file` has become: its own and those of workers, each a chain. At least one. */
export function auditFilesOf(file: string): readonly string[] {
  const { name, ext } = parse(file);
  const directory = dirname(file);
  const numbers = (existsSync(directory) ? readdirSync(directory) : [])
    .map((entry) => basename(entry))
    .filter((entry) => entry.startsWith(`${name}${MARK}`) && entry.endsWith(ext))
    .map((entry) => entry.slice(name.length + MARK.length, entry.length - ext.length))
    .filter((number) => /^[1-9]\d{0,2}$/.test(number))
    .map(Number)
    .sort((one, other) => one - other);
  const ofWorkers = numbers.map((number) => auditFileOfWorker(file, number));
  return existsSync(file) || ofWorkers.length === 0 ? [file, ...ofWorkers] : ofWorkers;
}
