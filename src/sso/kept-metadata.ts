// The bytes of metadata → the text that is kept: a small document as it is, of a large or a signed one the wanted entity
// alone. What has to be signed and is not, never becomes a text.

import { TextDecoder } from 'node:util';
import { limits } from '../core/limits';
import { pickEntity, type Picking } from '../saml/metadata/identity-provider-metadata';

/** @throws MetadataError (rejects), and what `body` throws */
export async function keptMetadata(
  body: AsyncIterable<Buffer>,
  { entityId, signers }: Picking,
): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const chunks = body[Symbol.asyncIterator]();
  let beginning = '';
  while (beginning.length <= limits.inlineMetadataBytes) {
    const next = await chunks.next();
    if (next.done === true) {
      beginning += decoder.decode();
      return signers === undefined ? beginning : pickEntity(beginning, nothing, { entityId, signers });
    }
    beginning += decoder.decode(next.value, { stream: true });
  }
  const rest = { [Symbol.asyncIterator]: () => chunks };
  return pickEntity(beginning, textsOf(rest, decoder), { entityId, signers });
}

const nothing: AsyncIterable<string> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

async function* textsOf(rest: AsyncIterable<Buffer>, decoder: TextDecoder): AsyncGenerator<string> {
  for await (const chunk of rest) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
