// What a deployer decides about one connection. Policy can only narrow what the SAML rules have accepted.

/** Lower-case ASCII domains, compared exactly; `'*'` only when it was written out. */
export type EmailDomains = '*' | ReadonlySet<string>;

export interface MemberPolicy {
  readonly emailDomains: EmailDomains;
  /** Name of the attribute that holds the address when the NameID does not. */
  readonly emailAttribute?: string;
  /** AuthnContextClassRef values, one of which the assertion must carry. When absent, every class will do. */
  readonly requestedAuthnContext?: readonly string[];
  /** How long ago the person may have signed in at the IdP, in milliseconds. When absent, every age will do. */
  readonly maxAuthnAgeMs?: number;
}
