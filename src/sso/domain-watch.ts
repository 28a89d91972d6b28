// Looks into the DNS while the service runs: daily for what is proven, every hour for what is not yet or not any more.

import type { Clock, Timers } from '../core/ports';
import type { DomainProofs } from './domain-proofs';
import { RECHECK_MS } from './domain-proof';
import type { ConnectionSettings } from './connection';

export interface DomainWatchPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Those in use now; nothing where domains need no proof. */
  readonly wanted: () =>
    { readonly proofs: DomainProofs; readonly connections: readonly ConnectionSettings[] } | undefined;
}

const lookMs = 3_600_000;
const firstLookMs = 2000;
/** Slow name servers must not hold up the others for hours. */
const AT_ONCE = 8;

/** @returns stops it */
export function watchDomains(ports: DomainWatchPorts): () => void {
  let closed = false;
  let cancel = ports.timers.after(firstLookMs, run);
  function run(): void {
    void lookAtAll(ports, () => closed).finally(() => {
      if (!closed) cancel = ports.timers.after(lookMs, run);
    });
  }
  return () => {
    closed = true;
    cancel();
  };
}

/** Everything whose time has come. Never rejects: a store that is away tells of itself. */
export async function lookAtAll(
  { clock, wanted }: Pick<DomainWatchPorts, 'clock' | 'wanted'>,
  isClosed: () => boolean = () => false,
): Promise<void> {
  const { proofs, connections = [] } = wanted() ?? {};
  if (proofs === undefined) return;
  const queue = connections.flatMap((connection) => {
    const { emailDomains } = connection.policy;
    return emailDomains === '*' ? [] : [...emailDomains].map((domain) => ({ connection, domain }));
  });
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined && !isClosed(); next = queue.pop()) {
      const { connection, domain } = next;
      try {
        const proof = await proofs.proof(connection.name, domain);
        const isFresh =
          proof !== undefined &&
          proof.missingSince === undefined &&
          clock.now() < proof.checkedAt + RECHECK_MS;
        if (!isFresh) await proofs.look(connection, domain);
      } catch {
        // The next look tries again; meanwhile what was proven counts.
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
