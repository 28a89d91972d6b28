// Says when a state store that was away answers again. It asks only after somebody has said that it does not.

import type { Events, Subscriber } from '../core/events';
import type { Timers } from '../core/ports';

interface StoreWatchPorts {
  readonly timers: Timers;
  readonly events: Events;
  /** Rejects while the store does not answer. */
  readonly ping: () => Promise<void>;
}

const lookMs = 5000;

export interface StoreWatch {
  readonly subscriber: Subscriber;
  readonly close: () => void;
}

/** @param ports asked for when there is trouble: the store is made after those who hear of it */
export function watchStore(ports: () => StoreWatchPorts): StoreWatch {
  let cancel: (() => void) | undefined;
  let isClosed = false;
  const lookLater = (): void => {
    if (isClosed) return;
    const { timers, events, ping } = ports();
    cancel = timers.after(lookMs, () => {
      ping().then(() => {
        cancel = undefined;
        if (!isClosed) events.emit({ type: 'state.back' });
      }, lookLater);
    });
  };
  return {
    subscriber: ({ type }) => {
      // In a turn of its own: the trouble may be that of making the store.
      if ((type === 'state.connection' || type === 'state.wrongKey') && cancel === undefined) {
        cancel = () => undefined;
        setImmediate(lookLater);
      }
    },
    close: () => {
      isClosed = true;
      cancel?.();
    },
  };
}
