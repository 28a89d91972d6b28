// A verified assertion and the connection's policy → the one member to sign in. Sources of the address, in this order:
// the NameID when it is an address, the configured attribute, the well-known attribute names. Everything doubtful is
// refused by name: the address is the whole authorisation decision.

import { SsoError, type ErrorCode } from '../core/errors';
import { isPlainLine } from '../core/text';
import { nameIdFormat } from '../saml/names';
import { VerifiedAssertion } from '../saml/gate';
import type { AssertionData } from '../saml/assertion';
import { checkAuthentication } from './authentication';
import { parseEmail, type EmailAddress } from './email';
import type { EmailDomains, MemberPolicy } from './member-policy';

/** Attribute names under which IdPs send the address (Okta/Google, LDAP, eduPerson OID, WS-Federation claims). */
const wellKnownEmailAttributes = [
  'email',
  'mail',
  'emailAddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  'urn:mace:dir:attribute-def:mail',
] as const;

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
 * Formats whose values mean something else even when they look like an address (SAML Core §8.3): the Kerberos principal
 * alice@EXAMPLE.COM need not be the owner of the mailbox alice@example.com.
 */
const notAnAddress: ReadonlySet<string> = new Set([
  nameIdFormat.transient,
  nameIdFormat.persistent,
  nameIdFormat.entity,
  nameIdFormat.kerberos,
  nameIdFormat.windowsDomainQualifiedName,
  nameIdFormat.x509SubjectName,
]);

/** The address alone; also used by `explain`, where it grants nothing. */
export function resolveEmail(data: AssertionData, policy: MemberPolicy): string {
  const { nameId } = data;
  const format = nameId?.format;
  if (nameId?.value.includes('@') && !notAnAddress.has(format ?? ''))
    return allowed([nameId.value], policy.emailDomains);

  const names = policy.emailAttribute === undefined ? wellKnownEmailAttributes : [policy.emailAttribute];
  const fromAttributes = valuesOf(data, names);
  if (fromAttributes.length > 0) return allowed(fromAttributes, policy.emailDomains);

  if (format === nameIdFormat.transient) return refuse('POLICY_NAMEID_TRANSIENT');
  // A persistent identifier has no other meaning (IIP-SP12) unless it is an address and nothing else speaks.
  if (format === nameIdFormat.persistent && nameId?.value.includes('@')) {
    return allowed([nameId.value], policy.emailDomains);
  }
  return refuse(
    nameId !== undefined && format === nameIdFormat.emailAddress
      ? 'POLICY_EMAIL_INVALID'
      : 'POLICY_EMAIL_MISSING',
  );
}

function valuesOf(data: AssertionData, names: readonly string[]): string[] {
  const values: string[] = [];
  for (const name of names) {
    const attribute = data.attributes.get(name);
    if (attribute?.structured) refuse('POLICY_EMAIL_INVALID');
    values.push(...(attribute?.values ?? []).filter((value) => value !== ''));
  }
  return values;
}

/** Exactly one address inside the domains; every value must be an address. */
function allowed(values: readonly string[], domains: EmailDomains): string {
  const parsed: EmailAddress[] = values.map((value) => parseEmail(value) ?? refuse('POLICY_EMAIL_INVALID'));
  const inside = new Set(
    parsed.filter(({ domain }) => domains === '*' || domains.has(domain)).map(({ address }) => address),
  );
  const [address, second] = inside;
  if (address === undefined) return refuse('POLICY_EMAIL_DOMAIN_NOT_ALLOWED');
  if (second !== undefined) return refuse('POLICY_EMAIL_AMBIGUOUS');
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

function refuse(code: ErrorCode): never {
  throw new SsoError(code);
}
