// Verified XML → what a logout message says, as data. Texts are copied as they stand, comments already gone; an EncryptedID is
// opened with our keys (IIP-SP16): its ciphertext is authentic here, so nobody can use it as an oracle.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { NameId } from '../assertion';
import { decryptElement, type Decryption } from '../encryption/decrypt';
import { openNameId, readNameId } from '../login/name-id';
import { optional } from '../login/optional';
import { statusCodesOf } from '../login/response';
import { ns } from '../names';
import { attributeOf, childElements, isElement, textOf, tokenOf, type XmlElement } from '../xml/element';

export interface LogoutMessageData {
  readonly id?: string;
  readonly version?: string;
  readonly issueInstant?: string;
  readonly destination?: string;
  readonly issuer?: NameId;
}

export interface LogoutRequestData extends LogoutMessageData {
  readonly notOnOrAfter?: string;
  /** Whose sessions are to end. Absent: nobody is named, or by a BaseID. */
  readonly nameId?: NameId;
  /** None: all sessions of that NameID (SAML Core §3.7.3.1). */
  readonly sessionIndexes: readonly string[];
  /** The IdP does not want to hear how it went (OASIS ASLO 1.0 §2.2). */
  readonly asynchronous: boolean;
}

export interface LogoutResponseData extends LogoutMessageData {
  readonly inResponseTo?: string;
  /** Top-level code first. */
  readonly statusCodes: readonly string[];
}

const asynchronousLogout = 'urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo';

/** @throws SsoError SAML_STRUCTURE_INVALID, SAML_XML_LIMIT_EXCEEDED, SAML_DECRYPTION_… */
export function readLogoutRequest(root: XmlElement, decryption: Decryption): LogoutRequestData {
  const children = childElements(root);
  const identifiers = children.filter(({ local }) => IDENTIFIERS.has(local));
  if (identifiers.length > 1) invalid('several identifiers in LogoutRequest');
  const [identifier] = identifiers;
  const nameId =
    identifier?.local === 'EncryptedID'
      ? openNameId(identifier, (encryptedId) => decryptElement(encryptedId, decryption).text)
      : identifier;
  const indexes = children.filter((child) => isElement(child, ns.samlp, 'SessionIndex'));
  if (indexes.length > limits.sessionIndexes)
    throw new SsoError('SAML_XML_LIMIT_EXCEEDED', { received: 'SessionIndex' });
  return {
    ...readMessage(root),
    ...optional({ notOnOrAfter: tokenOf(root, 'NotOnOrAfter') }),
    ...(nameId?.local === 'NameID' ? { nameId: readNameId(nameId) } : {}),
    sessionIndexes: indexes.map((index) => textOf(index) ?? invalid('elements inside SessionIndex')),
    asynchronous: extensionsOf(children).some((child) =>
      isElement(child, asynchronousLogout, 'Asynchronous'),
    ),
  };
}

const IDENTIFIERS = new Set(['BaseID', 'NameID', 'EncryptedID']);

function extensionsOf(children: readonly XmlElement[]): XmlElement[] {
  return children.filter((child) => isElement(child, ns.samlp, 'Extensions')).flatMap(childElements);
}

/** @throws SsoError SAML_STRUCTURE_INVALID */
export function readLogoutResponse(root: XmlElement): LogoutResponseData {
  const status = childElements(root).find((child) => isElement(child, ns.samlp, 'Status'));
  return {
    ...readMessage(root),
    ...optional({ inResponseTo: attributeOf(root, 'InResponseTo') }),
    statusCodes: statusCodesOf(status),
  };
}

function readMessage(root: XmlElement): LogoutMessageData {
  const issuer = childElements(root).find((child) => isElement(child, ns.saml, 'Issuer'));
  return optional({
    id: attributeOf(root, 'ID'),
    version: attributeOf(root, 'Version'),
    issueInstant: tokenOf(root, 'IssueInstant'),
    destination: tokenOf(root, 'Destination'),
    issuer: issuer && readNameId(issuer),
  });
}

function invalid(received: string): never {
  throw new SsoError('SAML_STRUCTURE_INVALID', { received });
}
