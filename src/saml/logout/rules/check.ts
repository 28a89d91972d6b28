// The rules tables of logout, run in order; the first failure refuses. Only this file makes a VerifiedLogoutRequest or a
// VerifiedLogoutResponse, and only when no row failed.

import { SsoError } from '../../../core/errors';
import { limits } from '../../../core/limits';
import type { NameId } from '../../assertion';
import type { Decryption } from '../../encryption/decrypt';
import { statusSuccess } from '../../names';
import { instant } from '../../login/rules/time';
import { readLogoutRequest, readLogoutResponse, type LogoutRequestData } from '../read';
import { VerifiedLogoutXml, type LogoutFacts } from '../verify';
import { logoutResponseRules } from './answer-rules';
import { logoutRequestRules } from './request-rules';
import type { ExpectedAnswer, ExpectedLogout, LogoutRule } from './rule';

interface RequestParts {
  readonly id: string;
  readonly nameId: NameId;
  readonly sessionIndexes: readonly string[];
  readonly asynchronous: boolean;
  /** Until when a copy could still be presented, in milliseconds since 1970, skew included. */
  readonly validUntil: number;
  readonly facts: LogoutFacts;
}

let mintRequest: (parts: RequestParts) => VerifiedLogoutRequest;

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
    mintRequest = (parts) => new VerifiedLogoutRequest(parts);
  }
}

interface ResponseParts {
  /** The request of ours that it answers. */
  readonly inResponseTo: string;
  /** Top-level code first. */
  readonly statusCodes: readonly string[];
  readonly facts: LogoutFacts;
}

let mintResponse: (parts: ResponseParts) => VerifiedLogoutResponse;

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
    mintResponse = (parts) => new VerifiedLogoutResponse(parts);
  }
}

/** @throws SsoError SAML_STRUCTURE_INVALID, SAML_DECRYPTION_…, or the code of the first row that fails */
export function checkLogoutRequest(
  verified: VerifiedLogoutXml,
  decryption: Decryption,
  expected: ExpectedLogout,
  now: number,
): VerifiedLogoutRequest {
  const root = rootOf(verified, 'request');
  const data = readLogoutRequest(root, decryption);
  runRules(logoutRequestRules, data, expected, now);
  assertChecked(data);
  const { id, nameId, sessionIndexes, asynchronous } = data;
  return mintRequest({
    ...{ id, nameId, sessionIndexes, asynchronous },
    validUntil: instant(data.issueInstant) + limits.logoutMessageMs + expected.clockSkewMs,
    facts: verified.facts,
  });
}

/** @throws SsoError SAML_STRUCTURE_INVALID, or the code of the first row that fails */
export function checkLogoutResponse(
  verified: VerifiedLogoutXml,
  expected: ExpectedAnswer,
  now: number,
): VerifiedLogoutResponse {
  const data = readLogoutResponse(rootOf(verified, 'response'));
  runRules(logoutResponseRules, data, expected, now);
  return mintResponse({
    inResponseTo: expected.requestId,
    statusCodes: data.statusCodes,
    facts: verified.facts,
  });
}

function rootOf(verified: VerifiedLogoutXml, kind: VerifiedLogoutXml['kind']): VerifiedLogoutXml['root'] {
  if (!VerifiedLogoutXml.isMinted(verified) || verified.kind !== kind)
    throw new TypeError(`takes a ${kind} that verifyLogoutMessage returned`);
  return verified.root;
}

function runRules<Data, Expected>(
  rules: readonly LogoutRule<Data, Expected>[],
  data: Data,
  expected: Expected,
  now: number,
): void {
  for (const rule of rules) {
    const failure = rule.check(data, expected, now);
    if (failure === undefined) continue;
    const { code, expected: wanted, received } = failure;
    throw new SsoError(code, { rule: rule.id, clause: rule.clause, expected: wanted, received });
  }
}

/** What the rows logoutRequest.id and logoutRequest.subject make certain; only the compiler has to be told. */
function assertChecked(
  _data: LogoutRequestData,
): asserts _data is LogoutRequestData & { readonly id: string; readonly nameId: NameId } {}
