// What we understood of metadata that somebody brought, before anything is saved: for comparing with the IdP's own screen.

import type { IdentityProvider } from '../../saml/identity-provider';
import type { ConnectionEntry } from '../../sso/directory';
import { changesBetween, type MetadataChanges } from '../../sso/metadata-changes';
import type { Trouble } from '../../sso/read-metadata';
import type { BroughtMetadata } from './documents';
import { judgeBrought, type Judged } from './draft-connection';

export interface PreviewKey {
  readonly subject: string;
  /** SHA-256, lower-case hex. */
  readonly thumbprint: string;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  readonly expired: boolean;
}

export type Preview =
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | {
      readonly kind: 'understood';
      readonly entityId: string;
      readonly displayName?: string | undefined;
      /** Binding and address. */
      readonly endpoints: readonly string[];
      readonly keys: readonly PreviewKey[];
      readonly validUntil?: number | undefined;
      readonly skipped: readonly Trouble[];
      /** Against what is live; absent: nothing is, or nothing changes. */
      readonly changes?: MetadataChanges | undefined;
    };

/** @param live the IdP by which people sign in now */
export function previewOf(
  entry: ConnectionEntry,
  metadata: Pick<BroughtMetadata, 'xml'>,
  judged: Judged,
  live: IdentityProvider | undefined,
): Preview {
  const state = judgeBrought(entry, metadata, undefined, judged);
  if (state.kind === 'down') return { kind: 'trouble', trouble: state.trouble };
  const { identityProvider } = state.connection;
  return {
    kind: 'understood',
    entityId: identityProvider.entityId,
    displayName: identityProvider.displayName,
    endpoints: identityProvider.singleSignOnServices.map(({ binding, location }) => `${binding} ${location}`),
    keys: identityProvider.signingKeys.map(({ subject, thumbprint, notAfter }) => ({
      ...{ subject, thumbprint, notAfter },
      expired: notAfter < judged.now,
    })),
    validUntil: state.validUntil,
    skipped: state.skipped,
    changes: live === undefined ? undefined : changesBetween(live, identityProvider),
  };
}
