/**
 * SAML Responses of every layout: options in, XML text out. Each default is what an honest identity provider sends;
 * `null` leaves the thing out. The assertion is signed first, then encrypted, then the Response is signed.
 */
import { randomBytes } from 'node:crypto';
import { encryptXml, type EncryptOptions } from './encrypt';
import { CONTEXT, METHOD, NAME_ID, NS, STATUS } from './names';
import { signElement, type SignOptions } from './sign';
import type { IdpKeys } from './keys';
import { element, writeXml, type XmlElement, type XmlNode } from './xml';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly groups?: readonly string[];
}

export interface NameIdOptions {
  readonly value: string;
  readonly format?: string | null;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  /** The content as XML, instead of the escaped value. */
  readonly rawContent?: string;
}

export interface AttributeOptions {
  readonly name: string;
  readonly nameFormat?: string;
  readonly friendlyName?: string;
  readonly values: readonly (string | { readonly raw: string })[];
}

export interface ConfirmationOptions {
  readonly method?: string;
  readonly recipient?: string | null;
  readonly notOnOrAfter?: string | null;
  readonly notBefore?: string | null;
  readonly inResponseTo?: string | null;
  readonly address?: string;
  /** No SubjectConfirmationData at all. */
  readonly noData?: boolean;
}

export interface ConditionsOptions {
  readonly notBefore?: string | null;
  readonly notOnOrAfter?: string | null;
  /** One AudienceRestriction per entry, each with its audiences. */
  readonly audiences?: readonly (readonly string[])[];
  readonly extra?: string;
}

export interface AuthnStatementOptions {
  readonly authnInstant?: string | null;
  readonly sessionIndex?: string | null;
  readonly sessionNotOnOrAfter?: string;
  readonly contextClass?: string | null;
  readonly extra?: string;
}

export interface StatusOptions {
  readonly code: string;
  readonly subCode?: string;
  readonly message?: string;
  readonly detail?: string;
}

export interface StyleOptions {
  readonly protocolPrefix?: string;
  readonly assertionPrefix?: string;
  /** 'element': Response and Assertion each declare what they use (default). 'root': all on the Response. */
  readonly declareOn?: 'element' | 'root';
  readonly xmlDeclaration?: boolean;
  /** Indentation; '' (default) writes one line. */
  readonly indent?: string;
  /**
   * xsi:type="xs:string" on AttributeValue, with the namespaces there, on the Assertion or on the Response. `response` repeats
   * them on an Assertion that is encrypted; `response-alone` encrypts it as it stands.
   */
  readonly xsiType?: 'none' | 'value' | 'assertion' | 'response' | 'response-alone';
  readonly schemaPrefix?: string;
  readonly authnStatementFirst?: boolean;
  readonly issuerFormat?: boolean;
  readonly responseAttributes?: Record<string, string>;
}

export interface ResponseOptions {
  readonly keys: IdpKeys;
  readonly issuer: string;
  readonly acsUrl: string;
  readonly audience: string;
  /** The request's ID; null for an unsolicited Response. */
  readonly inResponseTo: string | null;
  readonly now?: Date;
  readonly responseId?: string;
  readonly assertionId?: string;
  readonly version?: string;
  readonly assertionVersion?: string;
  readonly issueInstant?: string;
  readonly assertionIssueInstant?: string;
  readonly destination?: string | null;
  readonly responseIssuer?: string | null;
  readonly assertionIssuer?: string | null;
  readonly responseInResponseTo?: string | null;
  readonly status?: StatusOptions | null;
  readonly nameId?: NameIdOptions | null;
  /** Encrypts the NameID into an EncryptedID. */
  readonly encryptNameId?: EncryptOptions;
  readonly attributes?: readonly AttributeOptions[];
  readonly confirmations?: readonly ConfirmationOptions[];
  readonly conditions?: ConditionsOptions | null;
  readonly authnStatements?: readonly AuthnStatementOptions[];
  readonly lifetimeSeconds?: number;
  readonly noSubject?: boolean;
  readonly noAssertion?: boolean;
  /** More children of Response after Status (further assertions), and of Assertion at its end, as XML. */
  readonly extraInResponse?: string;
  readonly extraInAssertion?: string;
  /** Content of samlp:Extensions. */
  readonly extensions?: string;
  readonly advice?: string;
  readonly sign?: { readonly response?: boolean; readonly assertion?: boolean };
  readonly signature?: Partial<SignOptions>;
  readonly responseSignature?: Partial<SignOptions>;
  readonly assertionSignature?: Partial<SignOptions>;
  readonly encrypt?: EncryptOptions | null;
  readonly style?: StyleOptions;
  readonly mutateUnsigned?: (xml: string) => string;
  /** After the assertion is signed, before it is encrypted. */
  readonly mutateAssertion?: (xml: string) => string;
  /** After encryption, before the Response is signed. */
  readonly mutateBeforeResponseSignature?: (xml: string) => string;
  readonly mutateSigned?: (xml: string) => string;
}

