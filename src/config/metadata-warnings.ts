// What is worth a look about the metadata of a connection: nobody has brought it, or a part of it is of no use.

import type { Problem } from '../core/problem';
import type { Warning } from '../core/warnings';
import { metadataPath, reasonOf, stateAt, type ConnectionEntry } from '../sso/directory';

/** @param now milliseconds since 1970 */
export function metadataWarnings(entry: ConnectionEntry, now: number): readonly Warning[] {
  const state = stateAt(entry, now);
  const path = metadataPath(entry.settings);
  if (state.kind === 'down') return [];
  if (state.kind === 'waiting') {
    if (state.for !== 'setup') return [];
    const hint = `Send the administrator of the IdP a link (\`wix-saml invite ${entry.settings.name}\`); or save the metadata as a file and name the file here.`;
    return [{ code: 'METADATA_AWAITED', path, problem: reasonOf(state), hint }];
  }
  return state.skipped.map(unusable);
}

const unusable = (part: Problem): Warning => ({ code: 'METADATA_PART_UNUSABLE', ...part });
