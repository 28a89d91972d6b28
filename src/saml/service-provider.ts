// What we are to an IdP: names, addresses and keys. Built by config from files, never from a request.

import type { KeyObject } from 'node:crypto';

/** A private key with the certificate that carries its public half. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** PEM, one certificate. */
  readonly certificate: string;
}

/** One text, which is English, or texts by language tag (RFC 5646). */
export type LocalText = string | Readonly<Record<string, string>>;

export interface ServiceProviderOrganization {
  readonly name: LocalText;
  /** Absent: the name. */
  readonly displayName?: LocalText;
  readonly url: LocalText;
}

/** What our metadata says about us beside addresses and keys; all optional, and all the operator's word. */
export interface ServiceProviderDisplay {
  readonly displayName?: LocalText;
  readonly description?: LocalText;
  readonly logoUrl?: string;
  readonly informationUrl?: LocalText;
  readonly privacyStatementUrl?: LocalText;
  readonly organization?: ServiceProviderOrganization;
  readonly technicalContactEmail?: string;
  /** Who is told of an incident (REFEDS Security Contact 1.0). */
  readonly securityContactEmail?: string;
  /** URIs of entity categories that a federation has granted (RFC 8409). */
  readonly entityCategories?: readonly string[];
  /** URIs of assurance profiles that the organisation keeps, such as Sirtfi. */
  readonly assuranceCertifications?: readonly string[];
  /** Names of attributes that we ask the IdP for (Metadata §2.4.4.1). */
  readonly requestedAttributes?: readonly string[];
  /** For how many whole days a copy may be used; absent: for good. */
  readonly validDays?: number;
  /** After how many hours whoever keeps a copy should ask again. */
  readonly cacheHours?: number;
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

/** Where IdPs send logout messages, by both bindings; compared byte for byte with Destination. */
export const singleLogoutUrlOf = ({ baseUrl }: Pick<ServiceProvider, 'baseUrl'>): string =>
  `${baseUrl}/saml/slo`;