export const freshId = (): string => `_${randomBytes(20).toString('hex')}`;

/** ISO time `seconds` away from `now`, in UTC. */
export const instant = (now: Date, seconds = 0): string =>
  new Date(now.getTime() + seconds * 1000).toISOString();

export function buildResponse(options: ResponseOptions): string {
  const build = resolve(options);
  const sign = options.sign ?? { assertion: true };
  let xml =
    (build.style.xmlDeclaration === true ? '<?xml version="1.0" encoding="UTF-8"?>' : '') +
    writeXml(responseElement(build), build.style.indent ?? '');
  xml = options.mutateUnsigned?.(xml) ?? xml;
  xml = signAssertion(xml, build, sign);
  xml = options.mutateAssertion?.(xml) ?? xml;
  if (options.encrypt != null) xml = encryptAssertion(xml, build, options.encrypt);
  xml = options.mutateBeforeResponseSignature?.(xml) ?? xml;
  if (sign.response === true) {
    xml = signElement(xml, build.responseId, {
      keys: options.keys,
      ...options.signature,
      ...options.responseSignature,
    });
  }
  return options.mutateSigned?.(xml) ?? xml;
}

interface Build {
  readonly o: ResponseOptions;
  readonly now: Date;
  readonly responseId: string;
  readonly assertionId: string;
  readonly style: StyleOptions;
  readonly p: string;
  readonly a: string;
  readonly standalone: boolean;
}

function resolve(o: ResponseOptions): Build {
  const style = o.style ?? {};
  const withColon = (prefix: string): string => (prefix === '' ? '' : `${prefix}:`);
  return {
    o,
    now: o.now ?? new Date(),
    responseId: o.responseId ?? freshId(),
    assertionId: o.assertionId ?? freshId(),
    style,
    p: withColon(style.protocolPrefix ?? 'samlp'),
    a: withColon(style.assertionPrefix ?? 'saml'),
    // An encrypted assertion must carry its own declarations: it is parsed again on its own.
    standalone: style.declareOn !== 'root' || o.encrypt != null,
  };
}

function signAssertion(xml: string, build: Build, sign: { readonly assertion?: boolean }): string {
  const { o } = build;
  return sign.assertion === true
    ? signElement(xml, build.assertionId, { keys: o.keys, ...o.signature, ...o.assertionSignature })
    : xml;
}

/** Signed where it stands, then replaced by its ciphertext, so that inclusive C14N sees what the recipient will see. */
function encryptAssertion(xml: string, build: Build, encrypt: EncryptOptions): string {
  const open = xml.indexOf(`<${build.a}Assertion`);
  const close = `</${build.a}Assertion>`;
  const end = xml.lastIndexOf(close) + close.length;
  const name = `${build.a}EncryptedAssertion`;
  const content = encryptXml(xml.slice(open, end), encrypt);
  const wrapper = `<${name} ${declare(build.a, NS.assertion)}>${content}</${name}>`;
  return xml.slice(0, open) + wrapper + xml.slice(end);
}

const declare = (prefix: string, uri: string): string =>
  prefix === '' ? `xmlns="${uri}"` : `xmlns:${prefix.slice(0, -1)}="${uri}"`;

