/**
 * The gate as one function, without HTTP and state: a form field in, what was accepted or the code of the refusal out.
 * Anything but an SsoError passes through: that is a finding.
 */
import type { KeyObject } from 'node:crypto';
import { SsoError, type ErrorCode } from '../../src/core/errors';
import { limits } from '../../src/core/limits';
import type { AssertionData } from '../../src/saml/assertion';
import { describeCertificate, readCertificate } from '../../src/saml/signature/certificate';
import { acceptResponse, type VerificationFacts, type VerifiedAssertion } from '../../src/saml/gate';
import { decodeSamlResponse } from '../../src/saml/login/decode';
import type { VerificationKey } from '../../src/saml/identity-provider';
import { parseResponse } from '../../src/saml/login/response';
import { buildResponse, makeIdpKeys, type IdpKeys, type ResponseOptions } from '../support/idp';

/** Two parties that know each other. */
export interface Parties {
  readonly identityProvider: string;
  readonly serviceProvider: string;
  readonly assertionConsumerServiceUrl: string;
  /** The pending request; undefined when nobody knows it any more. */
  readonly requestId: string | undefined;
  readonly keys: readonly VerificationKey[];
  readonly decryptionKeys: readonly KeyObject[];
  readonly allowSha1?: boolean;
  readonly clockSkewMs?: number;
}

export interface Accepted {
  readonly data: AssertionData;
  readonly facts: VerificationFacts;
}

export type Outcome =
  | { readonly accepted: Accepted; readonly code?: undefined }
  | { readonly accepted?: undefined; readonly code: ErrorCode };

export const verificationKey = (certificatePem: string): VerificationKey =>
  describeCertificate(readCertificate(certificatePem));

/** A form field through the door. */
export function verify(field: string, parties: Parties, now: number): VerifiedAssertion {
  const response = parseResponse(decodeSamlResponse(field, limits.messageBytes));
  const trust = {
    keys: parties.keys,
    allowSha1: parties.allowSha1 ?? false,
    decryption: { keys: parties.decryptionKeys, allowCbc: true },
  };
  const expected = { ...parties, clockSkewMs: parties.clockSkewMs ?? limits.clockSkewMs };
  return acceptResponse(response, { trust, expected, now });
}

export const pass = (field: string, parties: Parties, now: number): Accepted => verify(field, parties, now);

export function judge(field: string, parties: Parties, now: number): Outcome {
  return outcomeOf(() => pass(field, parties, now));
}

export function outcomeOf(run: () => Accepted): Outcome {
  try {
    return { accepted: run() };
  } catch (error) {
    if (error instanceof SsoError) return { code: error.code };
    throw error;
  }
}

export const toField = (xml: string | Buffer): string => Buffer.from(xml).toString('base64');

/* --- one pair of parties for properties and fuzzing --- */

export const NOW = Date.UTC(2026, 0, 15, 12);
export const NAME_ID = 'alice@example.com';
const REQUEST_ID = '_0123456789abcdef0123456789abcdef01234567-acme';

export interface World {
  readonly parties: Parties;
  readonly idp: IdpKeys;
  readonly decryption: IdpKeys;
  /** An honest message for NAME_ID, signed by the identity provider. */
  honest(options?: Partial<ResponseOptions>): string;
}

export function makeWorld(): World {
  const idp = makeIdpKeys();
  const decryption = makeIdpKeys();
  const parties: Parties = {
    identityProvider: 'https://idp.example.com/metadata',
    serviceProvider: 'https://sp.example.com/saml/metadata',
    assertionConsumerServiceUrl: 'https://sp.example.com/saml/acs',
    requestId: REQUEST_ID,
    keys: [verificationKey(idp.certificatePem)],
    decryptionKeys: [decryption.privateKey],
  };
  const honest = (options: Partial<ResponseOptions> = {}): string =>
    buildResponse({
      keys: idp,
      issuer: parties.identityProvider,
      acsUrl: parties.assertionConsumerServiceUrl,
      audience: parties.serviceProvider,
      inResponseTo: REQUEST_ID,
      now: new Date(NOW),
      nameId: { value: NAME_ID },
      ...options,
    });
  return { parties, idp, decryption, honest };
}

/** Plain JSON of everything that was read, so that two readings can be compared. */
export function plain({ data }: Accepted): unknown {
  return { ...data, attributes: [...data.attributes].sort(([a], [b]) => (a < b ? -1 : 1)) };
}
