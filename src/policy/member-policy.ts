// What a deployer decides about one connection. Policy can only narrow what the SAML rules have accepted.

import type { MfaWay } from './mfa';

/** Lower-case ASCII domains, compared exactly; `'*'` only when it was written out. */
export type EmailDomains = '*' | ReadonlySet<string>;

/** The one place of an assertion that holds the address: the NameID, or the attribute with exactly this Name. */
export type EmailSource = 'nameId' | { readonly attribute: string };

export interface MemberPolicy {
  readonly emailDomains: EmailDomains;
  /** Domains that other connections of the same site name. They belong to those, so `'*'` does not reach them. */
  readonly domainsOfOthers?: ReadonlySet<string>;
  /** When absent, the NameID and the well-known attributes must not contradict each other. */
  readonly emailFrom?: EmailSource;
  /** AuthnContextClassRef values, one of which the assertion must carry. When absent, every class will do. */
  readonly requestedAuthnContext?: readonly string[];
  /** MFA is demanded, and this proves it. When absent, nothing is demanded. */
  readonly mfa?: MfaWay;
  /** How long ago the person may have signed in at the IdP, in milliseconds. When absent, every age will do. */
  readonly maxAuthnAgeMs?: number;
}
