/** Logout messages of the local identity provider, by Redirect and by POST, and the queries that carry them. */
import { deflateRawSync } from 'node:zlib';
import type { IdpKeys } from './keys';
import { NS, STATUS } from './names';
import { defaultAlgorithm, signBytes, signElement } from './sign';
import { element, writeXml, type XmlNode } from './xml';

export interface LogoutNameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  readonly spProvidedId?: string;
}

interface MessageOptions {
  readonly id: string;
  readonly issuer: string;
  /** null: no attribute. */
  readonly destination: string | null;
  readonly now: Date;
  readonly version?: string;
}

export interface LogoutRequestOptions extends MessageOptions {
  readonly nameId: LogoutNameId;
  readonly sessionIndexes?: readonly string[];
  readonly notOnOrAfter?: Date | null;
  readonly asynchronous?: boolean;
  /** Instead of the NameID: an EncryptedID, a BaseID, or nothing. */
  readonly subject?: XmlNode | null;
}

export interface LogoutResponseOptions extends MessageOptions {
  readonly inResponseTo: string | null;
  /** Top-level code first; default success. */
  readonly statusCodes?: readonly string[];
}

const attributesOf = ({ id, destination, now, version }: MessageOptions) => ({
  'xmlns:samlp': NS.protocol,
  'xmlns:saml': NS.assertion,
  ID: id,
  Version: version ?? '2.0',
  IssueInstant: now.toISOString(),
  Destination: destination,
});

export function logoutNameId(nameId: LogoutNameId) {
  return element(
    'saml:NameID',
    {
      Format: nameId.format,
      NameQualifier: nameId.nameQualifier,
      SPNameQualifier: nameId.spNameQualifier,
      SPProvidedID: nameId.spProvidedId,
    },
    [nameId.value],
  );
}

export function logoutRequest(options: LogoutRequestOptions): string {
  const { notOnOrAfter, subject, sessionIndexes = [] } = options;
  const end = notOnOrAfter === undefined ? new Date(options.now.getTime() + 300_000) : notOnOrAfter;
  return writeXml(
    element('samlp:LogoutRequest', { ...attributesOf(options), NotOnOrAfter: end?.toISOString() }, [
      element('saml:Issuer', {}, [options.issuer]),
      options.asynchronous === true
        ? {
            raw: '<samlp:Extensions><aslo:Asynchronous xmlns:aslo="urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo"/></samlp:Extensions>',
          }
        : null,
      subject === undefined ? logoutNameId(options.nameId) : subject,
      ...sessionIndexes.map((index) => element('samlp:SessionIndex', {}, [index])),
    ]),
  );
}

export function logoutResponse(options: LogoutResponseOptions): string {
  const codes = options.statusCodes ?? [STATUS.success];
  const status = codes.reduceRight<XmlNode | null>(
    (inner, code) => element('samlp:StatusCode', { Value: code }, [inner]),
    null,
  );
  return writeXml(
    element('samlp:LogoutResponse', { ...attributesOf(options), InResponseTo: options.inResponseTo }, [
      element('saml:Issuer', {}, [options.issuer]),
      element('samlp:Status', {}, [status]),
    ]),
  );
}

export interface QueryOptions {
  readonly keys: IdpKeys;
  readonly name?: 'SAMLRequest' | 'SAMLResponse';
  readonly relayState?: string;
  readonly sigAlg?: string;
  /** How a value is escaped: products differ in letters and in what they escape. */
  readonly encode?: (value: string) => string;
}

/** The parts of a signed query, so that a test can put them together in another way. */
export interface QueryParts {
  readonly message: string;
  readonly relayState: string | undefined;
  readonly sigAlg: string;
  readonly signature: string;
}

export function signedQueryParts(xml: string, options: QueryOptions): QueryParts {
  const { keys, encode = encodeURIComponent } = options;
  const name = options.name ?? (xml.includes('LogoutResponse') ? 'SAMLResponse' : 'SAMLRequest');
  const uri = options.sigAlg ?? defaultAlgorithm(keys);
  const message = `${name}=${encode(deflateRawSync(xml).toString('base64'))}`;
  const relayState =
    options.relayState === undefined ? undefined : `RelayState=${encode(options.relayState)}`;
  const sigAlg = `SigAlg=${encode(uri)}`;
  const signed = [message, relayState, sigAlg].filter((part) => part !== undefined).join('&');
  return { message, relayState, sigAlg, signature: `Signature=${encode(signBytes(signed, keys, uri))}` };
}

/** A query of the Redirect binding (SAML Bindings §3.4.4.1), without the question mark. */
export function signedQuery(xml: string, options: QueryOptions): string {
  const { message, relayState, sigAlg, signature } = signedQueryParts(xml, options);
  return [message, relayState, sigAlg, signature].filter((part) => part !== undefined).join('&');
}

/** The form field of the POST binding. */
export function signedField(xml: string, id: string, keys: IdpKeys): string {
  return Buffer.from(signElement(xml, id, { keys })).toString('base64');
}
