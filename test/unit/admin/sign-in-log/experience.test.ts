/** Fingerprints of sign-ins, and what a change would have meant for them. */
import {
  experienceOf,
  readFingerprints,
  type Experience,
} from '../../../../src/admin/sign-in-log/experience';
import type { Fingerprint } from '../../../../src/admin/sign-in-log/fingerprint';
import { aPrint } from '../../../support/makers/prints';
import { seriesOf } from '../../../../src/admin/sign-in-log/entries';
import { SegmentedRows } from '../../../../src/stores/segmented-rows';
import { EMAIL } from '../../../support/makers/setting';
import { signInLogWorld, type SignInLogWorld } from '../../../support/makers/sign-in-log-world';

describe('the fingerprint of a sign-in', () => {
  let world: SignInLogWorld;
  beforeEach(async () => {
    world = await signInLogWorld();
  });
  afterEach(() => world.stop());

  it('holds how the IdP signs, formats and names, and nothing of the person', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState, {
      attributes: [
        { name: 'mail', values: [EMAIL] },
        { name: 'manager', values: ['grace@acme.example'] },
        { name: 'displayName', values: ['Ada Lovelace'] },
      ],
    });
    await world.settle();
    const [print] = await readFingerprints(world.documents, 'acme');
    expect(print).toMatchObject({
      identityProvider: 'https://idp.acme.example/metadata',
      encrypted: false,
      attributes: ['mail', 'manager', 'displayName'],
      sources: ['nameId', 'attribute:mail'],
      otherAddresses: ['attribute:manager'],
    });
    expect(print?.keys).toHaveLength(1);
    expect(print?.keys[0]).toMatch(/^[0-9a-f]{64}$/);
    for (const personal of [EMAIL, '@acme', 'Ada', 'grace', 'Lovelace'])
      expect(JSON.stringify(print)).not.toContain(personal);
  });

  it('is kept for the latest 200', async () => {
    const { requestId, relayState } = await world.begin();
    await world.answer(requestId, relayState);
    await world.settle();
    const [print] = await readFingerprints(world.documents, 'acme');
    const rows = Array.from({ length: 320 }, (_, at) => ({ ...print, at }));
    await new SegmentedRows(world.documents).append(seriesOf('acme', 'prints'), rows);
    const kept = await readFingerprints(world.documents, 'acme');
    expect([kept.length, kept[0]?.at, kept.at(-1)?.at]).toEqual([200, 120, 319]);
    expect(await readFingerprints(world.documents, 'globex')).toEqual([]);
  });
});

describe('a change', () => {
  const idp = (...thumbprints: string[]) => ({
    entityId: 'idp',
    signingKeys: thumbprints.map((thumbprint) => ({ thumbprint })),
  });
  const found = (changes: Partial<Experience>): Experience => ({
    ...{ signIns: 1, pass: 0, otherIdentityProvider: 0, byMissingKey: [], noAddress: 0, otherAddress: 0 },
    ...changes,
  });

  it.each<[string, Fingerprint, Parameters<typeof experienceOf>[1], Experience]>([
    ['of nothing', aPrint(), { identityProvider: idp('a', 'b') }, found({ pass: 1 })],
    [
      'that takes a key away',
      aPrint(),
      { identityProvider: idp('b') },
      found({ byMissingKey: [{ thumbprint: 'a', count: 1 }] }),
    ],
    [
      'that takes one of two keys away',
      aPrint({ keys: ['b', 'a'] }),
      { identityProvider: idp('b') },
      found({ byMissingKey: [{ thumbprint: 'a', count: 1 }] }),
    ],
    [
      'of the IdP',
      aPrint({ identityProvider: 'another' }),
      { identityProvider: idp('a') },
      found({ otherIdentityProvider: 1 }),
    ],
    [
      'of the source to where nothing is',
      aPrint(),
      { identityProvider: idp('a'), emailFrom: { attribute: 'mail' } },
      found({ noAddress: 1 }),
    ],
    [
      'of the source to where somebody else is',
      aPrint({ otherAddresses: ['attribute:mail'] }),
      { identityProvider: idp('a'), emailFrom: { attribute: 'mail' } },
      found({ otherAddress: 1 }),
    ],
    [
      'of the source to where the same is',
      aPrint({ sources: ['nameId', 'attribute:mail'] }),
      { identityProvider: idp('a'), emailFrom: { attribute: 'mail' } },
      found({ pass: 1 }),
    ],
  ])('%s is judged', (_, one, change, expected) => {
    expect(experienceOf([one], change)).toEqual(expected);
  });
});
