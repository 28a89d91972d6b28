// What is worth a look about the metadata of a connection: nobody has brought it, or a part of it is of no use.

import type { Problem } from '../core/problem';
import { metadataPath, reasonOf, stateAt, type ConnectionEntry } from '../sso/directory';

/** @param now milliseconds since 1970 */
export function metadataWarnings(entry: ConnectionEntry, now: number): readonly Problem[] {
  const state = stateAt(entry, now);
  const path = metadataPath(entry.settings);
  if (state.kind === 'down') return [];
  if (state.kind === 'waiting') {
    if (state.for !== 'setup') return [];
    const hint = 'Get it from the administrator of the IdP, save it as a file and name the file here.';
    return [{ path, problem: reasonOf(state), hint }];
  }
  return state.skipped;
}
