// Namespaces of metadata and of the extensions that are read.

export const md = 'urn:oasis:names:tc:SAML:2.0:metadata';
export const mdui = 'urn:oasis:names:tc:SAML:metadata:ui';
/** SAML v2.0 Metadata Profile for Algorithm Support 1.0. */
export const alg = 'urn:oasis:names:tc:SAML:metadata:algsupport';
