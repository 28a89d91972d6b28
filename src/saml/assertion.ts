// What an Assertion says, as plain data in the standard's words. Data carries no trust; the classes Assertion (read.ts)
// and VerifiedAssertion (rules/check.ts) do.

export interface NameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  readonly spProvidedId?: string;
}

export interface SubjectConfirmation {
  readonly method: string;
  readonly recipient?: string;
  readonly inResponseTo?: string;
  /** xs:dateTime text, as it stands. */
  readonly notBefore?: string;
  readonly notOnOrAfter?: string;
}

export interface Conditions {
  readonly notBefore?: string;
  readonly notOnOrAfter?: string;
  /** One entry per AudienceRestriction: all must match (AND), any Audience inside one (OR). */
  readonly audienceRestrictions: readonly (readonly string[])[];
  /** Names of conditions that the standard does not define. */
  readonly unknown: readonly string[];
}

export interface AuthnStatement {
  readonly authnInstant?: string;
  readonly sessionIndex?: string;
  readonly sessionNotOnOrAfter?: string;
  readonly authnContextClassRef?: string;
}

export interface AttributeValues {
  readonly name: string;
  /** Text values, in document order; repeated Attributes of one name are merged. */
  readonly values: readonly string[];
  /** Some value has elements inside and is not among the texts. */
  readonly structured: boolean;
}

/** The Response around the Assertion. Verified when `signed`; otherwise good for refusals only. */
export interface ResponseData {
  readonly signed: boolean;
  readonly encrypted: boolean;
  readonly id?: string;
  readonly version?: string;
  readonly issueInstant?: string;
  readonly issuer?: NameId;
  readonly destination?: string;
  readonly inResponseTo?: string;
  /** Top-level code first. */
  readonly statusCodes: readonly string[];
}

export interface AssertionData {
  readonly response: ResponseData;
  readonly id?: string;
  readonly version?: string;
  readonly issueInstant?: string;
  readonly issuer: NameId;
  readonly hasSubject: boolean;
  readonly nameId?: NameId;
  readonly subjectConfirmations: readonly SubjectConfirmation[];
  readonly conditions?: Conditions;
  readonly authnStatements: readonly AuthnStatement[];
  /** By Name. A Map: an IdP may call an attribute `__proto__`. */
  readonly attributes: ReadonlyMap<string, AttributeValues>;
}
