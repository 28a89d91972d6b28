// The log as one of those who hear of events: each becomes level, name and fields for a `Log`, our own or a host's.
// Level, names and fields of the lines are a contract with whoever reads them (docs/events.md).

import { levelOf, type Subscriber } from '../core/events';
import type { Log } from './app-types';

/** Writes a line for every event; what the log throws, the event's origin meets. */
export function lineWriter(log: Log): Subscriber {
  return (event) => {
    const { type, ...fields } = event;
    log(levelOf(event), type, fields);
  };
}
