// Who may end the sessions of a connection's people from outside.

import type { Secret } from '../core/secret';

/** Who may revoke; at least one of the two. */
export interface RevocationRules {
  readonly signed?: { readonly issuer: string; readonly jwksUri: string };
  readonly bearer?: Secret;
}
