// The thread that reads metadata which is too large for the one that answers visitors: it is sent the bytes piece by piece,
// asks for each, and sends back the text that is kept. Started by metadata-thread.

import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { MetadataError } from '../saml/metadata/identity-provider-metadata';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import { keptMetadata } from './kept-metadata';

/** What the thread is started with. */
export interface WorkerTask {
  readonly entityId: string | undefined;
  /** PEM; keys do not travel between threads as they are. */
  readonly signers: readonly string[] | undefined;
}

/** `more`: the next piece, please; null ends them. */
export type WorkerAnswer =
  'more' | { readonly xml: string } | { readonly problem: string; readonly hint: string };

async function* piecesFrom(port: NonNullable<typeof parentPort>): AsyncGenerator<Buffer> {
  for (;;) {
    const received = once(port, 'message');
    port.postMessage('more' satisfies WorkerAnswer);
    const [piece] = (await received) as [Uint8Array | null];
    if (piece === null) return;
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}

async function answerTo(
  { entityId, signers }: WorkerTask,
  pieces: AsyncIterable<Buffer>,
): Promise<WorkerAnswer> {
  try {
    const keys = signers?.map((pem) => describeCertificate(readCertificate(pem)));
    return { xml: await keptMetadata(pieces, { entityId, signers: keys }) };
  } catch (cause) {
    // Anything else ends the thread, and its starter hears of it.
    if (!(cause instanceof MetadataError)) throw cause;
    return { problem: cause.problem, hint: cause.hint };
  }
}

if (parentPort !== null) {
  const port = parentPort;
  void answerTo(workerData as WorkerTask, piecesFrom(port)).then((answer) => port.postMessage(answer));
}
