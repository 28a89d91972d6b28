// What we know about one IdP product: its screens, its words for our values, its traps. One file per product holds it
// as data; the commands, the documentation and the set-up pages read it, so that a renamed field is changed once.

/** What an administrator copies from us into a form of the product. */
export type OurValue =
  | 'entityId'
  | 'acs'
  /** A regular expression or list that restricts the ACS URL. */
  | 'acsValidator'
  /** Where a sign-in starts, for tiles and bookmarks. */
  | 'loginUrl'
  /** Fields for a fixed RelayState, which stay empty. */
  | 'relayState'
  /** Our metadata, by address or as a file. */
  | 'metadataUrl'
  | 'nameIdFormat'
  /** The certificate of our requests. */
  | 'signing'
  /** The certificate to which assertions are encrypted. */
  | 'encryption'
  | 'singleLogout';

/** What a refusal is about, as far as a field at the IdP mends it. */
export type Topic =
  | 'audience'
  | 'acs'
  /** Which of Response and Assertion is signed. */
  | 'signing'
  /** Signature and digest algorithm. */
  | 'algorithm'
  | 'nameId'
  | 'encryption'
  /** Who may use the application. */
  | 'assignment'
  /** Where the product's own, current metadata is. */
  | 'metadata'
  /** How long an assertion is valid, and how early. */
  | 'clock'
  | 'mfa'
  | 'attributes';

export interface Recognition {
  /** Matches the entityIDs that the product gives itself; absent where the customer chooses them freely. */
  readonly entityId?: RegExp;
  /** Matches the address of its single sign-on service: the second chance, for an entityID that was chosen. */
  readonly singleSignOnService?: RegExp;
}

export interface MetadataPlace {
  /** Its metadata address; upper-case words are to be replaced. Absent where it publishes none. */
  readonly address?: string;
  /** The menu path to a file or to the address. */
  readonly file?: string;
  /** One sentence that saves a wrong download. */
  readonly note?: string;
}

/** How a connection can demand that the person used more than one factor, and how the answer shows it. */
export interface MfaDemand {
  /** Values for the option `requestedAuthnContext`: asked for, and one of them must come back. */
  readonly requestedAuthnContext?: readonly string[];
  /** An attribute that shows MFA; one of the values must be among those sent. */
  readonly attribute?: { readonly name: string; readonly values: readonly string[] };
  /** Classes that the product itself sends after MFA. */
  readonly authnContextClassRef?: readonly string[];
  /** One or more sentences for the administrator; begins with "Unknown:" where no source says how MFA is shown. */
  readonly how: string;
}

export interface IdpProduct {
  /** The name of its file. */
  readonly id: string;
  /** As its vendor writes it. */
  readonly name: string;
  readonly recognise: Recognition;
  /** Its field names for our values, exactly as on its screens. */
  readonly ourValues: Readonly<Partial<Record<OurValue, readonly string[]>>>;
  /** What to do in its console, in order: from nothing to an application that people can use. */
  readonly steps: readonly string[];
  readonly metadata: MetadataPlace;
  /** What goes wrong with it, one sentence each. */
  readonly traps: readonly string[];
  /** The field that mends a refusal, as a menu path. */
  readonly fieldsToChange: Readonly<Partial<Record<Topic, string>>>;
  readonly mfa: MfaDemand;
  /** `YYYY-MM`: the month of the newest dated source; the month of reading, where `unchecked` holds {@link undated}. */
  readonly checked: string;
  /** Public addresses of the documentation that was read. */
  readonly sources: readonly string[];
  /** Statements above that no source confirmed. */
  readonly unchecked: readonly string[];
}

/** For `unchecked`: nobody can tell how old the description of the screens is. */
export const undated = 'The sources carry no date of their own; the month is that of reading them.';
