// What will end by itself and stop somebody: certificates of ours and of IdPs, and metadata. For metrics and warnings.

import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import type { ServiceProvider } from '../saml/service-provider';
import type { ConnectionDirectory } from '../sso/directory';

/** One end. Texts are names of the configuration and thumbprints; empty where they say nothing. */
export interface EndOf {
  readonly what: 'signing certificate' | 'decryption certificate' | 'IdP certificate' | 'IdP metadata';
  readonly connection: string;
  /** SHA-256 of the DER certificate, first 16 hexadecimal digits. */
  readonly thumbprint: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const THUMBPRINT_CHARS = 16;

/** Ends of our own certificates; they do not change while a configuration is in use. */
export function ownEnds({ signing, decryption }: ServiceProvider): readonly EndOf[] {
  const of = (what: EndOf['what'], certificate: string): EndOf => {
    const { thumbprint, notAfter } = describeCertificate(readCertificate(certificate));
    return { what, connection: '', thumbprint: thumbprint.slice(0, THUMBPRINT_CHARS), at: notAfter };
  };
  return [
    ...signing.map(({ certificate }) => of('signing certificate', certificate)),
    ...decryption.map(({ certificate }) => of('decryption certificate', certificate)),
  ];
}

/** Ends in the metadata of every IdP that is at hand. */
export function idpEnds({ entries }: ConnectionDirectory): readonly EndOf[] {
  return entries.flatMap(({ settings: { name: connection }, state }): EndOf[] => {
    if (state.kind !== 'ready') return [];
    const { validUntil } = state;
    return [
      ...(validUntil === undefined
        ? []
        : [{ what: 'IdP metadata', connection, thumbprint: '', at: validUntil } as const]),
      ...state.connection.identityProvider.signingKeys.map(({ thumbprint, notAfter }) => ({
        what: 'IdP certificate' as const,
        connection,
        thumbprint: thumbprint.slice(0, THUMBPRINT_CHARS),
        at: notAfter,
      })),
    ];
  });
}
