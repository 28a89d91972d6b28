// What lies in the store of one connection's set-up: the draft that an IT admin works on, and what is live. Changed only by
// who has seen the latest version, so that of two admins one learns of the other. That
// we wrote what is read back, its seal says; metadata in it is judged like any other, whenever it is used.

import { SsoError } from '../../core/errors';
import type { EmailSource } from '../../policy/member-policy';
import type { SealedDocuments } from '../../stores/sealed-documents';

/** Where an IdP's metadata came from, for whoever looks at it later. */
export type MetadataOrigin = 'address' | 'file' | 'paste' | 'values';

export interface BroughtMetadata {
  readonly xml: string;
  readonly origin: MetadataOrigin;
  /** Of the origin `address`. */
  readonly address?: string;
}

/** Who did it, and when. */
export interface Act {
  /** Id of the set-up link; `operator` for a command. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Draft {
  /** Id of a product in admin/idps, or `other`. */
  readonly product?: string;
  readonly metadata?: BroughtMetadata & Act;
  /** The source of the address that the admin chose. */
  readonly emailFrom?: EmailSource;
  /** What the last passed test was made with (see `settingsOf`), and which sources of the address would do. */
  readonly passed?: Act & { readonly settings: string; readonly sources: readonly EmailSource[] };
  /** The admin is done. */
  readonly handedOver?: Act;
}

export interface Live extends Act {
  readonly metadata: BroughtMetadata & Act;
  readonly emailFrom: EmailSource;
  /** Thumbprints and entityID, for the history of later changes. */
  readonly summary: string;
}

export interface LiveRecord {
  /** Undefined after an undo of the first activation. */
  readonly live?: Live | undefined;
  /** What was live before, the latest first. */
  readonly before: readonly Live[];
}

/** A document with the version that a change of it has to name. */
export interface Seen<T> {
  readonly value: T;
  readonly version: string | undefined;
}

const draftName = (connection: string): string => `setup-draft/${connection}`;
export const LIVE_PREFIX = 'setup-live/';
const liveName = (connection: string): string => LIVE_PREFIX + connection;
/** Earlier settings that can be brought back. */
const REMEMBERED = 5;

export async function readDraft(documents: SealedDocuments, connection: string): Promise<Seen<Draft>> {
  const document = await documents.get(draftName(connection));
  const value: Draft = isRecord(document?.value) ? document.value : {};
  return { value, version: document?.version };
}

/** @throws SETUP_CONFLICT (rejects) when it was changed since it was seen */
export async function writeDraft(
  documents: SealedDocuments,
  connection: string,
  { value, version }: Seen<Draft>,
): Promise<void> {
  const written = await documents.putIf(draftName(connection), value, version);
  if (written === undefined) throw new SsoError('SETUP_CONFLICT', { connection });
}

export async function readLive(documents: SealedDocuments, connection: string): Promise<Seen<LiveRecord>> {
  const document = await documents.get(liveName(connection));
  const record = document?.value;
  const value: LiveRecord = isRecord(record) && 'before' in record ? (record as LiveRecord) : { before: [] };
  return { value, version: document?.version };
}

/** Puts something live, or nothing, and remembers what was. @throws SETUP_CONFLICT (rejects) */
export async function writeLive(
  documents: SealedDocuments,
  connection: string,
  {
    seen,
    live,
    before,
  }: { readonly seen: Seen<LiveRecord>; readonly live?: Live; readonly before: readonly Live[] },
): Promise<void> {
  const value: LiveRecord = { ...(live === undefined ? {} : { live }), before: before.slice(0, REMEMBERED) };
  const written = await documents.putIf(liveName(connection), value, seen.version);
  if (written === undefined) throw new SsoError('SETUP_CONFLICT', { connection });
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
