/**
 * How the well-known products write a Response: what they sign, prefixes, attribute names, name identifier formats.
 * A layout is a function of the person and the SP, so that it can be laid over any Response options.
 */
import { CONTENT, TRANSPORT } from './encrypt';
import { C14N, CONTEXT, NAME_ID } from './names';
import type { Person, ResponseOptions } from './response';

export interface LayoutContext {
  readonly person: Person;
  readonly spEntityId: string;
  readonly entityId: string;
  /** PEM; layouts that encrypt need it, and send in clear without it. */
  readonly encryptionCertificate?: string;
}

export type LayoutOptions = Partial<
  Omit<ResponseOptions, 'keys' | 'issuer' | 'acsUrl' | 'audience' | 'inResponseTo'>
>;
export type Layout = (context: LayoutContext) => LayoutOptions;

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const BASIC = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';
const URI = 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri';

const names = (person: Person): { first: string; last: string } => {
  const [first = '', ...rest] = person.name.split(' ');
  return { first: person.firstName ?? first, last: person.lastName ?? rest.join(' ') };
};

/** Microsoft Entra ID: default namespace in the assertion, unprefixed Signature, attributes before AuthnStatement. */
const entra: Layout = ({ person }) => ({
  sign: { assertion: true },
  signature: { prefix: '' },
  style: { assertionPrefix: '', authnStatementFirst: false },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [
    {
      name: 'http://schemas.microsoft.com/identity/claims/tenantid',
      values: ['7a1e0d3c-0000-4000-8000-5f3c2b1a0d9e'],
    },
    { name: 'http://schemas.microsoft.com/identity/claims/displayname', values: [person.name] },
    { name: `${CLAIMS}/givenname`, values: [names(person).first] },
    { name: `${CLAIMS}/surname`, values: [names(person).last] },
    { name: `${CLAIMS}/emailaddress`, values: [person.email] },
    { name: `${CLAIMS}/name`, values: [person.email] },
  ],
  authnStatements: [{ contextClass: CONTEXT.password }],
  lifetimeSeconds: 3600,
});

/** Okta: saml2p/saml2, both signed, PrefixList "xs", name identifier of unspecified format. */
const okta: Layout = ({ person }) => ({
  sign: { response: true, assertion: true },
  signature: { prefixList: ['xs'] },
  style: {
    protocolPrefix: 'saml2p',
    assertionPrefix: 'saml2',
    xmlDeclaration: true,
    xsiType: 'response',
    issuerFormat: true,
  },
  nameId: { value: person.email, format: NAME_ID.unspecified },
  attributes: [
    {
      name: 'firstName',
      nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
      values: [names(person).first],
    },
    {
      name: 'lastName',
      nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
      values: [names(person).last],
    },
    {
      name: 'email',
      nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
      values: [person.email],
    },
  ],
});

const googleBase: Layout = ({ person }) => ({
  style: {
    protocolPrefix: 'saml2p',
    assertionPrefix: 'saml2',
    xmlDeclaration: true,
    authnStatementFirst: false,
  },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [
    { name: 'first', values: [names(person).first] },
    { name: 'mail', values: [person.email] },
  ],
  authnStatements: [{ contextClass: CONTEXT.unspecified }],
});

/** Google Workspace, "Signed response" off: the assertion is signed. */
const google: Layout = (context) => ({ ...googleBase(context), sign: { assertion: true } });

/** Google Workspace, "Signed response" on: only the Response is signed. */
const googleSignedResponse: Layout = (context) => ({ ...googleBase(context), sign: { response: true } });

/** AD FS: encrypts with CBC as soon as it knows a certificate; Consent on the Response. */
const adfs: Layout = ({ person, encryptionCertificate }) => ({
  sign: { assertion: true },
  style: {
    assertionPrefix: '',
    authnStatementFirst: false,
    responseAttributes: { Consent: 'urn:oasis:names:tc:SAML:2.0:consent:unspecified' },
  },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [
    { name: `${CLAIMS}/emailaddress`, values: [person.email] },
    { name: `${CLAIMS}/upn`, values: [`${person.id}@corp.local`] },
  ],
  lifetimeSeconds: 3600,
  ...(encryptionCertificate === undefined
    ? {}
    : {
        encrypt: {
          recipients: [encryptionCertificate],
          content: CONTENT.aes256cbc,
          transport: TRANSPORT.oaepMgf1p,
          prefixes: { ds: '' },
          withCertificate: true,
        },
      }),
});

/** Keycloak: the Response is signed, one Attribute element per role, everything declared on the root. */
const keycloak: Layout = ({ person }) => ({
  sign: { response: true },
  signature: { prefix: 'dsig' },
  style: { declareOn: 'root', xsiType: 'value' },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [
    { name: 'email', friendlyName: 'email', nameFormat: BASIC, values: [person.email] },
    ...['offline_access', 'uma_authorization', 'manage-account'].map((role) => ({
      name: 'Role',
      nameFormat: BASIC,
      values: [role],
    })),
  ],
  authnStatements: [{ contextClass: CONTEXT.unspecified }],
});

/** OneLogin: samlp/saml, assertion signed, an attribute "User.email". */
const onelogin: Layout = ({ person }) => ({
  sign: { assertion: true },
  style: { xsiType: 'assertion', declareOn: 'root', xmlDeclaration: false },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [
    { name: 'User.email', nameFormat: BASIC, values: [person.email] },
    { name: 'User.FirstName', nameFormat: BASIC, values: [names(person).first] },
  ],
});

