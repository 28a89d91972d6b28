// Every change of a connection's set-up: who, when, what. For the operator, who asks weeks later why something is as it is.

import { createHash } from 'node:crypto';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { SegmentedRows, type Series } from '../../stores/segmented-rows';
import type { Act } from './documents';

export interface SetupChange extends Act {
  readonly what: 'product' | 'metadata' | 'emailFrom' | 'handedOver' | 'activated' | 'undone';
  /** What it is now, in a line: a product, an entityID, a source, or what is live. */
  readonly now: string;
}

/** The latest 150 to 200. */
const seriesOf = (connection: string): Series => ({
  collection: `changes-${createHash('sha256').update(connection).digest('hex').slice(0, 24)}`,
  name: 'all',
  rowsPerDocument: 50,
  documents: 4,
});

/** After the change was made. @throws STATE_… (rejects) */
export async function noteChange(
  documents: SealedDocuments,
  connection: string,
  change: SetupChange,
): Promise<void> {
  await new SegmentedRows(documents).append(seriesOf(connection), [change]);
}

/** The latest first. @throws STATE_… (rejects) */
export async function readHistory(
  documents: SealedDocuments,
  connection: string,
): Promise<readonly SetupChange[]> {
  const rows = await new SegmentedRows(documents).read(seriesOf(connection));
  return rows.filter(isChange).sort((one, other) => other.at - one.at);
}

function isChange(value: unknown): value is SetupChange {
  if (typeof value !== 'object' || value === null) return false;
  const row = new Map<string, unknown>(Object.entries(value));
  return (
    ['by', 'what', 'now'].every((name) => typeof row.get(name) === 'string') &&
    typeof row.get('at') === 'number'
  );
}
