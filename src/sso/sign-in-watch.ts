// What a sign-in shows to whoever keeps its log, beside the events: the answer at hand, which no event may hold. It is told
// after the decision and can change nothing of it.

import type { SsoError } from '../core/errors';
import type { MemberIdentity } from '../policy/member';
import type { VerifiedAssertion } from '../saml/gate';
import type { Connection } from './connection';

export interface AcceptedSignIn {
  readonly connection: Connection;
  readonly signIn: string;
  readonly reference: string;
  readonly assertion: VerifiedAssertion;
  readonly member: MemberIdentity;
}

export interface RefusedSignIn {
  readonly refusal: SsoError;
  readonly reference: string;
  /** The form field. */
  readonly samlResponse: string | Uint8Array;
  /** Which request the answer claims to be for. Unverified. */
  readonly requestId: string | undefined;
}

/** Both return at once, keep nothing that is large, and never throw. */
export interface SignInWatch {
  accepted(signIn: AcceptedSignIn): void;
  refused(signIn: RefusedSignIn): void;
}
