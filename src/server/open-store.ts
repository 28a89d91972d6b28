// The state store that the configuration names, with the keys that seal what lies in it.

import type { ConfigParts } from '../config/config-parts';
import { openStateKeys } from '../config/state-key-files';
import type { Events } from '../core/events';
import type { Clock, Ports } from '../core/ports';
import type { SsoContext } from '../sso/context';
import { keyedStore } from '../stores/keyed-store';
import { createMemoryStore } from '../stores/memory-store';
import { createRedisStore } from '../stores/redis-store';
import { newStateKey, StateKeys } from '../stores/state-keys';
import { sparingly } from './sparingly';

/** @throws ConfigError when a shared store has no state key and none can be made */
export function openStore(
  { state, stateKeys }: ConfigParts,
  events: Events,
  { clock, random }: Ports,
): Pick<SsoContext, 'store' | 'stateKeys'> {
  if (state.kind === 'memory') {
    // Gone with the process, like all that it seals; a listed key would add nothing.
    const keys = new StateKeys([newStateKey(random)]);
    return { store: createMemoryStore(clock), stateKeys: keys };
  }
  const keys = openStateKeys(stateKeys, random);
  const redis = createRedisStore({
    url: state.url.reveal(),
    keyPrefix: 'wix-saml:',
    onConnectionError: connectionTrouble(events, clock),
  });
  const place = 'file' in stateKeys ? stateKeys.file : 'the file in `stateKeys`';
  const store = keyedStore(redis, keys, {
    clock,
    remedy: `copy state.key from the machine that used it first to this one (here: ${place})`,
    onWrongKey: keyTrouble(events, clock),
  });
  return { store, stateKeys: keys };
}

/** The client tries every two seconds. */
function connectionTrouble(events: Events, clock: Clock): (problem: string) => void {
  const hint =
    'Sign-ins are refused until it answers. Check `state` and the Redis server; it is tried again by itself.';
  return sparingly(clock, (problem) => events.emit({ type: 'state.connection', problem, hint }));
}

/** Every request finds it again. */
function keyTrouble(events: Events, clock: Clock): (problem: string) => void {
  const hint = 'Sign-ins are refused. All processes on one store need the same state key.';
  return sparingly(clock, (problem) => events.emit({ type: 'state.wrongKey', problem, hint }));
}
