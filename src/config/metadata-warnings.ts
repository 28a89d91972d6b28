// What is worth a look about the metadata of a connection: nobody has brought it, a part of it is of no use, or it ends soon.

import type { Problem } from '../core/problem';
import type { Warning } from '../core/warnings';
import { metadataPath, reasonOf, stateAt, type ConnectionEntry } from '../sso/directory';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Somebody has to save a file anew; an address renews itself, and only at the end is it worth a word. */
const fileSoonMs = 14 * DAY;
const addressSoonMs = DAY;

/** @param now milliseconds since 1970 */
export function metadataWarnings(entry: ConnectionEntry, now: number): readonly Warning[] {
  const state = stateAt(entry, now);
  const path = metadataPath(entry.settings);
  if (state.kind === 'down') return [];
  if (state.kind === 'waiting') {
    if (state.for !== 'setup') return [];
    const hint = 'Get it from the administrator of the IdP, save it as a file and name the file here.';
    return [{ code: 'METADATA_AWAITED', path, problem: reasonOf(state), hint }];
  }
  const isFile = 'file' in entry.metadata.from;
  const { validUntil } = state;
  const skipped = state.skipped.map(unusable);
  if (validUntil === undefined || validUntil > now + (isFile ? fileSoonMs : addressSoonMs)) return skipped;
  const instant = new Date(validUntil).toISOString();
  const problem = `is valid until ${instant}, ${inWords(validUntil - now)}: nobody can sign in after it`;
  const hint = isFile
    ? 'Save the current metadata of the IdP in its place; the service notices it.'
    : 'It is asked for again by itself. Look at the log for metadata.refreshFailed.';
  return [...skipped, { code: 'METADATA_ENDS', path, problem, hint }];
}

const unusable = (part: Problem): Warning => ({ code: 'METADATA_PART_UNUSABLE', ...part });

function inWords(ms: number): string {
  if (ms < 0) return 'which is over';
  return ms < 2 * DAY ? `in ${Math.floor(ms / HOUR)} hours` : `in ${Math.floor(ms / DAY)} days`;
}
