// The state store that the configuration names, with the keys that seal what lies in it.

import type { ConfigParts } from '../config/config-parts';
import { openStateKeys } from '../config/state-key-files';
import { errorTable } from '../core/error-table';
import type { SsoError } from '../core/errors';
import type { Events } from '../core/events';
import type { Clock, Ports } from '../core/ports';
import type { SsoContext } from '../sso/context';
import { createFileStore } from '../stores/file-store';
import { keyedStore } from '../stores/keyed-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import { newStateKey, StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import { sparingly } from './sparingly';

/** @throws ConfigError when a durable store has no state key and none can be made */
export function openStore(
  { state, stateKeys }: Pick<ConfigParts, 'state' | 'stateKeys'>,
  events: Events,
  ports: Ports,
): Pick<SsoContext, 'store' | 'stateKeys'> {
  if (state.kind === 'memory') {
    // Gone with the process, like all that it seals; a listed key would add nothing.
    const keys = new StateKeys([newStateKey(ports.random)]);
    return { store: createMemoryStore(ports.clock), stateKeys: keys };
  }
  const keys = openStateKeys(stateKeys, ports.random);
  const place = 'file' in stateKeys ? stateKeys.file : 'the file in `stateKeys`';
  const remedy =
    state.kind === 'file'
      ? `use the state.key that the directory was begun with (here: ${place})`
      : `copy state.key from the machine that used it first to this one (here: ${place})`;
  const store = keyedStore(durableStore(state, events, ports), keys, {
    clock: ports.clock,
    remedy,
    onWrongKey: keyTrouble(events, ports.clock),
  });
  return { store, stateKeys: keys };
}

function durableStore(
  state: Exclude<ConfigParts['state'], { kind: 'memory' }>,
  events: Events,
  { clock, random }: Ports,
): StateStore {
  if (state.kind === 'file') {
    return createFileStore({
      directory: state.directory,
      clock,
      random,
      onRefusal: directoryTrouble(events, clock),
    });
  }
  return createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(events, clock),
  });
}

/** The client tries every two seconds. */
function connectionTrouble(events: Events, clock: Clock): (problem: string) => void {
  const hint =
    'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
  return sparingly(clock, (problem) => events.emit({ type: 'state.connection', problem, hint }));
}

/** Tried again every second or two. */
function directoryTrouble(events: Events, clock: Clock): (refusal: SsoError) => void {
  const say = sparingly(clock, (problem, hint: string) =>
    events.emit({ type: 'state.connection', problem, hint }),
  );
  return ({ code, detail: { problem = code } }) =>
    say(problem, `Sign-ins are refused meanwhile. ${errorTable[code].cause} ${errorTable[code].remedy}`);
}

/** Every request finds it again. */
function keyTrouble(events: Events, clock: Clock): (problem: string) => void {
  const hint = 'Sign-ins are refused. All processes on one store need the same state key.';
  return sparingly(clock, (problem) => events.emit({ type: 'state.wrongKey', problem, hint }));
}
