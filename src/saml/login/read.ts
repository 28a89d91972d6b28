// Verified XML → Assertion. Where the schema allows no extension, whatever is not understood is refused (it might have
// been a restriction); where it does, extensions are ignored (IIP-EXT01). Texts (xs:string: Issuer, NameID, attributes) are
// copied as they stand; addresses, times and names have their white space collapsed, as XML Schema 2 §4.3.6 says of their
// types, and no other change: no defaults, comments already gone.

import { SsoError } from '../../core/errors';
import type {
  AssertionData,
  AttributeValues,
  AuthnStatement,
  Conditions,
  ResponseData,
  SubjectConfirmation,
} from '../assertion';
import { decryptElement, type Decryption } from '../encryption/decrypt';
import { openNameId, readNameId, type OpenEncryptedId as Open } from './name-id';
import { ns } from '../names';
import { optional } from './optional';
import { statusCodesOf, type UnverifiedResponse } from './response';
import { VerifiedXml, type VerificationFacts } from './verify';
import {
  attributeOf,
  childElements,
  hasStrayText,
  isElement,
  textOf,
  tokenOf,
  tokenTextOf,
  type XmlElement,
} from '../xml/element';

let mint: (data: AssertionData, facts: VerificationFacts) => Assertion;

/** Read from verified bytes by readAssertion only. Authentic, but not yet known to be meant for us, now. */
export class Assertion {
  readonly #minted = true;
  readonly data: AssertionData;
  readonly facts: VerificationFacts;

  private constructor(data: AssertionData, facts: VerificationFacts) {
    this.data = Object.freeze(data);
    this.facts = facts;
    Object.freeze(this);
  }

  static isMinted(value: Assertion): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (data, facts) => new Assertion(data, facts);
  }
}

/**
 * Reads what was verified.
 *
 * @param decryption opens an EncryptedID; its ciphertext is authentic here, so nobody can use it as an oracle
 * @throws SsoError SAML_STRUCTURE_INVALID, SAML_DECRYPTION_…
 */
export function readAssertion(verified: VerifiedXml, decryption: Decryption): Assertion {
  if (!VerifiedXml.isMinted(verified))
    throw new TypeError('readAssertion takes what verifyResponse returned');
  const { response, assertion, facts } = verified;
  let { cbc } = facts;
  const open: Open = (encryptedId) => {
    const opened = decryptElement(encryptedId, decryption);
    cbc ||= opened.cbc;
    return opened.text;
  };
  const data = readData(assertion, readResponse(response, facts.responseSigned, facts.encrypted), open);
  return mint(data, Object.freeze({ ...facts, cbc }));
}

/**
 * What an unverified message claims, for `explain`: good for showing, never for believing.
 *
 * @returns undefined when there is no readable Assertion (none, or encrypted)
 * @throws SsoError SAML_STRUCTURE_INVALID
 */
export function peekAssertionData(
  { unverified }: UnverifiedResponse,
  decryption: Decryption,
): AssertionData | undefined {
  const { root, assertion, signature } = unverified;
  const open: Open = (encryptedId) => decryptElement(encryptedId, decryption).text;
  return assertion && readData(assertion, readResponse(root, signature !== undefined, false), open);
}

function readData(assertion: XmlElement, response: ResponseData, open: Open): AssertionData {
  const parts = partsOf(assertion, ASSERTION_CHILDREN);
  const issuer = single(parts, 'Issuer', true);
  const subject = single(parts, 'Subject', false);
  const conditions = single(parts, 'Conditions', false);
  single(parts, 'Advice', false);
  return {
    response,
    ...optional({
      id: attributeOf(assertion, 'ID'),
      version: attributeOf(assertion, 'Version'),
      issueInstant: tokenOf(assertion, 'IssueInstant'),
      conditions: conditions && readConditions(conditions),
    }),
    issuer: readNameId(issuer),
    hasSubject: subject !== undefined,
    ...readSubject(subject, open),
    authnStatements: (parts.get('AuthnStatement') ?? []).map(readAuthnStatement),
    attributes: readAttributes(parts.get('AttributeStatement') ?? []),
  };
}

function readResponse(root: XmlElement, signed: boolean, encrypted: boolean): ResponseData {
  const children = childElements(root);
  const issuer = children.find((child) => isElement(child, ns.saml, 'Issuer'));
  const status = children.find((child) => isElement(child, ns.samlp, 'Status'));
  return {
    signed,
    encrypted,
    ...optional({
      id: attributeOf(root, 'ID'),
      version: attributeOf(root, 'Version'),
      issueInstant: tokenOf(root, 'IssueInstant'),
      issuer: issuer && readNameId(issuer),
      destination: tokenOf(root, 'Destination'),
      inResponseTo: attributeOf(root, 'InResponseTo'),
    }),
    statusCodes: statusCodesOf(status),
  };
}

const ASSERTION_CHILDREN: ReadonlySet<string> = new Set([
  'Issuer',
  'Signature',
  'Subject',
  'Conditions',
  'Advice',
  'Statement',
  'AuthnStatement',
  'AuthzDecisionStatement',
  'AttributeStatement',
]);
const SUBJECT_CHILDREN: ReadonlySet<string> = new Set([
  'BaseID',
  'NameID',
  'EncryptedID',
  'SubjectConfirmation',
]);

