// The keys that may sign for an IdP, out of the KeyDescriptors of its role (SAML Metadata §2.4.1.1). A key that cannot be
// used is skipped and named, because the next one may be the one that signs; without any usable key there is no IdP.

import type { X509Certificate } from 'node:crypto';
import { nameLine } from '../../core/text';
import type { VerificationKey } from '../identity-provider';
import { ns } from '../names';
import { CertificateError, describeCertificate, readCertificate, subjectOf } from '../signature/certificate';
import { attributeOf, childElements, isElement, textOf, type XmlElement } from '../xml/element';
import { MetadataError } from './metadata-error';
import { md } from './names';
import type { SkippedPart } from './skipped-part';

/** Any stranger's message is tried with every key; a rollover needs two or three, Entra ID publishes fewer than ten. */
const mostSigningKeys = 20;

/** A certificate or key that is not used, and why. */
interface Unusable {
  /** Which of the certificates it is. */
  readonly which: string;
  readonly problem: string;
  readonly hint: string;
  readonly cause?: CertificateError;
}

/**
 * Every key that may sign: use="signing" or no use at all (IIP-MD07, IIP-MD11).
 *
 * @param skipped is told what is not used
 * @throws MetadataError when there is none, or too many
 */
export function signingKeysOf(role: XmlElement, skipped: SkippedPart[]): readonly VerificationKey[] {
  const keys = new Map<string, VerificationKey>();
  const unusable: Unusable[] = [];
  for (const descriptor of childElements(role)) {
    if (!isElement(descriptor, md, 'KeyDescriptor') || !maySign(descriptor, skipped)) continue;
    for (const certificate of certificatesOf(descriptor, unusable)) {
      const described = describeCertificate(certificate);
      keys.set(described.thumbprint, described);
    }
  }
  if (keys.size > mostSigningKeys) {
    throw new MetadataError(
      `There are ${keys.size} signing certificates in it.`,
      `Every response is tried with each of them: keep those in use, at most ${mostSigningKeys}.`,
    );
  }
  if (keys.size === 0) throw noKey(unusable);
  skipped.push(
    ...unusable.map(({ which, problem, hint }) => ({ problem: `${which} is not used: ${problem}`, hint })),
  );
  return Object.freeze([...keys.values()]);
}

function maySign(descriptor: XmlElement, skipped: SkippedPart[]): boolean {
  const use = attributeOf(descriptor, 'use')?.trim();
  if (use === undefined || use === 'signing') return true;
  if (use === 'encryption') return false;
  if (use === '') {
    skipped.push({
      problem:
        'A KeyDescriptor has an empty use; its key is taken for signing, as one without a use would be.',
      hint: 'Write use="signing", or leave the attribute out.',
    });
    return true;
  }
  skipped.push({
    problem: `A KeyDescriptor has the use ${JSON.stringify(nameLine(use, 40))}, which SAML does not know; it is not used.`,
    hint: 'Write use="signing" or use="encryption".',
  });
  return false;
}

function noKey(unusable: readonly Unusable[]): MetadataError {
  const [first, ...others] = unusable;
  if (first === undefined) {
    return new MetadataError(
      'There is no signing certificate in it.',
      'The IDPSSODescriptor needs a KeyDescriptor for signing with an X509Certificate.',
    );
  }
  const { problem, hint, cause } = first;
  if (cause === undefined) return new MetadataError(problem, hint);
  const words =
    others.length === 0
      ? `A signing certificate is not usable: ${problem}`
      : `No signing certificate is usable. ${unusable.map((each) => `${each.which}: ${each.problem}`).join(' ')}`;
  const remedy = `At the IdP, renew the signing certificate or download the metadata anew. ${hint}`;
  return new MetadataError(words, remedy, cause);
}

function certificatesOf(descriptor: XmlElement, unusable: Unusable[]): X509Certificate[] {
  const before = unusable.length;
  const certificates = childrenNamed(descriptor, 'KeyInfo')
    .flatMap((keyInfo) => childrenNamed(keyInfo, 'X509Data'))
    .flatMap((data) => withoutIssuers(readAll(childrenNamed(data, 'X509Certificate'), unusable)));
  if (certificates.length === 0 && unusable.length === before)
    unusable.push(...whatIsThereInstead(descriptor));
  return certificates;
}

/** Words for a KeyDescriptor without a certificate. */
function whatIsThereInstead(descriptor: XmlElement): Unusable[] {
  const which = 'A KeyDescriptor';
  const foreign = childElements(descriptor).find(({ local, uri }) => local === 'KeyInfo' && uri !== ns.ds);
  if (foreign !== undefined) {
    const problem = 'The KeyInfo of a KeyDescriptor is not in the namespace of XML Signature.';
    return [{ which, problem, hint: `KeyInfo and all in it need xmlns="${ns.ds}".` }];
  }
  const bare = childrenNamed(descriptor, 'KeyInfo').some(
    (keyInfo) => childrenNamed(keyInfo, 'KeyValue').length > 0,
  );
  if (!bare) return [];
  const problem = 'A KeyDescriptor holds a bare KeyValue and no certificate, which is not supported.';
  return [
    { which, problem, hint: 'Let the IdP publish its key as an X509Certificate, self-signed if need be.' },
  ];
}

function childrenNamed(element: XmlElement, local: string): XmlElement[] {
  return childElements(element).filter((child) => isElement(child, ns.ds, local));
}

function readAll(elements: readonly XmlElement[], unusable: Unusable[]): X509Certificate[] {
  return elements.flatMap((element) => {
    const text = textOf(element) ?? '<'; // elements are no base64
    try {
      return [readCertificate(text)];
    } catch (cause) {
      if (!(cause instanceof CertificateError)) throw cause;
      const subject = subjectOf(text);
      const which =
        subject === undefined
          ? 'A signing certificate that cannot be read'
          : `The signing certificate ${nameLine(subject, 80)}`;
      unusable.push({ which, problem: cause.problem, hint: cause.hint, cause });
      return [];
    }
  });
}

/** X509Data may hold a chain (XML Signature §4.4.4): an authority that issued another certificate does not sign assertions. */
function withoutIssuers(certificates: readonly X509Certificate[]): X509Certificate[] {
  return certificates.filter(
    (candidate) =>
      !certificates.some(
        (other) =>
          !other.publicKey.equals(candidate.publicKey) &&
          other.checkIssued(candidate) &&
          other.verify(candidate.publicKey),
      ),
  );
}
