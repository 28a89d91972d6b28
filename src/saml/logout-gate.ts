// The door through which an IdP's logout messages are judged, beside the gate for sign-ins: verify, then read, then check, in
// this order and nowhere else. What comes out can end sessions, or say how one ended; it can never begin one.

import type { Decryption } from './encryption/decrypt';
import type { LogoutMessage } from './logout/message';
import { checkLogoutResponse, type VerifiedLogoutResponse } from './logout/rules/check-answer';
import { checkLogoutRequest, type VerifiedLogoutRequest } from './logout/rules/check-request';
import type { ExpectedAnswer, ExpectedLogout } from './logout/rules/rule';
import { verifyLogoutMessage, type LogoutFacts } from './logout/verify';
import type { SignatureTrust } from './signature/verify-signature';

export { VerifiedLogoutResponse } from './logout/rules/check-answer';
export { VerifiedLogoutRequest } from './logout/rules/check-request';
export type { ExpectedAnswer, ExpectedLogout, LogoutFacts };

export interface LogoutTrust extends SignatureTrust {
  readonly decryption: Decryption;
}

export interface LogoutQuestion<Expected> {
  /** Whose signatures count, and what opens an EncryptedID. */
  readonly trust: LogoutTrust;
  /** What the message must say. */
  readonly expected: Expected;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Accepts an IdP's order to end sessions, or refuses it. Whether it was seen before is the caller's to claim.
 *
 * @throws SsoError SAML_SIGNATURE_…, SAML_DECRYPTION_…, SAML_STRUCTURE_INVALID, or the code of the first rule that fails
 */
export function acceptLogoutRequest(
  message: LogoutMessage,
  { trust, expected, now }: LogoutQuestion<ExpectedLogout>,
): VerifiedLogoutRequest {
  const verified = verifyLogoutMessage(message, trust);
  try {
    return checkLogoutRequest(verified, trust.decryption, expected, now);
  } catch (error) {
    trust.decryption.onFailure?.();
    throw error;
  }
}

/**
 * Accepts an IdP's answer to a LogoutRequest of ours, or refuses it.
 *
 * @throws SsoError SAML_SIGNATURE_…, SAML_STRUCTURE_INVALID, or the code of the first rule that fails
 */
export function acceptLogoutResponse(
  message: LogoutMessage,
  { trust, expected, now }: LogoutQuestion<ExpectedAnswer>,
): VerifiedLogoutResponse {
  return checkLogoutResponse(verifyLogoutMessage(message, trust), expected, now);
}
