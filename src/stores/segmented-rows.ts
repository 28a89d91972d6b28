// Rows that several processes append and that are read together: a series of sealed documents with so many rows each. The
// latest is written anew until it is full, so a series is bounded by deleting its oldest; a document that cannot be believed
// any more costs its rows and no later ones.

import { SsoError } from '../core/errors';
import type { SealedDocument, SealedDocuments } from './sealed-documents';

export interface Series {
  /** Of the documents; holds this series and its sisters. */
  readonly collection: string;
  /** A word of a-z and `-`. */
  readonly name: string;
  readonly rowsPerDocument: number;
  /** When there are more, the oldest goes. */
  readonly documents: number;
}

const DIGITS = 8;
/** Other processes append at the same time. */
const ATTEMPTS = 30;

const prefixOf = ({ collection, name }: Series): string => `${collection}/${name}.`;
const nameOf = (series: Series, number: number): string =>
  prefixOf(series) + String(number).padStart(DIGITS, '0');

interface Segment {
  readonly name: string;
  readonly version: string;
  readonly rows: readonly unknown[];
}

export class SegmentedRows {
  /** The latest document of a series, as far as this process knows. */
  private readonly latest = new Map<string, number>();

  constructor(private readonly documents: SealedDocuments) {}

  /** @throws STATE_UNAVAILABLE (rejects): then it is unknown whether some of them stand there */
  async append(series: Series, rows: readonly unknown[]): Promise<void> {
    let waiting = rows;
    for (let attempt = 0; waiting.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS) throw new SsoError('STATE_UNAVAILABLE', { problem: 'rows find no place' });
      const written = await this.writeSome(series, waiting);
      if (written > 0) attempt = -1;
      waiting = waiting.slice(written);
    }
  }

  /** Every row that can be read, the oldest first. @throws STATE_UNAVAILABLE (rejects) */
  async read(series: Series): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    for (const { name } of await this.documents.list(prefixOf(series)))
      rows.push(...((await this.segment(name))?.rows ?? []));
    return rows;
  }

  /** Forgets rows from the oldest on, up to the first document that holds a young one. @throws STATE_UNAVAILABLE (rejects) */
  async forget(series: Series, isOld: (row: unknown) => boolean): Promise<void> {
    for (const { name, version } of await this.documents.list(prefixOf(series))) {
      const segment = await this.segment(name);
      const young = segment?.rows.filter((row) => !isOld(row)) ?? [];
      if (young.length === 0) {
        await this.documents.delete(name, segment?.version ?? version);
        continue;
      }
      // When it is being written meanwhile, the next look comes by.
      if (segment !== undefined && young.length < segment.rows.length)
        await this.documents.putIf(name, { rows: young }, segment.version);
      return;
    }
  }

  /** @returns how many of them stand there now */
  private async writeSome(series: Series, rows: readonly unknown[]): Promise<number> {
    const number = this.latest.get(prefixOf(series)) ?? (await this.findLatest(series));
    const segment = number === 0 ? undefined : await this.segment(nameOf(series, number));
    const room = segment === undefined ? 0 : series.rowsPerDocument - segment.rows.length;
    const isNew = segment === undefined || room <= 0;
    // Gone or not to be believed: the list says which is the latest, and what cannot be read is left alone.
    const next = isNew ? Math.max(number, await this.findLatest(series)) + 1 : number;
    const some = rows.slice(0, isNew ? series.rowsPerDocument : room);
    const all = isNew ? some : [...segment.rows, ...some];
    const expected = isNew ? undefined : segment.version;
    const written = await this.documents.putIf(nameOf(series, next), { rows: all }, expected);
    if (written === undefined) {
      await this.findLatest(series);
      return 0;
    }
    this.latest.set(prefixOf(series), next);
    if (isNew) await this.prune(series);
    return some.length;
  }

  private async findLatest(series: Series): Promise<number> {
    const last = (await this.documents.list(prefixOf(series))).at(-1);
    const number = last === undefined ? 0 : Number(last.name.slice(prefixOf(series).length));
    this.latest.set(prefixOf(series), number);
    return number;
  }

  private async prune(series: Series): Promise<void> {
    const listed = await this.documents.list(prefixOf(series));
    for (const { name, version } of listed.slice(0, Math.max(0, listed.length - series.documents)))
      await this.documents.delete(name, version);
  }

  private async segment(name: string): Promise<Segment | undefined> {
    let document: SealedDocument | undefined;
    try {
      document = await this.documents.get(name);
    } catch (error) {
      if (error instanceof SsoError && error.code === 'STATE_DOCUMENT_UNREADABLE') return undefined;
      throw error;
    }
    const { value } = document ?? {};
    if (document === undefined || typeof value !== 'object' || value === null || !('rows' in value))
      return undefined;
    return Array.isArray(value.rows)
      ? { name, version: document.version, rows: value.rows as readonly unknown[] }
      : undefined;
  }
}
