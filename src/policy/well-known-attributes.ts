// Attribute names under which IdPs send the address when nobody configured one. Whole names, compared without regard
// to case: of a name that merely ends like one of them (`urn:corp:manager:mail`) nobody knows whose address it holds.

const oids = [
  'urn:oid:0.9.2342.19200300.100.1.3', // mail (RFC 4524 §2.16): Shibboleth, SimpleSAMLphp
  'urn:oid:1.2.840.113549.1.9.1', // emailAddress (PKCS #9): the X.500 mapper of Keycloak
];
const families = [
  '', // Okta, Google, OneLogin, SSOCircle, Azure AD B2C
  'urn:mace:dir:attribute-def:', // eduPerson before the OIDs
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/', // Entra ID, AD FS, Auth0
  'http://schemas.xmlsoap.org/claims/', // AD FS 1.x
  'http://wso2.org/claims/', // WSO2 Identity Server
];
const words = ['email', 'mail', 'emailaddress'];

const names: ReadonlySet<string> = new Set([
  ...oids,
  ...families.flatMap((family) => words.map((word) => family + word)),
  'user.email', // OneLogin
]);

/** @param name the Name of an Attribute, as it came */
export const isWellKnownEmailAttribute = (name: string): boolean => names.has(name.toLowerCase());
