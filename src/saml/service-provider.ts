// What we are to an IdP: names, addresses and keys. Built by config from files, never from a request.

import type { KeyObject } from 'node:crypto';

/** A private key with the certificate that carries its public half. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** PEM, one certificate. */
  readonly certificate: string;
}

/** Texts that an IdP may show about us (mdui, md:Organization, md:ContactPerson); all optional. */
export interface ServiceProviderDisplay {
  readonly displayName?: string;
  readonly description?: string;
  readonly logoUrl?: string;
  readonly privacyStatementUrl?: string;
  readonly technicalContactEmail?: string;
}

export interface ServiceProvider {
  /** Absolute URI of at most 256 characters (SDP-G04). */
  readonly entityId: string;
  /** Origin and optional path, without a trailing slash: the only source of our own URLs. */
  readonly baseUrl: string;
  /** Compared byte for byte with Destination and Recipient (SDP-SP06). */
  readonly assertionConsumerServiceUrl: string;
  /** The first signs; all are published. */
  readonly signing: readonly [KeyPair, ...KeyPair[]];
  /** All decrypt. May be empty: then encrypted assertions are refused. */
  readonly decryption: readonly KeyPair[];
  /** Those of them that our metadata shows. Absent: the first. */
  readonly shownForEncryption?: readonly KeyPair[];
  readonly display: ServiceProviderDisplay;
}
