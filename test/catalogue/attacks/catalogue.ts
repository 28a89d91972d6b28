/**
 * The attack catalogue is data: a case has an id, the advisory or clause that it comes from, a builder and what the service
 * provider must answer. Builders know nothing of the product; the runner sends what they make to the real POST /saml/acs.
 */
import type { IdpKeys } from '../../support/idp';
import type { RuleId } from '../../support/rule-ids';

export interface IdentityProviderContext {
  readonly entityId: string;
  readonly keys: IdpKeys;
}

/** What a case may use: the addresses of a running service provider and one request of its own, still unanswered. */
export interface AttackContext {
  readonly acsUrl: string;
  readonly spEntityId: string;
  /** The identity provider that the request was made for. */
  readonly idp: IdentityProviderContext;
  /** The identity provider of another connection of the same service provider. */
  readonly otherIdp: IdentityProviderContext;
  /** Keys that no connection knows. */
  readonly attackerKeys: IdpKeys;
  /** ID of a pending request to `idp`. */
  readonly requestId: string;
  /** ID of a pending request to `otherIdp`. */
  readonly otherRequestId: string;
  readonly now: Date;
  /** PEM of the first encryption certificate. */
  readonly encryptionCertificate: string;
  /** PEM of the service provider's own signing certificate. */
  readonly spSigningCertificate: string;
  /** Whose session an attacker wants. */
  readonly victim: string;
  /** Who the attacker really is at `idp`: inside the connection's domains. */
  readonly attacker: string;
}

export interface Posting {
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Appended to the ACS address, with its question mark. */
  readonly query?: string;
}

/** A refusal by its code, or acceptance of the person who really was signed. */
export type Verdict = string | { readonly acceptedAs: string };

export interface AttackCase {
  readonly id: string;
  /** What decides the case: the row or step that refuses it, or what it tries to mislead. */
  readonly rule: RuleId;
  readonly source: string;
  readonly expect: Verdict;
  readonly build: (context: AttackContext) => Posting;
  /** The request must be answerable afterwards: default true. False where the case itself completes a login. */
  readonly leavesRequestPending?: boolean;
}

/** A case before `under` says which rule it is about. */
export type AttackDraft = Omit<AttackCase, 'rule'>;

export function attack(
  id: string,
  source: string,
  expect: Verdict,
  build: (context: AttackContext) => Posting | string,
): AttackDraft {
  return {
    id,
    source,
    expect,
    leavesRequestPending: typeof expect === 'string',
    build: (context) => {
      const built = build(context);
      return typeof built === 'string' ? post(built) : built;
    },
  };
}

/** The form of the HTTP-POST binding for a message. */
export function post(xml: string | Buffer, relayState?: string): Posting {
  return form({
    SAMLResponse: Buffer.from(xml).toString('base64'),
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  });
}

export function form(fields: Record<string, string> | [string, string][]): Posting {
  return {
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  };
}
