// Whether the directory of the embedded store may hold it, and its data can be opened, before a visitor finds out. Looks and makes nothing: a directory
// that is not there yet is made by the service.

import { join } from 'node:path';
import { errorTable } from '../core/error-table';
import type { Problem } from '../core/problem';
import { DATA_FILE } from '../stores/file-data';
import { judgeDirectory } from '../stores/file-directory';
import { damageOf } from '../stores/file-header';
import { thisMachine, type Machine } from '../stores/file-machine';

/** @param directory of the option `state` */
export function checkStoreDirectory(directory: string, machine: Machine = thisMachine): readonly Problem[] {
  const refusal = judgeDirectory(directory, machine) ?? damageOf(join(directory, DATA_FILE));
  if (refusal === undefined) return [];
  const { code, detail } = refusal;
  return [{ path: 'state', problem: detail.problem ?? code, hint: errorTable[code].remedy }];
}
