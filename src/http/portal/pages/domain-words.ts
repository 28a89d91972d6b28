// The sentences of the page about domains, together.

import type { DomainStanding } from '../../../sso/domain-proof';

export const domainWords = {
  step: 'Your domains',
  heading: 'Prove your domains',
  introduction:
    'Only the owner of a domain can add a record to its DNS. For each domain below, add this TXT record where you manage the DNS of the domain. People sign in by addresses at these domains and at no others.',
  standing: {
    proven: 'Proven.',
    missing: 'The record is not there any more.',
    unproven: 'Not proven yet.',
  } satisfies Record<DomainStanding, string>,
  missing: 'Put it back: after seven days nobody at this domain can sign in.',
  type: 'Type: TXT',
  name: 'Name (host)',
  nameNote: (domain: string): string =>
    `Most DNS consoles add ${domain} by themselves; then enter only what stands before it.`,
  value: 'Value (text)',
  check: 'Check now',
  notFound: 'The record was not found. DNS changes can take an hour to be seen everywhere.',
  noAnswer: (reason: string): string =>
    `The name servers of this domain gave no answer (${reason}). Nothing was changed; check again later.`,
  hourly: 'You need not wait here: we look every hour until the record is there, and daily afterwards.',
  next: 'Continue',
} as const;
