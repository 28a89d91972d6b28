// What an IdP is to us: the part of its metadata that a sign-in uses. Trust in it comes from configuration.

import type { KeyObject } from 'node:crypto';

export type Binding = 'redirect' | 'post';

export interface Endpoint {
  readonly binding: Binding;
  readonly location: string;
  /** Where answers go instead (Metadata §2.2.2). Of logout only. */
  readonly responseLocation?: string;
}

/** A key that may sign for this IdP, with what an administrator needs to recognise it. */
export interface VerificationKey {
  readonly key: KeyObject;
  readonly type: 'rsa' | 'ec';
  /** PEM of the certificate it came in. */
  readonly certificate: string;
  /** SHA-256 of the DER certificate, lower-case hex. */
  readonly thumbprint: string;
  readonly subject: string;
  /** Milliseconds since 1970. An expired certificate still verifies (IIP-MD12) and is warned about. */
  readonly notAfter: number;
}

/** URIs that the IdP says it can verify (SAML v2.0 Metadata Profile for Algorithm Support). An empty list says nothing. */
export interface DeclaredAlgorithms {
  readonly signing: readonly string[];
  readonly digest: readonly string[];
}

export interface IdentityProvider {
  readonly entityId: string;
  /** In document order. */
  readonly singleSignOnServices: readonly Endpoint[];
  readonly singleLogoutServices: readonly Endpoint[];
  /** Never empty: an IdP without a signing key is refused when it is read. */
  readonly signingKeys: readonly VerificationKey[];
  readonly wantAuthnRequestsSigned: boolean;
  /** Absent: it says nothing about it. */
  readonly algorithms?: DeclaredAlgorithms;
  /**
   * `errorURL` of the IDPSSODescriptor (Metadata §2.4.1), for refusal pages; may hold the placeholders of the REFEDS
   * SAML errorURL specification 1.0, such as `ERRORURL_CODE`. https only.
   */
  readonly errorUrl?: string;
  /** `mdui:DisplayName` or `md:OrganizationDisplayName`, for the chooser. Unverified text. */
  readonly displayName?: string;
}
