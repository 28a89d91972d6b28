// What is known of one domain of one connection: that its owner put our text into the DNS, when that was seen last, and since
// when it is missing. A proof that goes missing counts for a while longer, because DNS is changed by hand and by mistake; a
// name server that does not answer takes nothing away until it has been silent for a month.

import { createHash } from 'node:crypto';

/** The document; times in milliseconds since 1970. */
export interface DomainProof {
  readonly domain: string;
  /** The text that was found. It stays good when the state keys change. */
  readonly text: string;
  readonly provenAt: number;
  /** The last look to which DNS gave an answer. */
  readonly checkedAt: number;
  readonly seenAt: number;
  readonly missingSince?: number;
  /** Days that were left when it was told last. */
  readonly toldDays?: number;
}

/** `missing`: it still counts. */
export type DomainStanding = 'proven' | 'missing' | 'unproven';

const DAY_MS = 86_400_000;
/** How long a proof counts that is not found any more. */
export const GRACE_MS = 7 * DAY_MS;
/** After so long without an answer a proof counts as missing. */
export const SILENCE_MS = 30 * DAY_MS;
export const RECHECK_MS = DAY_MS;

/** Where the record lies: RFC 8552, a label that no host has. */
export const recordName = (domain: string): string => `_wix-saml.${domain}`;

/** Its text says nothing about the domain, and is another one for every connection. */
export const recordText = (mac: Buffer): string => `wix-saml=${mac.subarray(0, 24).toString('base64url')}`;

/** A domain may be longer than the name of a document. */
export const proofName = (connection: string, domain: string): string =>
  `domain-proof/${connection}:${createHash('sha256').update(domain).digest('hex').slice(0, 40)}`;

/** Undefined for what we did not write, which proves nothing. */
export function readProof(value: unknown, domain: string): DomainProof | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = new Map<string, unknown>(Object.entries(value));
  const isNumber = (name: string): boolean => typeof record.get(name) === 'number';
  const isRight =
    record.get('domain') === domain &&
    typeof record.get('text') === 'string' &&
    ['provenAt', 'checkedAt', 'seenAt'].every(isNumber) &&
    (!record.has('missingSince') || isNumber('missingSince'));
  return isRight ? (value as DomainProof) : undefined;
}

/** @param now milliseconds since 1970 */
export function standingOf(proof: DomainProof | undefined, now: number): DomainStanding {
  if (proof === undefined) return 'unproven';
  const { seenAt, missingSince } = proof;
  // Also where nobody looked: a store that was set back, or a service that slept.
  if (now >= seenAt + SILENCE_MS + GRACE_MS) return 'unproven';
  if (missingSince === undefined) return 'proven';
  return now < missingSince + GRACE_MS ? 'missing' : 'unproven';
}

/** Whole days until it does not count any more; 0 afterwards. */
export const daysLeft = ({ missingSince = 0 }: DomainProof, now: number): number =>
  Math.max(0, Math.ceil((missingSince + GRACE_MS - now) / DAY_MS));

/** What one look found. */
export type Sight =
  { readonly kind: 'found'; readonly text: string } | { readonly kind: 'absent' | 'unknown' };

/** What is known after a look; undefined: no proof yet. The same object: nothing to write. */
export function proofAfter(
  proof: DomainProof | undefined,
  domain: string,
  sight: Sight,
  now: number,
): DomainProof | undefined {
  if (sight.kind === 'found') {
    const provenAt = proof !== undefined && standingOf(proof, now) !== 'unproven' ? proof.provenAt : now;
    return { domain, text: sight.text, provenAt, checkedAt: now, seenAt: now };
  }
  if (proof === undefined) return undefined;
  const isSilent = sight.kind === 'unknown' && now < proof.seenAt + SILENCE_MS;
  if (isSilent && proof.missingSince === undefined) return proof;
  const missing = { ...proof, missingSince: proof.missingSince ?? now };
  const toldDays = daysLeft(missing, now);
  const isNews = proof.missingSince === undefined || proof.toldDays !== toldDays;
  return isNews ? { ...missing, toldDays, ...(sight.kind === 'absent' ? { checkedAt: now } : {}) } : proof;
}
