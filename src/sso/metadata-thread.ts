// The bytes of metadata → the text that is kept, without keeping visitors waiting: what is larger than the metadata of one
// IdP is read in a thread of its own, with a heap of its own. At most some pieces of the document are ever in memory.

import { extname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { limits } from '../core/limits';
import { MetadataError, type Picking } from '../saml/metadata/identity-provider-metadata';
import { keptMetadata } from './kept-metadata';
import type { WorkerAnswer, WorkerTask } from './metadata-worker';

/** Of the thread: one entity twice, what is open, and room for the collector. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/** The same folder beside this one, also for the command line, which is built into one file in a folder of its own. */
const workerFile = join(__dirname, '..', 'sso', `metadata-worker${extname(__filename)}`);

/**
 * @param body in pieces; a document of more than `limits.inlineMetadataBytes` goes to the thread
 * @throws MetadataError (rejects), and what `body` throws
 */
export async function readMetadataBytes(body: AsyncIterable<Buffer>, picking: Picking): Promise<string> {
  const pieces = body[Symbol.asyncIterator]();
  const beginning: Buffer[] = [];
  for (let bytes = 0; bytes <= limits.inlineMetadataBytes;) {
    const next = await pieces.next();
    if (next.done === true) return keptMetadata(inPieces(beginning), picking);
    beginning.push(next.value);
    bytes += next.value.length;
  }
  const { Worker: Thread } = await import('node:worker_threads');
  const workerData: WorkerTask = {
    entityId: picking.entityId,
    signers: picking.signers?.map(({ certificate }) => certificate),
  };
  const worker = new Thread(workerFile, { workerData, resourceLimits });
  try {
    return await answerOf(worker, async () => {
      const first = beginning.shift();
      return first === undefined ? pieces.next() : { value: first };
    });
  } finally {
    await worker.terminate();
  }
}

async function* inPieces(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

type NextPiece = () => Promise<{ readonly done?: boolean | undefined; readonly value: Buffer | undefined }>;

function answerOf(worker: Worker, next: NextPiece): Promise<string> {
  const feed = async (): Promise<void> => {
    const { done, value } = await next();
    if (done === true || value === undefined) {
      worker.postMessage(null);
      return;
    }
    // A copy of just these bytes, handed over: what a Buffer lies in may hold more, and would be copied as a whole.
    const piece = new Uint8Array(value);
    worker.postMessage(piece, [piece.buffer]);
  };
  return new Promise((resolve, reject) => {
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer === 'more') feed().catch(reject);
      else if ('xml' in answer) resolve(answer.xml);
      else reject(new MetadataError(answer.problem, answer.hint));
    });
    worker.on('error', (cause) => reject(isOutOfMemory(cause) ? tooMuch(cause) : cause));
    worker.on('exit', () => reject(new Error('the thread that reads metadata has ended')));
  });
}

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

const tooMuch = (cause: unknown): MetadataError =>
  new MetadataError(
    'The metadata needs more memory than is set aside for reading it.',
    'Use a Metadata Query for this one entity, or the metadata of the IdP itself.',
    cause,
  );
