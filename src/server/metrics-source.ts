// What the metrics ask of the service when somebody reads them.

import type { ConnectionDirectory } from '../sso/directory';
import type { BreakerState } from '../wix/breaker';
import type { EndOf } from './ends';

export interface LineOf {
  readonly site: string;
  readonly state: BreakerState;
  /** People in the line of the site, in all processes together. */
  readonly waiting: number;
}

export interface MetricsSource {
  /** The directory as it is now. */
  readonly connections: () => ConnectionDirectory;
  /** The names of the sites as they are now. */
  readonly sites: Pick<ReadonlySet<string>, 'has'>;
  /** The sites as this process saw them last. */
  readonly lines: () => readonly LineOf[];
  /** What will end, as of now. */
  readonly ends: () => readonly EndOf[];
  /** Work that waits, by line. */
  readonly waiting: () => Readonly<Record<string, number>>;
  /** Rejects when the state store does not answer. */
  readonly ping: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
