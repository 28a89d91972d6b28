// What the DNS has proven, as `wix-saml connections` shows it: with the record that is to be added.

import { loadConfig } from '../config/load';
import { ConfigError } from '../config/problem';
import { SsoError } from '../core/errors';
import { eventsTo } from '../core/events';
import { nameLine } from '../core/text';
import { txtLookup } from '../core/txt-lookup';
import { proofsToRead } from '../server/proofs-to-read';
import { isShared, withSharedDocuments } from '../server/shared-documents';
import { systemClock } from '../server/system';
import type { DomainView } from '../sso/domain-proofs';
import type { Terminal } from './terminal';

/** By connection; empty where domains need no proof, or nobody can be asked. */
export async function domainViews(
  file: string,
  terminal: Terminal,
  { look }: { readonly look: boolean },
): Promise<ReadonlyMap<string, readonly DomainView[]>> {
  try {
    const surroundings = { env: terminal.env, now: systemClock.now(), fetchMetadata: false };
    const config = await loadConfig(file, surroundings);
    if (config.provenDomains === undefined || !isShared(config)) return new Map();
    return await withSharedDocuments(config, eventsTo(), async (ports) => {
      const proofs = proofsToRead(ports, look ? txtLookup(config.provenDomains) : undefined);
      const views = config.connections.entries.map(async ({ settings }) => {
        const { name, policy } = settings;
        const domains = policy.emailDomains === '*' ? [] : [...policy.emailDomains];
        if (look) await Promise.all(domains.map((domain) => proofs.look(settings, domain)));
        return [name, await proofs.views(name, domains)] as const;
      });
      return new Map(await Promise.all(views));
    });
  } catch (cause) {
    if (!(cause instanceof SsoError) && !(cause instanceof ConfigError)) throw cause;
    terminal.err('What the DNS has proven cannot be read from here.');
    return new Map();
  }
}

const words = { proven: 'proven', missing: 'its record is missing', unproven: 'not proven' } as const;

export function domainLine({ domain, standing, record, provenAt, missingSince }: DomainView): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  if (standing === 'proven') return `${domain}: proven since ${day(provenAt ?? 0)}`;
  const since = missingSince === undefined ? '' : ` since ${day(missingSince)}`;
  return nameLine(`${domain}: ${words[standing]}${since}; add TXT ${record.name} with ${record.text}`, 500);
}
