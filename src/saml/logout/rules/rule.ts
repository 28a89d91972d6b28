// The shape of a rule about a logout message: a row like those of a sign-in, over other data.

import type { RuleFailure } from '../../login/rules/rule';

/** What the message must say, from our own configuration and state. */
export interface ExpectedLogout {
  /** entityID of the connection's IdP. */
  readonly identityProvider: string;
  /** Our own address for logout messages. */
  readonly singleLogoutUrl: string;
  readonly clockSkewMs: number;
}

export interface ExpectedAnswer extends ExpectedLogout {
  /** The request of ours that was routed here. */
  readonly requestId: string;
}

export interface LogoutRule<Data, Expected> {
  /** Stable, `area.object`. */
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  /** Undefined: passed. */
  check(data: Data, expected: Expected, now: number): RuleFailure | undefined;
}