/** PingOne and PingFederate: assertion signed, RSA-SHA512 is on offer. */
const ping: Layout = ({ person }) => ({
  sign: { assertion: true },
  style: { xsiType: 'value' },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [{ name: 'saml_subject', nameFormat: BASIC, values: [person.email] }],
  authnStatements: [{ contextClass: CONTEXT.unspecified }],
});

/** JumpCloud: both signed, name identifier unspecified. */
const jumpcloud: Layout = ({ person }) => ({
  sign: { response: true, assertion: true },
  style: { protocolPrefix: 'saml2p', assertionPrefix: 'saml2', xmlDeclaration: true },
  nameId: { value: person.email, format: NAME_ID.unspecified },
  attributes: [{ name: 'email', nameFormat: BASIC, values: [person.email] }],
});

/** Duo SSO (pysaml2 inside): ns0/ns1 prefixes, both signed, wrapped base64. */
const duo: Layout = ({ person }) => ({
  sign: { response: true, assertion: true },
  signature: { wrapBase64: true, prefix: 'ns2' },
  style: {
    protocolPrefix: 'ns0',
    assertionPrefix: 'ns1',
    declareOn: 'root',
    xsiType: 'value',
    xmlDeclaration: true,
  },
  nameId: { value: person.email, format: NAME_ID.email },
  attributes: [{ name: 'mail', nameFormat: URI, values: [person.email] }],
});

/** CyberArk Identity: default namespaces, the assertion signed. */
const cyberark: Layout = ({ person }) => ({
  sign: { assertion: true },
  signature: { prefix: '' },
  style: { protocolPrefix: '', assertionPrefix: '', authnStatementFirst: false },
  nameId: { value: person.email, format: NAME_ID.unspecified },
  attributes: [{ name: 'LoginUser', values: [person.id] }],
});

/** Shibboleth IdP: Response signed, assertion encrypted with AES-GCM, transient name identifier, mail by OID. */
const shibboleth: Layout = ({ person, spEntityId, entityId, encryptionCertificate }) => ({
  sign: { response: true },
  signature: { wrapBase64: true },
  style: { protocolPrefix: 'saml2p', assertionPrefix: 'saml2', xmlDeclaration: true },
  nameId: {
    value: person.email,
    format: NAME_ID.email,
    nameQualifier: entityId,
    spNameQualifier: spEntityId,
  },
  attributes: [
    {
      name: 'urn:oid:0.9.2342.19200300.100.1.3',
      nameFormat: URI,
      friendlyName: 'mail',
      values: [person.email],
    },
    { name: 'urn:oid:2.5.4.42', nameFormat: URI, friendlyName: 'givenName', values: [names(person).first] },
  ],
  ...(encryptionCertificate === undefined
    ? {}
    : {
        encrypt: {
          recipients: [encryptionCertificate],
          content: CONTENT.aes128gcm,
          transport: TRANSPORT.oaepMgf1p,
          digest: 'sha1',
          withCertificate: true,
          recipientName: spEntityId,
        },
      }),
});

/** SimpleSAMLphp: both signed, xs and xsi on the assertion. */
const simplesamlphp: Layout = ({ person, spEntityId }) => ({
  sign: { response: true, assertion: true },
  style: { declareOn: 'root', xsiType: 'assertion', xmlDeclaration: true },
  nameId: { value: person.email, format: NAME_ID.email, spNameQualifier: spEntityId },
  attributes: [
    { name: 'mail', nameFormat: BASIC, values: [person.email] },
    { name: 'eduPersonAffiliation', nameFormat: BASIC, values: ['member', 'student'] },
  ],
  authnStatements: [{ contextClass: CONTEXT.password }],
});

/** Auth0 (SAML2 Web App addon): the user id as unspecified NameID, the address in an attribute. */
const auth0: Layout = ({ person }) => ({
  sign: { assertion: true },
  signature: { prefix: '' },
  style: { xsiType: 'value', authnStatementFirst: false },
  nameId: { value: `auth0|${person.id}`, format: NAME_ID.unspecified },
  attributes: [
    { name: `${CLAIMS}/nameidentifier`, nameFormat: URI, values: [`auth0|${person.id}`] },
    { name: `${CLAIMS}/emailaddress`, nameFormat: URI, values: [person.email] },
    { name: 'http://schemas.auth0.com/email_verified', nameFormat: URI, values: ['true'] },
  ],
});

/** An old product that still signs with inclusive C14N 1.0 and pretty-prints. */
const inclusivePretty: Layout = ({ person }) => ({
  sign: { response: true, assertion: true },
  signature: { canonicalization: C14N.inclusive },
  style: { indent: '  ', xmlDeclaration: true },
  nameId: { value: person.email, format: NAME_ID.email },
});

export const LAYOUTS = {
  entra,
  okta,
  google,
  googleSignedResponse,
  adfs,
  keycloak,
  onelogin,
  ping,
  jumpcloud,
  duo,
  cyberark,
  shibboleth,
  simplesamlphp,
  auth0,
  inclusivePretty,
} as const satisfies Record<string, Layout>;

export type LayoutName = keyof typeof LAYOUTS;
