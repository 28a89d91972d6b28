// Which address an assertion names. One source decides: the configured one, or, when none is configured, all that could
// be meant, if they agree. What is no mailbox is nobody's address and hides no other source.

import { SsoError, type ErrorCode } from '../core/errors';
import type { AssertionData, AttributeValues } from '../saml/assertion';
import { nameIdFormat } from '../saml/names';
import { parseEmail, type EmailAddress } from './email';
import { shownName, whatCame } from './evidence';
import type { EmailSource, MemberPolicy } from './member-policy';
import { isWellKnownEmailAttribute } from './well-known-attributes';

/**
 * Formats whose values mean something else even when they look like an address (SAML Core §8.3): the Kerberos principal
 * alice@EXAMPLE.COM need not be the owner of the mailbox alice@example.com.
 */
const namesSomethingElse: ReadonlySet<string> = new Set([
  nameIdFormat.entity,
  nameIdFormat.kerberos,
  nameIdFormat.windowsDomainQualifiedName,
  nameIdFormat.x509SubjectName,
]);

/** Formats that promise no more than an identifier of the IdP's own. */
const opaque: ReadonlySet<string> = new Set([nameIdFormat.persistent, nameIdFormat.transient]);

/** A place in the assertion, with the line of the configuration that would make it the only one. */
interface Source {
  readonly name: string;
  readonly line: string;
  /** As they came, without empty ones. */
  readonly values: readonly string[];
  /** Something stands there that cannot be read as text, or means something else. */
  readonly unusable: boolean;
}

/**
 * The one address, whatever its domain.
 *
 * @throws SsoError POLICY_EMAIL_MISSING, POLICY_EMAIL_INVALID, POLICY_EMAIL_AMBIGUOUS, POLICY_NAMEID_TRANSIENT with what was
 *   looked for and what came
 */
export function findAddress(
  data: AssertionData,
  { emailFrom }: Pick<MemberPolicy, 'emailFrom'>,
): EmailAddress {
  return emailFrom === undefined ? fromAgreement(data) : fromOne(data, emailFrom);
}

function nameIdSource({ nameId }: AssertionData): Source {
  const { value = '', format = '' } = nameId ?? {};
  return {
    name: 'the NameID',
    line: 'emailFrom: nameId',
    values: value === '' ? [] : [value],
    unusable: namesSomethingElse.has(format),
  };
}

function attributeSource(name: string, attribute: AttributeValues | undefined): Source {
  return {
    name: `the attribute ${shownName(name)}`,
    line: `emailFrom: ${shownName(name)}`,
    values: (attribute?.values ?? []).filter((value) => value !== ''),
    unusable: attribute?.structured === true,
  };
}

/** Only the configured source counts, and every value in it. */
function fromOne(data: AssertionData, emailFrom: EmailSource): EmailAddress {
  const isNameId = emailFrom === 'nameId';
  const asked = isNameId ? undefined : emailFrom.attribute;
  const source =
    asked === undefined ? nameIdSource(data) : attributeSource(asked, data.attributes.get(asked));
  const addresses = addressesOf(source);
  const [address] = addresses;
  const refuse = (code: ErrorCode): never => {
    const expected = `one address in ${source.name} (emailFrom of the connection)`;
    throw new SsoError(code, { expected, received: whatCame(data, { asked, first: address?.address }) });
  };
  if (isNameId && data.nameId?.format === nameIdFormat.transient) return refuse('POLICY_NAMEID_TRANSIENT');
  if (source.unusable || addresses.length < source.values.length) return refuse('POLICY_EMAIL_INVALID');
  if (address === undefined) return refuse('POLICY_EMAIL_MISSING');
  if (areSeveral(addresses)) return refuse('POLICY_EMAIL_AMBIGUOUS');
  return address;
}

/** Nothing is configured: the NameID and the well-known attributes, as far as they hold mailboxes, must agree. */
function fromAgreement(data: AssertionData): EmailAddress {
  const format = data.nameId?.format ?? '';
  const attributes = [...data.attributes.values()]
    .filter(({ name }) => isWellKnownEmailAttribute(name))
    .map((attribute) => attributeSource(attribute.name, attribute));
  const nameId = nameIdSource(data);
  const sources = opaque.has(format) ? attributes : [nameId, ...attributes];
  const addresses = sources.filter(({ unusable }) => !unusable).flatMap(addressesOf);
  // A persistent identifier has no other meaning (IIP-SP12) unless it is an address and nothing else speaks.
  if (format === nameIdFormat.persistent && !attributes.some(isFilled))
    addresses.push(...addressesOf(nameId));
  const [address] = addresses;
  const refuse = (code: ErrorCode, expected: string): never => {
    throw new SsoError(code, { expected, received: whatCame(data, { first: address?.address }) });
  };
  if (areSeveral(addresses)) return refuse('POLICY_EMAIL_AMBIGUOUS', decidingLines(sources));
  return (
    address ??
    refuse(
      codeForNothing(format, nameId, attributes),
      'one address in the NameID or in a well-known attribute (the connection has no emailFrom)',
    )
  );
}

const addressesOf = ({ values }: Source): EmailAddress[] =>
  values.map(parseEmail).filter((address) => address !== undefined);

const areSeveral = (addresses: readonly EmailAddress[]): boolean =>
  addresses.some(({ address }) => address !== addresses[0]?.address);

const isFilled = ({ values, unusable }: Source): boolean => unusable || values.length > 0;

/** Of several sources that contradict each other, the lines that would settle it. */
function decidingLines(sources: readonly Source[]): string {
  const lines = sources
    .filter((source) => {
      const addresses = addressesOf(source);
      const isWhole = !source.unusable && addresses.length === source.values.length;
      return isWhole && addresses.length > 0 && !areSeveral(addresses);
    })
    .map(({ line }) => `\`${line}\``);
  return lines.length === 0
    ? 'one address, not several in one source'
    : `one address; ${lines.join(' or ')} in the connection would decide`;
}

function codeForNothing(format: string, nameId: Source, attributes: readonly Source[]): ErrorCode {
  if (attributes.some(isFilled)) return 'POLICY_EMAIL_INVALID';
  if (format === nameIdFormat.transient) return 'POLICY_NAMEID_TRANSIENT';
  const isAttempt =
    !nameId.unusable &&
    nameId.values.some((value) => value.includes('@') || format === nameIdFormat.emailAddress);
  return isAttempt ? 'POLICY_EMAIL_INVALID' : 'POLICY_EMAIL_MISSING';
}
