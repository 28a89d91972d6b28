// A verified assertion and the connection's policy → the one member to sign in. Everything doubtful is refused by name:
// the address is the whole authorisation decision.

import { SsoError } from '../core/errors';
import { isPlainLine } from '../core/text';
import { VerifiedAssertion } from '../saml/gate';
import type { AssertionData } from '../saml/assertion';
import { checkAuthentication } from './authentication';
import { domainsInWords, mayVouchFor } from './email-domains';
import { whatCame } from './evidence';
import { findAddress } from './find-address';
import type { MemberPolicy } from './member-policy';

export interface MemberNames {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly nickname?: string;
}

let mint: (email: string, names: MemberNames) => MemberIdentity;

/** Who may be signed in. Made by resolveMember only. */
export class MemberIdentity {
  readonly #minted = true;
  /** Normalised: lower-case ASCII, inside the connection's domains. */
  readonly email: string;
  readonly names: MemberNames;

  private constructor(email: string, names: MemberNames) {
    this.email = email;
    this.names = Object.freeze(names);
    Object.freeze(this);
  }

  static isMinted(value: MemberIdentity): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (email, names) => new MemberIdentity(email, names);
  }
}

/**
 * Decides who signs in.
 *
 * @param now milliseconds since 1970
 * @param clockSkewMs how far the IdP's clock may be off
 * @throws SsoError POLICY_…
 */
export function resolveMember(
  assertion: VerifiedAssertion,
  policy: MemberPolicy,
  now: number,
  clockSkewMs: number,
): MemberIdentity {
  if (!VerifiedAssertion.isMinted(assertion))
    throw new TypeError('resolveMember takes what acceptResponse returned');
  const { data } = assertion;
  checkAuthentication(data, policy, now, clockSkewMs);
  return mint(resolveEmail(data, policy), readNames(data));
}

/**
 * The address alone, inside the connection's domains; also used by `explain`, where it grants nothing.
 *
 * @throws SsoError POLICY_EMAIL_…, POLICY_NAMEID_TRANSIENT
 */
export function resolveEmail(data: AssertionData, policy: MemberPolicy): string {
  const { address, domain } = findAddress(data, policy);
  if (!mayVouchFor(policy, domain)) {
    const { emailFrom } = policy;
    const asked = typeof emailFrom === 'object' ? emailFrom.attribute : undefined;
    throw new SsoError('POLICY_EMAIL_DOMAIN_NOT_ALLOWED', {
      expected: domainsInWords(policy),
      received: whatCame(data, { asked, first: address }),
    });
  }
  return address;
}

const firstNameAttributes = [
  'givenName',
  'firstName',
  'urn:oid:2.5.4.42',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
];
const lastNameAttributes = [
  'sn',
  'surname',
  'lastName',
  'urn:oid:2.5.4.4',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
];
const nicknameAttributes = [
  'displayName',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
];

/** Names are decoration for a new member: the first usable text, never a reason to refuse. */
function readNames(data: AssertionData): MemberNames {
  const first = (names: readonly string[]): string | undefined =>
    names.flatMap((name) => data.attributes.get(name)?.values ?? []).find(isDisplayable);
  const firstName = first(firstNameAttributes);
  const lastName = first(lastNameAttributes);
  const nickname = first(nicknameAttributes);
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(nickname === undefined ? {} : { nickname }),
  };
}

/** One line of at most 100 characters without control, format or separator characters. */
function isDisplayable(text: string): boolean {
  return text.trim() !== '' && text.length <= 100 && isPlainLine(text);
}
