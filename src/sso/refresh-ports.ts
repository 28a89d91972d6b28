// What renewing metadata needs of the world.

import type { Events } from '../core/events';
import type { OutboundWay } from '../core/outbound-way';
import type { Clock, Random, Timers } from '../core/ports';
import type { Spans } from '../core/spans';
import type { MetadataCopies } from './metadata-copies';

export interface RefreshPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly events: Events;
  /** Absent: nobody watches. */
  readonly spans?: Spans | undefined;
  readonly copies: MetadataCopies;
  /** How addresses are asked; absent: straight. */
  readonly way?: OutboundWay;
  /** entityID of the service provider, which no IdP has. */
  readonly ours: string;
}
