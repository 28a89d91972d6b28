// What a ticket carries of the IdP's session, so that the session can be ended there and from there: the NameID with all its
// qualifiers (they have to be given back as they came, SAML Core §3.7.1), the SessionIndex, and when the IdP ends it.

import { limits } from '../core/limits';
import type { AssertionData } from '../saml/assertion';
import { parseDateTime } from '../saml/xml/date-time';

export interface SessionNameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  readonly spProvidedId?: string;
}

export interface SessionSubject {
  /** Absent where the Subject names nobody, and the address came from an attribute. */
  readonly nameId?: SessionNameId;
  readonly sessionIndex?: string;
  /** SessionNotOnOrAfter, the earliest, in milliseconds since 1970. */
  readonly endsAt?: number;
  /** When the sign-in began, in milliseconds since 1970: what was ended later takes it along. */
  readonly requestedAt: number;
}

/** @param data of a verified assertion */
export function sessionSubjectOf(
  { nameId, authnStatements }: Pick<AssertionData, 'nameId' | 'authnStatements'>,
  requestedAt: number,
): SessionSubject {
  const sessionIndex = authnStatements.find((each) => isShort(each.sessionIndex))?.sessionIndex;
  const ends = authnStatements
    .map(({ sessionNotOnOrAfter }) => parseDateTime(sessionNotOnOrAfter))
    .filter((instant) => instant !== undefined);
  return {
    ...(nameId === undefined || !Object.values(nameId).every(isShort) ? {} : { nameId }),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(ends.length === 0 ? {} : { endsAt: Math.min(...ends) }),
    requestedAt,
  };
}

/** What is longer is kept nowhere: such a session cannot be ended by its name, and ends like all others. */
const isShort = (text: string | undefined): boolean =>
  text !== undefined && text.length <= limits.sessionNameChars;

/** Of a record that we sealed ourselves: catches one of another version. */
export function isSessionSubject(value: unknown): value is SessionSubject {
  return typeof value === 'object' && value !== null && 'requestedAt' in value;
}
