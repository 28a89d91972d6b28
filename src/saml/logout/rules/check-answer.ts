// The table of a LogoutResponse, run over what a verified message says. Only this file makes a VerifiedLogoutResponse, and only
// when no row failed.

import { statusSuccess } from '../../names';
import { readLogoutResponse } from '../read';
import type { LogoutFacts, VerifiedLogoutXml } from '../verify';
import { logoutResponseRules } from './answer-rules';
import type { ExpectedAnswer } from './rule';
import { rootOf, runRules } from './run';

interface ResponseParts {
  /** The request of ours that it answers. */
  readonly inResponseTo: string;
  /** Top-level code first. */
  readonly statusCodes: readonly string[];
  readonly facts: LogoutFacts;
}

let mint: (parts: ResponseParts) => VerifiedLogoutResponse;

/** The IdP says how our LogoutRequest went. Made by checkLogoutResponse only. */
export class VerifiedLogoutResponse implements ResponseParts {
  readonly #minted = true;
  readonly inResponseTo: string;
  readonly statusCodes: readonly string[];
  readonly facts: LogoutFacts;

  private constructor(parts: ResponseParts) {
    this.inResponseTo = parts.inResponseTo;
    this.statusCodes = Object.freeze(parts.statusCodes);
    this.facts = parts.facts;
    Object.freeze(this);
  }

  /** Success without a second-level code that takes part of it back (SAML Core §3.2.2.2: PartialLogout). */
  get isEverywhere(): boolean {
    const [top, second] = this.statusCodes;
    return top === statusSuccess && second === undefined;
  }

  static isMinted(value: VerifiedLogoutResponse): boolean {
    return #minted in value && value.#minted;
  }

  static {
    mint = (parts) => new VerifiedLogoutResponse(parts);
  }
}

/** @throws SsoError SAML_STRUCTURE_INVALID, or the code of the first row that fails */
export function checkLogoutResponse(
  verified: VerifiedLogoutXml,
  expected: ExpectedAnswer,
  now: number,
): VerifiedLogoutResponse {
  const data = readLogoutResponse(rootOf(verified, 'response'));
  runRules(logoutResponseRules, data, expected, now);
  return mint({
    inResponseTo: expected.requestId,
    statusCodes: data.statusCodes,
    facts: verified.facts,
  });
}
