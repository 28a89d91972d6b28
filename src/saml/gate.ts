// The only door through which an IdP's answer is judged: verify, then read, then check. The order stands here and nowhere
// else. Two ways lead out: `acceptResponse` gives the one value that a sign-in is made of, or refuses; `judgeResponse`
// goes on where the other stops, for `explain`, and gives verdicts, which nothing can sign in with. Why this is enough is
// argued in docs/gate.md.

import { SsoError } from '../core/errors';
import type { AssertionData } from './assertion';
import { peekAssertionData, readAssertion, type Assertion } from './login/read';
import type { UnverifiedResponse } from './login/response';
import { checkAssertion, judge, type Verdict, type VerifiedAssertion } from './login/rules/check';
import type { Expected } from './login/rules/rule';
import { verifyResponse, type VerificationFacts, type VerificationTrust } from './login/verify';

export { VerifiedAssertion } from './login/rules/check';
export type { Expected, Verdict, VerificationFacts, VerificationTrust };

export interface Question {
  /** Whose signatures count, and what opens a ciphertext. */
  readonly trust: VerificationTrust;
  /** What the message must say. */
  readonly expected: Expected;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Accepts an answer, or refuses it.
 *
 * @throws SsoError SAML_ASSERTION_MISSING, SAML_SIGNATURE_…, SAML_DECRYPTION_…, SAML_STRUCTURE_INVALID, or the code of the
 *   first rule that fails
 */
export function acceptResponse(
  response: UnverifiedResponse,
  { trust, expected, now }: Question,
): VerifiedAssertion {
  return checkAssertion(verifyAndRead(response, trust), expected, now);
}

/** What there is to show about an answer. Data, not trust: no sign-in can be made of it. */
export interface Judgement {
  /** Why the gate refuses before it comes to the rules; undefined when everything was verified and read. */
  readonly refusal: SsoError | undefined;
  /** What was verified, or with a refusal what the message claims. Undefined when nothing can be read. */
  readonly data: AssertionData | undefined;
  /** Of every rule, in order; none without data. */
  readonly verdicts: readonly Verdict[];
}

/** Judges an answer, whatever is wrong with it. */
export function judgeResponse(response: UnverifiedResponse, { trust, expected, now }: Question): Judgement {
  const { result, refusal } = attempt(() => verifyAndRead(response, trust).data);
  const data =
    refusal === undefined ? result : attempt(() => peekAssertionData(response, trust.decryption)).result;
  return { refusal, data, verdicts: data === undefined ? [] : judge(data, expected, now) };
}

function verifyAndRead(response: UnverifiedResponse, trust: VerificationTrust): Assertion {
  try {
    return readAssertion(verifyResponse(response, trust), trust.decryption);
  } catch (error) {
    trust.decryption.onFailure?.();
    throw error;
  }
}

/** A refusal is an answer here; anything else is a mistake of ours and goes its way. */
function attempt<T>(run: () => T): { readonly result?: T; readonly refusal?: SsoError } {
  try {
    return { result: run() };
  } catch (error) {
    if (error instanceof SsoError) return { refusal: error };
    throw error;
  }
}
