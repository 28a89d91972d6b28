// Namespace names, URIs and identifiers of the standards, each once.

export const ns = Object.freeze({
  /** urn:oasis:names:tc:SAML:2.0:assertion (SAML Core §1.2) */
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  /** urn:oasis:names:tc:SAML:2.0:protocol (SAML Core §1.2) */
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  xenc11: 'http://www.w3.org/2009/xmlenc11#',
  exclusiveC14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
});

export const statusSuccess = 'urn:oasis:names:tc:SAML:2.0:status:Success';
export const statusResponder = 'urn:oasis:names:tc:SAML:2.0:status:Responder';
export const statusPartialLogout = 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout';
export const statusNoPassive = 'urn:oasis:names:tc:SAML:2.0:status:NoPassive';
export const confirmationBearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

export const nameIdFormat = Object.freeze({
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  kerberos: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos',
  windowsDomainQualifiedName: 'urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName',
  x509SubjectName: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
});
