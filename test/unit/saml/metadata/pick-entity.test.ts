// A13: one IdP out of an aggregate that is larger than any message may be.

import { limits } from '../../../../src/core/limits';
import {
  MetadataError,
  pickEntity,
  readMetadata,
} from '../../../../src/saml/metadata/identity-provider-metadata';
import { idpMetadata } from '../../../support/idp';
import { idpKeys, NOW } from '../../../support/makers/valid';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const wanted = 'https://idp.example/é?a=1';
const withoutDeclaration = (xml: string): string => xml.replace(/^<\?xml[^>]*\?>\s*/, '');
const idp = (entityId: string): string =>
  withoutDeclaration(
    idpMetadata({ entityId, ssoUrl: `${entityId}&sso`, certificates: [idpKeys.certificateBase64] }),
  );
const sp = (at: number): string =>
  `<m:EntityDescriptor entityID="https://sp${String(at)}.example"><m:Extensions><x:y xmlns:x="urn:x">${'é'.repeat(40)}</x:y></m:Extensions><m:SPSSODescriptor protocolSupportEnumeration="p"><m:AssertionConsumerService/></m:SPSSODescriptor></m:EntityDescriptor>`;
const federation = (count: number, ...others: string[]): string => {
  const services = Array.from({ length: count }, (_, at) => sp(at));
  return `<?xml version="1.0"?><m:EntitiesDescriptor xmlns:m="${MD}" validUntil="2030-01-01T00:00:00Z">\r\n<m:Extensions/>${services.join('')}<m:EntitiesDescriptor cacheDuration="PT6H">${others.join('\r\n')}</m:EntitiesDescriptor></m:EntitiesDescriptor>`;
};

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

const picked = (text: string, entityId?: string, size = 4096): Promise<string> =>
  pickEntity(text.slice(0, size + 200), pieces(text.slice(size + 200), size), { entityId });
const refusal = async (text: string, entityId?: string, size?: number): Promise<MetadataError> => {
  const error: unknown = await picked(text, entityId, size).catch((cause: unknown) => cause);
  if (error instanceof MetadataError) return error;
  throw new Error('it was accepted');
};

describe('#metadata.idp/large-aggregate an aggregate', () => {
  it('A13: of 3 400 service providers and one IdP is read, wanted by name or alone', () => {
    const text = federation(3400, idp(wanted));
    for (const entityId of [wanted, undefined]) {
      const { identityProvider, validUntil, cacheDurationMs } = readMetadata(text, { now: NOW, entityId });
      expect(identityProvider.entityId).toBe(wanted);
      expect(validUntil).toBe(Date.UTC(2030, 0, 1));
      expect(cacheDurationMs).toBe(6 * 3_600_000);
    }
  });

  it.each([1000, 997, 64])('gives the same in pieces of %d characters', async (size) => {
    const text = federation(20, idp('https://other.example'), idp(wanted));
    const once = readMetadata(text, { now: NOW, entityId: wanted });
    const again = readMetadata(await picked(text, wanted, size), { now: NOW });
    expect(again).toEqual(once);
  });

  it('of more than is kept is read in pieces, and is the same as the small one', async () => {
    const text = federation(30_000, idp(wanted));
    expect(text.length).toBeGreaterThan(limits.metadataBytes);
    const xml = await picked(text, undefined, 65_536);
    expect(xml.length).toBeLessThan(10_000);
    expect(readMetadata(xml, { now: NOW }).identityProvider.entityId).toBe(wanted);
  });

  it('without the wanted one, or with several, is refused with names', async () => {
    const two = federation(1, idp('https://a.example'), idp('https://b.example'));
    expect((await refusal(two)).problem).toBe('There are 2 IdPs in it.');
    expect((await refusal(two, 'https://c.example')).hint).toBe(
      'It holds https://sp0.example, https://a.example, https://b.example.',
    );
    expect((await refusal(federation(2, idp('x'), idp('x')), 'x')).problem).toContain('2 times');
    expect((await refusal(federation(9))).hint).toMatch(/describes a service provider/);
  });
});

describe('what is refused in pieces', () => {
  it('is no metadata', async () => {
    expect((await refusal('<a/>')).problem).toBe('The document is a a, not SAML metadata.');
    expect((await refusal(`<html>${' '.repeat(5000)}`)).problem).toMatch(/^The document is a html/);
    expect((await refusal(' '.repeat(5000))).problem).toBe('The metadata is larger than 4 MB.');
  });

  it('is not plain, wherever it stands', async () => {
    const text = federation(200, idp(wanted));
    expect((await refusal(text.slice(0, -5))).problem).toMatch(/not plain XML/);
    expect((await refusal(text.replace(sp(199), '<?x?>'))).problem).toMatch(/processing instruction/);
    expect((await refusal(text.replace(sp(199), '\u0000'))).problem).toMatch(/not text in UTF-8/);
    const deep = `${'<m:x>'.repeat(64)}${'</m:x>'.repeat(64)}`;
    expect((await refusal(text.replace(sp(199), deep))).problem).toMatch(/depth/);
  });

  it('is one entity that is larger than what is kept, or the whole beyond every bound', async () => {
    const large = idp(wanted).replace('entityID', `x="${'x'.repeat(limits.metadataBytes)}" entityID`);
    expect((await refusal(federation(1, large), wanted, 65_536)).problem).toBe(
      'The metadata is larger than 4 MB.',
    );
    const gap = federation(2, idp(wanted)).replace(sp(1), ' '.repeat(limits.metadataBytes + 100_000));
    expect((await refusal(gap, wanted, 65_536)).problem).toBe('The metadata is larger than 4 MB.');
    async function* endless(): AsyncGenerator<string> {
      const piece = await Promise.resolve(`${' '.repeat(1024 * 1024)}<m:x/>`);
      for (;;) yield piece;
    }
    const error: unknown = await pickEntity(`<m:EntitiesDescriptor xmlns:m="${MD}">`, endless(), {}).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({ problem: 'The metadata is larger than 100 MB.' });
  });
});
