// The state store that the configuration names, with the keys that seal what lies in it.

import type { Config } from '../config/config';
import { openStateKeys } from '../config/state-key-files';
import type { Events } from '../core/events';
import type { SsoContext } from '../sso/context';
import { keyedStore } from '../stores/keyed-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import { newStateKey, StateKeys } from '../stores/state-keys';
import { systemClock, systemRandom } from './system';

/** @throws ConfigError when a shared store has no state key and none can be made */
export function openStore(
  { state, stateKeys }: Pick<Config, 'state' | 'stateKeys'>,
  events: Events,
): Pick<SsoContext, 'store' | 'stateKeys'> {
  if (state.kind === 'memory') {
    // Gone with the process, like all that it seals; a listed key would add nothing.
    const keys = new StateKeys([newStateKey(systemRandom)]);
    return { store: createMemoryStore(systemClock), stateKeys: keys };
  }
  const keys = openStateKeys(stateKeys, systemRandom);
  const redis = createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(events),
  });
  const place = 'file' in stateKeys ? stateKeys.file : 'the file in `stateKeys`';
  const store = keyedStore(redis, keys, {
    clock: systemClock,
    remedy: `copy state.key from the machine that used it first to this one (here: ${place})`,
    onWrongKey: keyTrouble(events),
  });
  return { store, stateKeys: keys };
}

const repeatMs = 60_000;

/** The client tries every two seconds. */
function connectionTrouble(events: Events): (problem: string) => void {
  const hint =
    'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
  return sparingly((problem) => events.emit({ type: 'state.connection', problem, hint }));
}

/** Every request finds it again. */
function keyTrouble(events: Events): (problem: string) => void {
  const hint = 'Sign-ins are refused. All processes on one store need the same state key.';
  return sparingly((problem) => events.emit({ type: 'state.wrongKey', problem, hint }));
}

/** Says the same once a minute, and another thing at once. */
function sparingly(say: (problem: string) => void): (problem: string) => void {
  let last = { problem: '', at: 0 };
  return (problem) => {
    const now = systemClock.now();
    if (problem === last.problem && now - last.at < repeatMs) return;
    last = { problem, at: now };
    say(problem);
  };
}
