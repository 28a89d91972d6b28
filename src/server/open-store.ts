// The state store that the configuration names, with the keys that seal what lies in it.

import type { Config } from '../config/config';
import { openStateKeys } from '../config/state-key-files';
import { errorTable } from '../core/error-table';
import type { SsoError } from '../core/errors';
import type { Events } from '../core/events';
import type { SsoContext } from '../sso/context';
import { createFileStore } from '../stores/file-store';
import { keyedStore } from '../stores/keyed-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import { newStateKey, StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import { systemClock, systemRandom } from './system';

/** @throws ConfigError when a durable store has no state key and none can be made */
export function openStore(
  { state, stateKeys }: Config,
  events: Events,
): Pick<SsoContext, 'store' | 'stateKeys'> {
  if (state.kind === 'memory') {
    // Gone with the process, like all that it seals; a listed key would add nothing.
    const keys = new StateKeys([newStateKey(systemRandom)]);
    return { store: createMemoryStore(systemClock), stateKeys: keys };
  }
  const keys = openStateKeys(stateKeys, systemRandom);
  const place = 'file' in stateKeys ? stateKeys.file : 'the file in `stateKeys`';
  const remedy =
    state.kind === 'file'
      ? `use the state.key that the directory was begun with (here: ${place})`
      : `copy state.key from the machine that used it first to this one (here: ${place})`;
  const store = keyedStore(durableStore(state, events), keys, {
    clock: systemClock,
    remedy,
    onWrongKey: keyTrouble(events),
  });
  return { store, stateKeys: keys };
}

function durableStore(state: Exclude<Config['state'], { kind: 'memory' }>, events: Events): StateStore {
  if (state.kind === 'file') {
    return createFileStore({
      directory: state.directory,
      clock: systemClock,
      random: systemRandom,
      onRefusal: directoryTrouble(events),
    });
  }
  return createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(events),
  });
}

const repeatMs = 60_000;

/** The client tries every two seconds. */
function connectionTrouble(events: Events): (problem: string) => void {
  const hint =
    'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
  return sparingly((problem) => events.emit({ type: 'state.connection', problem, hint }));
}

/** Tried again every second or two. */
function directoryTrouble(events: Events): (refusal: SsoError) => void {
  const say = sparingly((problem, hint: string) => events.emit({ type: 'state.connection', problem, hint }));
  return ({ code, detail: { problem = code } }) =>
    say(problem, `Sign-ins are refused meanwhile. ${errorTable[code].remedy}`);
}

/** Every request finds it again. */
function keyTrouble(events: Events): (problem: string) => void {
  const hint = 'Sign-ins are refused. All processes on one store need the same state key.';
  return sparingly((problem) => events.emit({ type: 'state.wrongKey', problem, hint }));
}

/** Says the same once a minute, and another thing at once. */
function sparingly<Rest extends unknown[]>(
  say: (problem: string, ...rest: Rest) => void,
): (problem: string, ...rest: Rest) => void {
  let last = { problem: '', at: 0 };
  return (problem, ...rest) => {
    const now = systemClock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    say(problem, ...rest);
  };
}
