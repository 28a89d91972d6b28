/** The local identity provider: an independent counterpart for tests and the demo. It imports nothing of the product. */

export * from './browserless';
export { encryptXml, CONTENT, TRANSPORT, type EncryptOptions } from './encrypt';
export { makeIdpKeys, type IdpKeyOptions, type IdpKeys, type KeyKind } from './keys';
export { LAYOUTS, type Layout, type LayoutContext, type LayoutName, type LayoutOptions } from './layouts';
export { idpMetadata, readSpMetadata, type IdpMetadataOptions, type ServiceProviderInfo } from './metadata';
export * from './logout';
export * from './names';
export * from './response';
export { DEFAULT_PEOPLE, startIdp, type LocalIdp, type StartIdpOptions } from './server';
export {
  computeSignature,
  defaultAlgorithm,
  insertionPoint,
  signBytes,
  signElement,
  verifyElement,
  type SignOptions,
} from './sign';
export { element, escapeAttribute, escapeText, writeXml, type XmlElement, type XmlNode } from './xml';
