// What comes to an end and needs somebody's hand before: certificates, ours and those of the IdPs, `validUntil` of metadata,
// and an address that has not answered for long. The same words for `check`, the start and the running service.

import { nameLine } from '../core/text';
import type { WarningCode } from '../core/warnings';
import { readCertificate } from '../saml/signature/certificate';
import type { KeyPair, ServiceProvider } from '../saml/service-provider';
import { metadataPath, stateAt, type ConnectionDirectory, type ConnectionEntry } from './directory';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days before an end at which it is told again; 0: it is there. */
const steps = [60, 30, 14, 7, 1, 0];
/** An address renews its metadata by itself: only on the last day is it worth a word. */
const renewsItself = 1;
/** So long may an address be silent when its metadata names no end. */
const silentMs = 7 * DAY;

export interface Ending {
  readonly warning: WarningCode;
  /** Where the configuration names what ends. */
  readonly path: string;
  readonly connection?: string;
  readonly site?: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** Days before it from which on it is told. */
  readonly noticeDays: number;
  readonly problem: (now: number) => string;
  readonly hint: string;
}

/** The last step that has come, in days; undefined: there is time. */
export function stepOf({ endsAt, noticeDays }: Ending, now: number): number | undefined {
  return steps.filter((days) => days <= noticeDays && endsAt - now <= days * DAY).at(-1);
}

/** Of our own certificates. */
export function ownEndings({ signing, decryption }: ServiceProvider): readonly Ending[] {
  const hint =
    '`wix-saml keys rotate` replaces it in three steps; with `state: memory` make a new pair, list it second, give the IdPs the new metadata, then move it to the first place.';
  const of = (pairs: readonly KeyPair[], name: string): Ending[] =>
    pairs.map(({ certificate }, index) => {
      const endsAt = Date.parse(readCertificate(certificate).validTo);
      const path = `serviceProvider.${name}[${index}].certificate`;
      const problem = expiry('the certificate', endsAt);
      return { warning: 'OWN_CERTIFICATE_ENDS', path, endsAt, noticeDays: 60, problem, hint };
    });
  return [...of(signing, 'signing'), ...of(decryption, 'decryption')];
}

/** Of what one connection has from its IdP; none when it is not ready. */
export function connectionEndings(entry: ConnectionEntry, now: number): readonly Ending[] {
  const state = stateAt(entry, now);
  if (state.kind !== 'ready') return [];
  const { name: connection, site } = entry.settings;
  const about = { path: metadataPath(entry.settings), connection, site };
  const hint = 'It still verifies. Get new metadata when the IdP changes its key.';
  const certificates = state.connection.identityProvider.signingKeys.map(
    ({ notAfter: endsAt, thumbprint, subject }): Ending => {
      const which = `the IdP’s certificate ${thumbprint.slice(0, 8)}… (${nameLine(subject, 80)})`;
      const problem = expiry(which, endsAt);
      return { warning: 'IDP_CERTIFICATE_ENDS', ...about, endsAt, noticeDays: 60, problem, hint };
    },
  );
  const isFile = 'file' in entry.metadata.from;
  const { validUntil, fetchedAt } = state;
  if (validUntil !== undefined) return [...certificates, { ...about, ...validity(validUntil, isFile) }];
  return fetchedAt === undefined ? certificates : [...certificates, { ...about, ...silence(fetchedAt) }];
}

/** Of everything. */
export const allEndings = (
  serviceProvider: ServiceProvider,
  { entries }: ConnectionDirectory,
  now: number,
): readonly Ending[] => [
  ...ownEndings(serviceProvider),
  ...entries.flatMap((entry) => connectionEndings(entry, now)),
];

const expiry = (which: string, notAfter: number) => (now: number) => {
  const day = new Date(notAfter).toISOString().slice(0, 10);
  const days = Math.max(0, Math.floor((notAfter - now) / DAY));
  return notAfter <= now ? `${which} expired on ${day}` : `${which} expires on ${day}, in ${days} days`;
};

/** Somebody has to save a file anew. */
const validity = (validUntil: number, isFile: boolean) => ({
  warning: 'METADATA_ENDS' as const,
  endsAt: validUntil,
  noticeDays: isFile ? 60 : renewsItself,
  problem: (now: number) =>
    `is valid until ${new Date(validUntil).toISOString()}, ${inWords(validUntil - now)}: nobody can sign in after it`,
  hint: isFile
    ? 'Save the current metadata of the IdP in its place; the service notices it.'
    : 'It is asked for again by itself. Look at the log for metadata.refreshFailed.',
});

function inWords(ms: number): string {
  if (ms < 0) return 'which is over';
  return ms < 2 * DAY ? `in ${Math.floor(ms / HOUR)} hours` : `in ${Math.floor(ms / DAY)} days`;
}

const silence = (fetchedAt: number) => ({
  warning: 'METADATA_SILENT' as const,
  endsAt: fetchedAt + silentMs,
  noticeDays: 0,
  problem: (now: number) =>
    `its address answered last ${Math.floor((now - fetchedAt) / DAY)} days ago; a key that the IdP has withdrawn since is still believed`,
  hint: 'Look at the log for metadata.refreshFailed. `maxStaleDays` sets an end to it.',
});
