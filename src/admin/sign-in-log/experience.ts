// What a change of a connection would have meant for the last sign-ins: judged by their fingerprints, in which there is nobody.

import type { EmailSource } from '../../policy/member-policy';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { SegmentedRows } from '../../stores/segmented-rows';
import { sourceText } from '../setup/decided-source';
import { seriesOf } from './entries';
import type { Fingerprint } from './fingerprint';

const LATEST = 200;

/** Of how many sign-ins that succeeded which would have failed, and by what; the first reason of each counts. */
export interface Experience {
  readonly signIns: number;
  readonly pass: number;
  /** They came from another IdP than the new one. */
  readonly otherIdentityProvider: number;
  /** Signed by a key that the new settings have not, with its thumbprint. */
  readonly byMissingKey: readonly { readonly thumbprint: string; readonly count: number }[];
  /** Nothing stands where the address would be looked for. */
  readonly noAddress: number;
  /** An address stands there, and it is another one: those people would be somebody else. */
  readonly otherAddress: number;
}

export interface ProposedChange {
  readonly identityProvider: {
    readonly entityId: string;
    readonly signingKeys: readonly { readonly thumbprint: string }[];
  };
  /** Where the address comes from; undefined: that stays as it is. */
  readonly emailFrom?: EmailSource | undefined;
}

/** The latest 200, the oldest first. @throws STATE_… (rejects) */
export async function readFingerprints(
  documents: SealedDocuments,
  connection: string,
): Promise<readonly Fingerprint[]> {
  const rows = await new SegmentedRows(documents).read(seriesOf(connection, 'prints'));
  return rows.filter(isFingerprint).slice(-LATEST);
}

/** Undefined while nobody has signed in yet. @throws STATE_… (rejects) */
export async function judgeByExperience(
  documents: SealedDocuments,
  connection: string,
  change: ProposedChange,
): Promise<Experience | undefined> {
  const prints = await readFingerprints(documents, connection);
  return prints.length === 0 ? undefined : experienceOf(prints, change);
}

export function experienceOf(prints: readonly Fingerprint[], change: ProposedChange): Experience {
  const { entityId, signingKeys } = change.identityProvider;
  const keys = new Set(signingKeys.map(({ thumbprint }) => thumbprint));
  const source = change.emailFrom === undefined ? undefined : sourceText(change.emailFrom);
  const byMissingKey = new Map<string, number>();
  const counts = { pass: 0, otherIdentityProvider: 0, noAddress: 0, otherAddress: 0 };
  for (const print of prints) {
    const missing = print.keys.find((key) => !keys.has(key));
    if (print.identityProvider !== entityId) counts.otherIdentityProvider += 1;
    else if (missing !== undefined) byMissingKey.set(missing, (byMissingKey.get(missing) ?? 0) + 1);
    else if (source !== undefined && print.otherAddresses.includes(source)) counts.otherAddress += 1;
    else if (source !== undefined && !print.sources.includes(source)) counts.noAddress += 1;
    else counts.pass += 1;
  }
  return {
    signIns: prints.length,
    ...counts,
    byMissingKey: [...byMissingKey].map(([thumbprint, count]) => ({ thumbprint, count })),
  };
}

const LISTS = ['keys', 'sources', 'otherAddresses'];

/** Their seal says that we wrote it; this leaves out one of another version of ourselves. */
function isFingerprint(value: unknown): value is Fingerprint {
  if (typeof value !== 'object' || value === null) return false;
  const row = new Map<string, unknown>(Object.entries(value));
  return (
    typeof row.get('identityProvider') === 'string' && LISTS.every((name) => Array.isArray(row.get(name)))
  );
}
