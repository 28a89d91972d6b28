// The table of a LogoutRequest, run over what a verified message says. Only this file makes a VerifiedLogoutRequest, and only
// when no row failed.

import { limits } from '../../../core/limits';
import type { NameId } from '../../assertion';
import type { Decryption } from '../../encryption/decrypt';
import { instant } from '../../login/rules/time';
import { readLogoutRequest, type LogoutRequestData } from '../read';
import type { LogoutFacts, VerifiedLogoutXml } from '../verify';
import { logoutRequestRules } from './request-rules';
import type { ExpectedLogout } from './rule';
import { rootOf, runRules } from './run';

interface RequestParts {
  readonly id: string;
  readonly nameId: NameId;
  readonly sessionIndexes: readonly string[];
  readonly asynchronous: boolean;
  /** Until when a copy could still be presented, in milliseconds since 1970, skew included. */
  readonly validUntil: number;
  readonly facts: LogoutFacts;
}

let mint: (parts: RequestParts) => VerifiedLogoutRequest;

/** The IdP asks us to end sessions. Made by checkLogoutRequest only. */
export class VerifiedLogoutRequest implements RequestParts {
  readonly #minted = true;
  readonly id: string;
  readonly nameId: NameId;
  readonly sessionIndexes: readonly string[];
  readonly asynchronous: boolean;
  readonly validUntil: number;
  readonly facts: LogoutFacts;

  private constructor(parts: RequestParts) {
    this.id = parts.id;
    this.nameId = Object.freeze(parts.nameId);
    this.sessionIndexes = Object.freeze(parts.sessionIndexes);
    this.asynchronous = parts.asynchronous;
    this.validUntil = parts.validUntil;
    this.facts = parts.facts;
    Object.freeze(this);
  }

  static isMinted(value: VerifiedLogoutRequest): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (parts) => new VerifiedLogoutRequest(parts);
  }
}

/** @throws SsoError SAML_STRUCTURE_INVALID, SAML_DECRYPTION_…, or the code of the first row that fails */
export function checkLogoutRequest(
  verified: VerifiedLogoutXml,
  decryption: Decryption,
  expected: ExpectedLogout,
  now: number,
): VerifiedLogoutRequest {
  const data = readLogoutRequest(rootOf(verified, 'request'), decryption);
  checkRows(data, expected, now);
  const { id, nameId, sessionIndexes, asynchronous } = data;
  return mint({
    ...{ id, nameId, sessionIndexes, asynchronous },
    validUntil: instant(data.issueInstant) + limits.logoutMessageMs + expected.clockSkewMs,
    facts: verified.facts,
  });
}

/** What the rows logoutRequest.id and logoutRequest.subject make certain. */
interface CheckedData extends LogoutRequestData {
  readonly id: string;
  readonly nameId: NameId;
}

function checkRows(
  data: LogoutRequestData,
  expected: ExpectedLogout,
  now: number,
): asserts data is CheckedData {
  runRules(logoutRequestRules, data, expected, now);
}
