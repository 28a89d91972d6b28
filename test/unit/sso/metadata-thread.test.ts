// Metadata that is larger than one IdP's is read in a thread. About 3 MB here; `npm run bench -- --only aggregate` has 80.

import { limits } from '../../../src/core/limits';
import { MetadataError, readMetadata } from '../../../src/saml/metadata/identity-provider-metadata';
import { describeCertificate, readCertificate } from '../../../src/saml/signature/certificate';
import { readMetadataBytes } from '../../../src/sso/metadata-thread';
import { makeIdpKeys } from '../../support/idp';
import { aggregate } from '../../support/aggregate.cjs';

const publisher = makeIdpKeys();
const idp = { entityId: 'https://idp.example.org/é', certificate: publisher.certificateBase64 };
const now = Date.parse('2026-01-01T00:00:00Z');
const signers = [describeCertificate(readCertificate(publisher.certificatePem))];
const pieces = [
  ...aggregate({ entities: 300, idp, signer: publisher.privateKey, validUntil: '2030-01-01T00:00:00Z' }),
].map((piece) => Buffer.from(piece));
const wanted = { entityId: idp.entityId, signers };

async function* body(given: readonly Buffer[] = pieces): AsyncGenerator<Buffer> {
  for (const piece of given) yield await Promise.resolve(piece);
}

const refusal = async (...given: Parameters<typeof readMetadataBytes>): Promise<unknown> =>
  readMetadataBytes(...given).catch((cause: unknown) => cause);

describe('#metadata.idp/thread a document that is too large to be read beside visitors', () => {
  it('is read, and its signature over all of it verified', async () => {
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(
      4 * limits.inlineMetadataBytes,
    );
    const xml = await readMetadataBytes(body(), wanted);
    expect(xml.length).toBeLessThan(10_000);
    const { identityProvider, validUntil } = readMetadata(xml, { now });
    expect(identityProvider.entityId).toBe(idp.entityId);
    expect(validUntil).toBe(Date.UTC(2030, 0, 1));
  });

  it('leaves the one that answers visitors free', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await readMetadataBytes(body(), wanted);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it('is refused in the words of the small one', async () => {
    const last = pieces.at(-2)!.toString().replace('index="1"', 'index="2"');
    const changed = [...pieces.slice(0, -2), Buffer.from(last), pieces.at(-1)!];
    expect(await refusal(body(changed), wanted)).toMatchObject({
      problem: 'The metadata was changed after it was signed.',
    });
    const other = describeCertificate(readCertificate(makeIdpKeys().certificatePem));
    const error = await refusal(body(), { ...wanted, signers: [other] });
    expect(error).toBeInstanceOf(MetadataError);
    expect(error).toMatchObject({
      problem: expect.stringMatching(/not signed by the certificate/) as unknown,
    });
    expect(await refusal(body(), { entityId: 'https://nobody.example' })).toMatchObject({
      problem: 'There is no entity https://nobody.example in it.',
    });
  });

  it('ends with what ends its source', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield* body(pieces.slice(0, 100));
      throw new RangeError('broken off');
    }
    expect(await refusal(broken(), wanted)).toEqual(new RangeError('broken off'));
  });

  it('ends when it wants more memory than one entity may need', async () => {
    const deep = Buffer.from(`<m:a>${'<m:b x="1"/>'.repeat(100_000)}</m:a>`);
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from('<m:EntitiesDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata">');
      yield Buffer.from(`<m:EntityDescriptor entityID="${idp.entityId}">`);
      for (let at = 0; at < 60; at += 1) yield await Promise.resolve(deep);
    }
    expect(await refusal(endless(), { entityId: idp.entityId })).toBeInstanceOf(MetadataError);
  });
});
