// Which of our keys is in use for what: a document in the state store, one for each purpose (and site), so that every process
// knows the same and nobody edits a configuration. It names keys by their thumbprints and holds none.

import { SsoError } from '../../core/errors';

export const rotatedPurposes = ['signing', 'encryption', 'exchange'] as const;
export type RotatedPurpose = (typeof rotatedPurposes)[number];

/** What a state is about; keys for the exchange belong to one site each. */
export type KeyUse =
  { readonly purpose: 'signing' | 'encryption' } | { readonly purpose: 'exchange'; readonly site: string };

/**
 * next: everybody is told of it, and it is not used yet. active: it signs, or is the one to encrypt for. previous: it can
 * take over again. retired: it is not used, and decrypts until its time is over.
 */
export const keyStages = ['next', 'active', 'previous', 'retired'] as const;
export type KeyStage = (typeof keyStages)[number];

export interface KeyRecord {
  /** SHA-256 of the certificate in hex, or the RFC 7638 thumbprint of an exchange key. */
  readonly id: string;
  /** Name of its files without ending, beside the configured key. Absent: it stands in the configuration. */
  readonly file?: string;
  readonly stage: KeyStage;
  /** Since when it is in this stage, milliseconds since 1970. */
  readonly since: number;
  /** A retired key decrypts until then. */
  readonly until?: number;
  /** Our metadata shows a next encryption key from then on: every process can decrypt with it by then. */
  readonly visibleFrom?: number;
}

export interface KeyState {
  /** Grows by one with every step. */
  readonly generation: number;
  readonly keys: readonly KeyRecord[];
}

/** The collection of these documents. */
export const KEYS = 'keys/';

export const documentOf = (use: KeyUse): string =>
  use.purpose === 'exchange' ? `${KEYS}exchange:${use.site}` : `${KEYS}${use.purpose}`;

/** A file name and nothing that leads elsewhere. */
const FILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;
const ID = /^[A-Za-z0-9_-]{40,64}$/;

/** @throws STATE_DOCUMENT_UNREADABLE when it is not of the form that we write: another version of ourselves wrote it */
export function readKeyState(document: string, value: unknown): KeyState {
  const fields = entriesOf(value);
  const generation = fields.get('generation');
  const list = fields.get('keys');
  const keys = Array.isArray(list) ? list.map(readRecord) : [];
  const whole = keys.filter((key) => key !== undefined);
  const active = whole.filter(({ stage }) => stage === 'active').length;
  if (typeof generation !== 'number' || active !== 1 || whole.length !== keys.length) {
    const problem = 'its form is not one that this version knows';
    throw new SsoError('STATE_DOCUMENT_UNREADABLE', { document, problem });
  }
  return { generation, keys: whole };
}

function readRecord(value: unknown): KeyRecord | undefined {
  const fields = entriesOf(value);
  const [id, file, since, until, visibleFrom] = ['id', 'file', 'since', 'until', 'visibleFrom'].map((name) =>
    fields.get(name),
  );
  const stage = keyStages.find((one) => one === fields.get('stage'));
  if (typeof id !== 'string' || !ID.test(id) || stage === undefined || typeof since !== 'number') {
    return undefined;
  }
  if (file !== undefined && !(typeof file === 'string' && FILE.test(file))) return undefined;
  return {
    id,
    ...(file === undefined ? {} : { file }),
    stage,
    since,
    ...(typeof until === 'number' ? { until } : {}),
    ...(typeof visibleFrom === 'number' ? { visibleFrom } : {}),
  };
}

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