const declaration = (prefix: string, uri: string): Record<string, string> => ({
  [prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`]: uri,
});

const schemaDeclarations = (style: StyleOptions): Record<string, string> => ({
  [`xmlns:${style.schemaPrefix ?? 'xs'}`]: NS.xs,
  'xmlns:xsi': NS.xsi,
});

function responseElement(build: Build): XmlElement {
  const { o, p, a, style } = build;
  const responseIssuer = o.responseIssuer === undefined ? o.issuer : o.responseIssuer;
  return element(
    `${p}Response`,
    {
      ...declaration(p, NS.protocol),
      ...(build.standalone ? {} : declaration(a, NS.assertion)),
      ...(style.xsiType?.startsWith('response') ? schemaDeclarations(style) : {}),
      ID: build.responseId,
      Version: o.version ?? '2.0',
      IssueInstant: o.issueInstant ?? instant(build.now),
      Destination: o.destination === undefined ? o.acsUrl : o.destination,
      InResponseTo: o.responseInResponseTo === undefined ? o.inResponseTo : o.responseInResponseTo,
      ...style.responseAttributes,
    },
    [
      responseIssuer !== null && issuerElement(build, responseIssuer, build.standalone),
      o.extensions !== undefined && element(`${p}Extensions`, {}, [{ raw: o.extensions }]),
      o.status !== null && statusElement(p, o.status ?? { code: STATUS.success }),
      o.noAssertion !== true && assertionElement(build),
      o.extraInResponse !== undefined && { raw: o.extraInResponse },
    ],
  );
}

function issuerElement(build: Build, value: string, declareHere: boolean): XmlElement {
  return element(
    `${build.a}Issuer`,
    {
      ...(declareHere ? declaration(build.a, NS.assertion) : {}),
      Format: build.style.issuerFormat === true ? 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity' : null,
    },
    [value],
  );
}

function statusElement(p: string, status: StatusOptions): XmlElement {
  return element(`${p}Status`, {}, [
    element(`${p}StatusCode`, { Value: status.code }, [
      status.subCode !== undefined && element(`${p}StatusCode`, { Value: status.subCode }),
    ]),
    status.message !== undefined && element(`${p}StatusMessage`, {}, [status.message]),
    status.detail !== undefined && element(`${p}StatusDetail`, {}, [{ raw: status.detail }]),
  ]);
}

function assertionElement(build: Build): XmlElement {
  const { o, a, style } = build;
  const issuer = o.assertionIssuer === undefined ? o.issuer : o.assertionIssuer;
  const authn = (o.authnStatements ?? [{}]).map((statement) => authnStatement(build, statement));
  const attributes = attributeStatement(build);
  const statements =
    style.authnStatementFirst === false ? [...attributes, ...authn] : [...authn, ...attributes];
  return element(
    `${a}Assertion`,
    {
      ...(build.standalone ? declaration(a, NS.assertion) : {}),
      ...(style.xsiType === 'assertion' || (style.xsiType === 'response' && o.encrypt != null)
        ? schemaDeclarations(style)
        : {}),
      ID: build.assertionId,
      Version: o.assertionVersion ?? '2.0',
      IssueInstant: o.assertionIssueInstant ?? instant(build.now),
    },
    [
      issuer !== null && issuerElement(build, issuer, false),
      o.noSubject !== true && subjectElement(build),
      conditionsElement(build),
      o.advice !== undefined && element(`${a}Advice`, {}, [{ raw: o.advice }]),
      ...statements,
      o.extraInAssertion !== undefined && { raw: o.extraInAssertion },
    ],
  );
}

function subjectElement(build: Build): XmlElement {
  const { o, a } = build;
  const nameId = o.nameId === undefined ? { value: 'alice@example.com', format: NAME_ID.email } : o.nameId;
  let nameNode: XmlNode | null = null;
  if (nameId !== null) {
    const encrypted = o.encryptNameId;
    const plain = nameIdElement(a, nameId, encrypted !== undefined);
    nameNode =
      encrypted === undefined
        ? plain
        : element(`${a}EncryptedID`, {}, [{ raw: encryptXml(writeXml(plain), encrypted) }]);
  }
  return element(`${a}Subject`, {}, [
    nameNode,
    ...(o.confirmations ?? [{}]).map((confirmation) => confirmationElement(build, confirmation)),
  ]);
}

function nameIdElement(a: string, nameId: NameIdOptions, standalone: boolean): XmlElement {
  return element(
    `${a}NameID`,
    {
      ...(standalone ? declaration(a, NS.assertion) : {}),
      Format: nameId.format === undefined ? NAME_ID.email : nameId.format,
      NameQualifier: nameId.nameQualifier,
      SPNameQualifier: nameId.spNameQualifier,
    },
    [nameId.rawContent === undefined ? nameId.value : { raw: nameId.rawContent }],
  );
}

function confirmationElement(build: Build, c: ConfirmationOptions): XmlElement {
  const { o, a } = build;
  const data = element(`${a}SubjectConfirmationData`, {
    NotBefore: c.notBefore,
    NotOnOrAfter:
      c.notOnOrAfter === undefined ? instant(build.now, o.lifetimeSeconds ?? 300) : c.notOnOrAfter,
    Recipient: c.recipient === undefined ? o.acsUrl : c.recipient,
    InResponseTo: c.inResponseTo === undefined ? o.inResponseTo : c.inResponseTo,
    Address: c.address,
  });
  return element(`${a}SubjectConfirmation`, { Method: c.method ?? METHOD.bearer }, [
    c.noData !== true && data,
  ]);
}

function conditionsElement(build: Build): XmlElement | null {
  const { o, a } = build;
  if (o.conditions === null) return null;
  const c = o.conditions ?? {};
  return element(
    `${a}Conditions`,
    {
      NotBefore: c.notBefore === undefined ? instant(build.now, -30) : c.notBefore,
      NotOnOrAfter:
        c.notOnOrAfter === undefined ? instant(build.now, o.lifetimeSeconds ?? 300) : c.notOnOrAfter,
    },
    [
      ...(c.audiences ?? [[o.audience]]).map((audiences) =>
        element(
          `${a}AudienceRestriction`,
          {},
          audiences.map((audience) => element(`${a}Audience`, {}, [audience])),
        ),
      ),
      c.extra !== undefined && { raw: c.extra },
    ],
  );
}

function authnStatement(build: Build, s: AuthnStatementOptions): XmlElement {
  const { a } = build;
  const contextClass = s.contextClass === undefined ? CONTEXT.passwordProtectedTransport : s.contextClass;
  return element(
    `${a}AuthnStatement`,
    {
      AuthnInstant: s.authnInstant === undefined ? instant(build.now, -5) : s.authnInstant,
      SessionNotOnOrAfter: s.sessionNotOnOrAfter,
      SessionIndex: s.sessionIndex === undefined ? build.assertionId : s.sessionIndex,
    },
    [
      element(`${a}AuthnContext`, {}, [
        contextClass !== null && element(`${a}AuthnContextClassRef`, {}, [contextClass]),
        s.extra !== undefined && { raw: s.extra },
      ]),
    ],
  );
}

function attributeStatement(build: Build): XmlElement[] {
  const { o, a, style } = build;
  const attributes = o.attributes ?? [];
  if (attributes.length === 0) return [];
  const typed = style.xsiType !== undefined && style.xsiType !== 'none';
  const valueAttributes = {
    ...(style.xsiType === 'value' ? schemaDeclarations(style) : {}),
    ...(typed ? { 'xsi:type': `${style.schemaPrefix ?? 'xs'}:string` } : {}),
  };
  return [
    element(
      `${a}AttributeStatement`,
      {},
      attributes.map((attribute) =>
        element(
          `${a}Attribute`,
          { Name: attribute.name, NameFormat: attribute.nameFormat, FriendlyName: attribute.friendlyName },
          attribute.values.map((value) => element(`${a}AttributeValue`, valueAttributes, [value])),
        ),
      ),
    ),
  ];
}
