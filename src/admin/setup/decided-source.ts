// Is it decided where the address comes from, and may this draft be activated? The operator's configuration decides first,
// then the admin; where a test found a single place there is nothing to decide.

import type { EmailSource } from '../../policy/member-policy';
import type { ConnectionEntry } from '../../sso/directory';
import type { Draft } from './documents';
import type { DraftAtHand } from './test-sign-in';

export const sameSource = (one: EmailSource, other: EmailSource): boolean =>
  sourceText(one) === sourceText(other);

/** As the configuration writes it, and no attribute can be taken for the NameID. */
export const sourceText = (source: EmailSource): string =>
  source === 'nameId' ? 'nameId' : `attribute:${source.attribute}`;

/** Undefined: not decided, or decided for a place where the last passed test found no address. */
export function decidedSource({ settings }: ConnectionEntry, draft: Draft): EmailSource | undefined {
  const sources = draft.passed?.sources ?? [];
  const [only, second] = sources;
  const chosen = settings.policy.emailFrom ?? draft.emailFrom ?? (second === undefined ? only : undefined);
  return chosen === undefined ? undefined : sources.find((source) => sameSource(source, chosen));
}

export type Readiness =
  | { readonly kind: 'ready'; readonly emailFrom: EmailSource }
  | { readonly kind: 'noMetadata' | 'notTested' | 'undecided' };

/** What is missing before a draft can be activated: a passed test of the present settings, and a decision. */
export function readinessOf(entry: ConnectionEntry, { value, connection, settings }: DraftAtHand): Readiness {
  if (connection === undefined) return { kind: 'noMetadata' };
  if (value.passed?.settings !== settings) return { kind: 'notTested' };
  const emailFrom = decidedSource(entry, value);
  return emailFrom === undefined ? { kind: 'undecided' } : { kind: 'ready', emailFrom };
}
