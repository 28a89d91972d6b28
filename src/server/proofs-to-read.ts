// The proofs of domains for a command, which tells nobody and asks the DNS only when it is told to.

import { eventsTo } from '../core/events';
import type { Clock } from '../core/ports';
import type { TxtLookup } from '../core/txt-lookup';
import { DomainProofs } from '../sso/domain-proofs';
import type { SealedDocuments } from '../stores/sealed-documents';
import type { StateKeys } from '../stores/state-keys';

export const proofsToRead = (
  ports: {
    readonly documents: SealedDocuments;
    readonly stateKeys: StateKeys;
    readonly clock: Clock;
  },
  lookup: TxtLookup = () => Promise.resolve({ kind: 'unknown', reason: 'nobody asks' }),
): DomainProofs =>
  new DomainProofs({
    ...ports,
    events: eventsTo(),
    lookup,
  });
