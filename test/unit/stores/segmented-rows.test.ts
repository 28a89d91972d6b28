/** Rows in segments of sealed documents, over the memory store; every store keeps the same contract for documents. */
import { randomBytes } from 'node:crypto';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { sealedDocuments } from '../../../src/stores/sealed-documents';
import { SegmentedRows, type Series } from '../../../src/stores/segmented-rows';
import { StateKeys } from '../../../src/stores/state-keys';

const series: Series = { collection: 'log-a', name: 'ended', rowsPerDocument: 4, documents: 3 };
const random = { bytes: (count: number) => randomBytes(count) };

function world() {
  const store = createMemoryStore({ now: () => 0 });
  const stateKeys = new StateKeys([randomBytes(32)]);
  /** One view for each process. */
  const open = () => sealedDocuments({ store, stateKeys, random });
  return { store, open, documents: open() };
}

const numbers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, at) => from + at);

describe('a series of rows', () => {
  it('comes back in the order in which it was appended', async () => {
    const rows = new SegmentedRows(world().documents);
    await rows.append(series, numbers(3));
    await rows.append(series, numbers(6, 3));
    expect(await rows.read(series)).toEqual(numbers(9));
  });

  it('keeps the latest when there are too many', async () => {
    const { documents } = world();
    const rows = new SegmentedRows(documents);
    await rows.append(series, numbers(100));
    expect(await rows.read(series)).toEqual(numbers(12, 88));
    expect(await documents.list('log-a/')).toHaveLength(3);
  });

  it('loses nothing when several processes write at once', async () => {
    const { open } = world();
    const wide = { ...series, documents: 100 };
    const writers = numbers(4).map(() => new SegmentedRows(open()));
    for (let round = 0; round < 5; round += 1)
      await Promise.all(writers.map((rows, at) => rows.append(wide, [round * 10 + at])));
    const all = await new SegmentedRows(open()).read(wide);
    expect(all).toHaveLength(20);
    expect(new Set(all).size).toBe(20);
  });

  it('goes on behind a document that cannot be believed', async () => {
    const { store, documents } = world();
    const rows = new SegmentedRows(documents);
    await rows.append(series, numbers(2));
    const [last] = await documents.list('log-a/');
    await store.putIf(last?.name ?? '', 'planted', last?.version);
    await rows.append(series, numbers(2, 10));
    expect(await rows.read(series)).toEqual([10, 11]);
  });

  it('forgets from the oldest on and nothing that is young', async () => {
    const { documents } = world();
    const rows = new SegmentedRows(documents);
    await rows.append(series, numbers(10));
    await rows.forget(series, (row) => Number(row) < 6);
    expect(await rows.read(series)).toEqual([6, 7, 8, 9]);
    await rows.forget(series, () => true);
    expect(await documents.list('log-a/')).toEqual([]);
    await rows.append(series, [1]);
    expect(await rows.read(series)).toEqual([1]);
  });

  it('of another name is apart', async () => {
    const rows = new SegmentedRows(world().documents);
    await rows.append(series, [1]);
    expect(await rows.read({ ...series, name: 'refused' })).toEqual([]);
    expect(await rows.read({ ...series, collection: 'log-b' })).toEqual([]);
  });
});
