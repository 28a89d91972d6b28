// The part of an app that tells people: those who hear of events, and the store as soon as it is there.

import type { Events, Subscriber } from '../../core/events';
import type { Ports } from '../../core/ports';
import { lastSeenIn } from '../../sso/last-seen';
import type { Composed } from '../compose';
import { watchStore } from '../store-watch';
import { systemTimers } from '../system';
import { TellerToBe, type Teller, type TellerPorts } from './teller';

export interface Notices {
  readonly subscribers: readonly Subscriber[];
  readonly open: (composed: Composed, ports: Ports) => void;
  readonly close: () => Promise<void>;
}

/** @param events asked for later: these hear of them */
export function openNotices(events: () => Events): Notices {
  const toBe = new TellerToBe();
  let opened: { readonly composed: Composed; readonly teller: Teller } | undefined;
  const watch = watchStore(() => ({
    timers: systemTimers,
    events: events(),
    ping: () => opened?.composed.context.store.ping() ?? Promise.reject(new Error('not there yet')),
  }));
  return {
    subscribers: [watch.subscriber, toBe.subscriber],
    open: (composed, ports) => {
      opened = { composed, teller: toBe.open(tellerPorts(composed, ports)) };
    },
    close: async () => {
      watch.close();
      await opened?.teller.close();
    },
  };
}

/** What is asked for each time follows the configuration. */
const tellerPorts = ({ living, documents }: Composed, { clock, random }: Ports): TellerPorts => ({
  ...{ clock, random, timers: systemTimers, events: living.events, store: living.context.store },
  ways: () => living.config.notify,
  isConnection: (name) => living.context.connections.byName(name) !== undefined,
  signIns: lastSeenIn('sign-ins', documents, clock),
  baseUrl: () => living.config.serviceProvider.baseUrl,
  outbound: () => living.config.outbound,
});
