/** Fingerprints of sign-ins that never were, for the judgement of a change. */
import { seriesOf } from '../../../src/admin/sign-in-log/entries';
import type { Fingerprint } from '../../../src/admin/sign-in-log/fingerprint';
import type { SealedDocuments } from '../../../src/stores/sealed-documents';
import { SegmentedRows } from '../../../src/stores/segmented-rows';

export const aPrint = (changes: Partial<Fingerprint> = {}): Fingerprint => ({
  ...{ at: 1, identityProvider: 'idp', keys: ['a'], signed: ['Assertion'], encrypted: false },
  ...{ algorithms: [], nameIdFormat: 'none', authnContexts: [], attributes: [] },
  ...{ sources: ['nameId'], otherAddresses: [], ...changes },
});

/** As if so many people had signed in. */
export function havePrints(
  documents: SealedDocuments,
  connection: string,
  prints: readonly Fingerprint[],
): Promise<void> {
  return new SegmentedRows(documents).append(seriesOf(connection, 'prints'), prints);
}