function readSubject(
  subject: XmlElement | undefined,
  open: Open,
): Pick<AssertionData, 'nameId' | 'subjectConfirmations'> {
  if (subject === undefined) return { subjectConfirmations: [] };
  const parts = partsOf(subject, SUBJECT_CHILDREN);
  const identifiers = [parts.get('BaseID'), parts.get('NameID'), parts.get('EncryptedID')].flatMap(
    (e) => e ?? [],
  );
  if (identifiers.length > 1) invalid('several identifiers in Subject');
  const [identifier] = identifiers;
  const nameId = identifier?.local === 'EncryptedID' ? openNameId(identifier, open) : identifier;
  return {
    ...(nameId?.local === 'NameID' ? { nameId: readNameId(nameId) } : {}),
    subjectConfirmations: (parts.get('SubjectConfirmation') ?? []).map(readConfirmation),
  };
}

function readConfirmation(element: XmlElement): SubjectConfirmation {
  const data = childElements(element).filter((child) => isElement(child, ns.saml, 'SubjectConfirmationData'));
  if (data.length > 1) invalid('several SubjectConfirmationData');
  const [only] = data;
  return {
    method: attributeOf(element, 'Method') ?? '',
    ...(only === undefined
      ? {}
      : optional({
          recipient: tokenOf(only, 'Recipient'),
          inResponseTo: attributeOf(only, 'InResponseTo'),
          notBefore: tokenOf(only, 'NotBefore'),
          notOnOrAfter: tokenOf(only, 'NotOnOrAfter'),
        })),
  };
}

/** Core §2.5.1: conditions are ANDed; one that is not understood makes the assertion indeterminate. */
function readConditions(element: XmlElement): Conditions {
  const audienceRestrictions: string[][] = [];
  const unknown: string[] = [];
  const once = new Set<string>();
  if (hasStrayText(element)) invalid('text in Conditions');
  for (const child of childElements(element)) {
    if (isElement(child, ns.saml, 'AudienceRestriction')) audienceRestrictions.push(readAudiences(child));
    else if (isElement(child, ns.saml, 'OneTimeUse') || isElement(child, ns.saml, 'ProxyRestriction')) {
      if (once.has(child.local)) invalid(`several ${child.local}`); // Core §2.5.1.5, §2.5.1.6
      once.add(child.local);
    } else unknown.push(child.name.slice(0, 200));
  }
  return {
    audienceRestrictions,
    unknown,
    ...optional({
      notBefore: tokenOf(element, 'NotBefore'),
      notOnOrAfter: tokenOf(element, 'NotOnOrAfter'),
    }),
  };
}

function readAudiences(restriction: XmlElement): string[] {
  const parts = partsOf(restriction, new Set(['Audience']));
  return (parts.get('Audience') ?? []).map(
    (audience) => tokenTextOf(audience) ?? invalid('elements inside Audience'),
  );
}

function readAuthnStatement(element: XmlElement): AuthnStatement {
  const context = childElements(element).find((child) => isElement(child, ns.saml, 'AuthnContext'));
  const classRef =
    context && childElements(context).find((child) => isElement(child, ns.saml, 'AuthnContextClassRef'));
  return optional({
    authnInstant: tokenOf(element, 'AuthnInstant'),
    sessionIndex: attributeOf(element, 'SessionIndex'),
    sessionNotOnOrAfter: tokenOf(element, 'SessionNotOnOrAfter'),
    authnContextClassRef: classRef && tokenTextOf(classRef),
  });
}

/** Any Name, any NameFormat (IIP-SP01); FriendlyName is never looked at (IIP-SP11). EncryptedAttribute is ignored. */
function readAttributes(statements: readonly XmlElement[]): ReadonlyMap<string, AttributeValues> {
  const attributes = new Map<string, { name: string; values: string[]; structured: boolean }>();
  for (const statement of statements) {
    for (const element of childElements(statement)) {
      if (!isElement(element, ns.saml, 'Attribute')) continue;
      const name = attributeOf(element, 'Name') ?? invalid('Attribute without Name');
      const entry = attributes.get(name) ?? { name, values: [], structured: false };
      attributes.set(name, entry);
      for (const value of childElements(element)) {
        if (!isElement(value, ns.saml, 'AttributeValue')) continue;
        const text = textOf(value);
        if (text === undefined) entry.structured = true;
        else entry.values.push(text);
      }
    }
  }
  return attributes;
}

/** Children by local name, all from the assertion namespace (or the Signature), nothing else between them. */
function partsOf(element: XmlElement, allowed: ReadonlySet<string>): Map<string, XmlElement[]> {
  if (hasStrayText(element)) invalid(`text in ${element.local}`);
  const parts = new Map<string, XmlElement[]>();
  for (const child of childElements(element)) {
    const known = allowed.has(child.local) && child.uri === (child.local === 'Signature' ? ns.ds : ns.saml);
    if (!known) invalid(`${child.name} in ${element.local}`);
    const list = parts.get(child.local);
    if (list === undefined) parts.set(child.local, [child]);
    else list.push(child);
  }
  return parts;
}

function single(parts: Map<string, XmlElement[]>, local: string, required: true): XmlElement;
function single(parts: Map<string, XmlElement[]>, local: string, required: false): XmlElement | undefined;
function single(parts: Map<string, XmlElement[]>, local: string, required: boolean): XmlElement | undefined {
  const [first, second] = parts.get(local) ?? [];
  if (second !== undefined) invalid(`several ${local}`);
  if (first === undefined && required) invalid(`no ${local}`);
  return first;
}

function invalid(received: string): never {
  throw new SsoError('SAML_STRUCTURE_INVALID', { received });
}
