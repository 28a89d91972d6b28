// What `setup` says, against the rest of the configuration: a proof has to outlive a restart, and nobody activates alone what
// proves nothing.

import type { ConfigParts } from './config-parts';
import type { Draft } from './options';
import { below, report, type At } from './reading';

export function buildSetup(
  { setup, state, connections }: Draft,
  root: At,
): Pick<ConfigParts, 'setupPages' | 'provenDomains' | 'selfActivation'> {
  const at = below(root, 'setup');
  const isProven = setup.domains === 'proven';
  if (isProven && state.kind === 'memory')
    report(
      below(at, 'domains'),
      'needs a store that outlives a restart: proofs in memory are lost with it',
      'Write `state: file:state`, or name a Redis.',
    );
  for (const [name, { emailDomains }] of isProven ? (connections ?? []) : [])
    if (emailDomains === '*')
      report(
        below(below(below(root, 'connections'), name), 'emailDomains'),
        'names no domain that could be proven, as `setup.domains: proven` demands',
        'List the organisation’s own domains.',
      );
  if (setup.activation === 'self' && !isProven)
    report(
      below(at, 'activation'),
      'lets an IT admin activate alone, which needs `domains: proven`',
      'Write `domains: proven` beside it, or `activation: operator`.',
    );
  return {
    setupPages: setup.pages === 'on',
    selfActivation: setup.activation === 'self',
    ...(isProven ? { provenDomains: Object.freeze({ servers: setup.dnsServers }) } : {}),
  };
}
