// From a directory that was read anew and the one in use → the one to use next. A connection whose metadata still comes from
// the same source keeps what it has, as long as there is nothing better: reading a configuration again must not cost a
// connection that works.

import { isDeepStrictEqual } from 'node:util';
import { connectTo } from './connection';
import { ConnectionDirectory, type ConnectionEntry, type ConnectionState } from './directory';

export function carryOver(fresh: ConnectionDirectory, inUse: ConnectionDirectory): ConnectionDirectory {
  return new ConnectionDirectory(
    fresh.entries.map((entry) => {
      const before = inUse.byName(entry.settings.name);
      if (before === undefined || !isDeepStrictEqual(before.metadata, entry.metadata)) return entry;
      return Object.freeze({ ...entry, state: Object.freeze(better(entry, before.state)) });
    }),
  );
}

function better({ settings, state }: ConnectionEntry, before: ConnectionState): ConnectionState {
  if (state.kind === 'ready') return state;
  if (before.kind === 'ready') {
    return { ...before, connection: connectTo(settings, before.connection.identityProvider) };
  }
  if (before.kind !== 'down') return state;
  return state.kind === 'down' ? { ...state, since: before.since } : before;
}
