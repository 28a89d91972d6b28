// Forgets what is older than the configuration keeps it, also of connections that the configuration has no more.

import type { SealedDocuments } from '../../stores/sealed-documents';
import { SegmentedRows } from '../../stores/segmented-rows';
import { LOGS_PREFIX, seriesNames, seriesOf } from './entries';

/** @param before milliseconds since 1970: everything older goes. @throws STATE_… (rejects) */
export async function forgetOld(documents: SealedDocuments, before: number): Promise<void> {
  const rows = new SegmentedRows(documents);
  for (const { name } of await documents.list(LOGS_PREFIX)) {
    const connection = name.slice(LOGS_PREFIX.length);
    for (const series of seriesNames)
      await rows.forget(seriesOf(connection, series), (row) => timeOf(row) < before);
  }
}

const timeOf = (row: unknown): number =>
  typeof row === 'object' && row !== null && 'at' in row ? Number(row.at) : 0;
