// NameID, plain or hidden in an EncryptedID → its value with every qualifier, as they stand (SAML Core §2.2.2–2.2.4). A logout
// repeats them to the letter, because an IdP compares all of them (Core §3.3.4).

import { SsoError } from '../../core/errors';
import type { NameId } from '../assertion';
import { ns } from '../names';
import { optional } from './optional';
import { attributeOf, isElement, textOf, type XmlElement } from '../xml/element';
import { parseXml } from '../xml/parse';

/** An EncryptedID to the text inside. */
export type OpenEncryptedId = (encryptedId: XmlElement) => string;

/** @throws SsoError SAML_STRUCTURE_INVALID, SAML_DECRYPTION_… */
export function openNameId(encryptedId: XmlElement, open: OpenEncryptedId): XmlElement {
  const element = parseXml(open(encryptedId), encryptedId);
  if (!isElement(element, ns.saml, 'NameID')) invalid('EncryptedID without NameID');
  return element;
}

/** Also an Issuer, which is of the same type. @throws SsoError SAML_STRUCTURE_INVALID */
export function readNameId(element: XmlElement): NameId {
  const value = textOf(element);
  if (value === undefined) invalid(`elements inside ${element.local}`);
  return {
    value,
    ...optional({
      format: attributeOf(element, 'Format'),
      nameQualifier: attributeOf(element, 'NameQualifier'),
      spNameQualifier: attributeOf(element, 'SPNameQualifier'),
      spProvidedId: attributeOf(element, 'SPProvidedID'),
    }),
  };
}

function invalid(received: string): never {
  throw new SsoError('SAML_STRUCTURE_INVALID', { received });
}
