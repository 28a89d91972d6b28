// A captured answer → a verdict for every step and every rule, for an administrator. Goes through the gate's own door, by
// the way out that goes on where a sign-in would stop. Accepts nothing: no pending request, ticket or claim exists here,
// and what it returns is text.

import { remedyOf } from '../core/remedies';
import { SsoError, type ErrorCode } from '../core/errors';
import type { LogValue } from '../core/ports';
import { checkAuthentication } from '../policy/authentication';
import { resolveEmail } from '../policy/member';
import type { MemberPolicy } from '../policy/member-policy';
import { judgeResponse, type Expected, type Judgement } from '../saml/gate';
import { decodeSamlResponse } from '../saml/login/decode';
import type { Decryption } from '../saml/encryption/decrypt';
import type { VerificationKey } from '../saml/identity-provider';
import { peekKeyEvidence, peekSignatures } from '../saml/signature/peek-signatures';
import { parseResponse, peekFailureStatus, type UnverifiedResponse } from '../saml/login/response';

export interface ExplainQuestion {
  /** base64, as in the form field. */
  readonly samlResponse: string;
  readonly maxMessageBytes: number;
  readonly keys: readonly VerificationKey[];
  readonly allowSha1: boolean;
  /** The connection refuses a Response that is not signed itself. */
  readonly requireSignedResponse?: boolean;
  readonly decryption: Decryption;
  readonly expected: Expected;
  readonly policy: MemberPolicy;
  /** What the connection does with a message that nobody asked for. */
  readonly unsolicited: 'restart' | 'reject';
  /** Milliseconds since 1970: the time at which to judge. */
  readonly now: number;
}

export interface ExplainRow {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  /**
   * `unknown`: an earlier step failed, so there is nothing to judge. `amber`: it holds, or does no harm, and is odd: see
   * `received` for what.
   */
  readonly verdict: 'pass' | 'fail' | 'unknown' | 'amber';
  readonly code?: ErrorCode;
  readonly expected?: string;
  readonly received?: string;
  readonly remedy?: string;
}

export interface Explanation {
  readonly verdict: 'accept' | 'refuse';
  /** Of the first step at which the gate stops. */
  readonly code?: ErrorCode;
  /** Nobody asked for this message, and the service would start a proper sign-in instead of refusing. */
  readonly restarts?: true;
  /** The address that would be handed to Wix; absent unless everything passed. */
  readonly email?: string;
  readonly rows: readonly ExplainRow[];
}

interface Step<T> {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  readonly run: () => T;
}

/** Collects rows; the first failure is the gate's answer. */
class Report {
  readonly rows: ExplainRow[] = [];

  step<T>({ id, title, clause, run }: Step<T>): T | undefined {
    try {
      const result = run();
      this.rows.push({ id, title, clause, verdict: 'pass' });
      return result;
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      this.fail({ id, title, clause }, error.code, sidesOf(error));
      return undefined;
    }
  }

  fail(row: Pick<ExplainRow, 'id' | 'title' | 'clause'>, code: ErrorCode, sides: Sides): void {
    this.rows.push({ ...row, verdict: 'fail', code, ...sides, remedy: remedyOf(code, sides) });
  }

  /** No fault of the message: the service begins anew. */
  restarts({ id, title, clause }: Pick<ExplainRow, 'id' | 'title' | 'clause'>, code: ErrorCode): void {
    const received =
      'a response that nobody asked for (a tile, a bookmark): the service would start a proper sign-in';
    this.rows.push({ id, title, clause, verdict: 'amber', code, received });
  }

  unknown(row: Pick<ExplainRow, 'id' | 'title' | 'clause'>): void {
    this.rows.push({ ...row, verdict: 'unknown' });
  }
}

interface Sides {
  readonly expected?: string;
  readonly received?: string;
}

const UNSOLICITED = 'SAML_RESPONSE_UNSOLICITED';

/** Judges a captured message, whatever is wrong with it. */
export function explain(question: ExplainQuestion): Explanation {
  const report = new Report();
  const raw = report.step({
    id: 'message.encoding',
    title: 'The message is base64 of UTF-8 text within the size limit',
    clause: 'SAML Bindings §3.5.4',
    run: () => decodeSamlResponse(question.samlResponse, question.maxMessageBytes),
  });
  const response =
    raw &&
    report.step({
      id: 'message.structure',
      title: 'The message is a plain SAML Response with one Assertion at its place',
      clause: 'SAML Core §3.3.3, §5.4.1',
      run: () => {
        const parsed = parseResponse(raw);
        // The gate reads the Status next: one that cannot be read is a fault of structure, and a row like any other.
        peekFailureStatus(parsed);
        return parsed;
      },
    });
  const judgement = response && explainSignature(report, response, question);
  const email = judgement && explainContent(report, judgement, question);
  const failed = report.rows.find(({ verdict }) => verdict === 'fail');
  const restarts = report.rows.some(({ code, verdict }) => code === UNSOLICITED && verdict === 'amber');
  const accepted = failed === undefined && email !== undefined && !restarts;
  const code = restarts ? UNSOLICITED : failed?.code;
  return {
    verdict: accepted ? 'accept' : 'refuse',
    ...(code === undefined ? {} : { code }),
    ...(restarts ? { restarts } : {}),
    ...(accepted ? { email } : {}),
    rows: report.rows,
  };
}

const signatureRow = {
  id: 'signature',
  title: 'Every signature is made by a key of this IdP, and one covers the Assertion',
  clause: 'SAML Profiles §4.1.4.3, Core §5.4',
};

/** The gate's judgement; undefined when there is no Assertion to judge. */
function explainSignature(
  report: Report,
  response: UnverifiedResponse,
  question: ExplainQuestion,
): Judgement | undefined {
  const { keys, allowSha1, decryption, expected, now, requireSignedResponse = false } = question;
  const status = peekFailureStatus(response);
  const { assertion: plain, encryptedAssertion } = response.unverified;
  if (status !== undefined) {
    // The gate stops here before it looks at signatures: an IdP that says no usually signs nothing.
    const row = { id: 'response.status', title: 'The IdP reports success', clause: 'SAML Core §3.2.2.2' };
    const said = status.message === undefined ? [] : [`message “${status.message}”`];
    report.fail(row, 'SAML_STATUS_NOT_SUCCESS', {
      received: [...status.codes, ...said].join(' / ').slice(0, 300),
    });
    // Nor does it send an Assertion: there is nothing more to judge.
    if (plain === undefined && encryptedAssertion === undefined) return undefined;
  }
  const judgement = judgeResponse(response, {
    trust: { keys, allowSha1, decryption, requireSignedResponse },
    expected,
    now,
  });
  const { refusal } = judgement;
  if (refusal === undefined) report.rows.push({ ...signatureRow, verdict: 'pass' });
  else {
    const said = sidesOf(refusal);
    const shown = signatureSides({ code: refusal.code, ...said }, response, question);
    report.fail(signatureRow, refusal.code, { ...said, ...shown });
  }
  return judgement;
}

/** What the message says of its signatures; the key to look for only where a key is what failed. */
function signatureSides(
  { code, received }: Pick<ExplainRow, 'received'> & { readonly code: ErrorCode },
  response: UnverifiedResponse,
  { keys, decryption }: ExplainQuestion,
): Sides {
  if (code === 'SAML_DECRYPTION_FAILED' && decryption.keys.length === 0) {
    // Not the IdP's fault: nothing could have been opened.
    return { expected: 'a private key to decrypt with', received: 'none is configured or given' };
  }
  if (!code.startsWith('SAML_SIGNATURE_')) return {};
  const found = peekSignatures(response).map(
    ({ of, algorithm, thumbprint }) =>
      `${of} signed by ${algorithm ?? 'an unnamed algorithm'}, certificate in the message ${thumbprint ?? 'none'}`,
  );
  const thumbprints = keys.map(({ thumbprint }) => thumbprint).join(' or ');
  return sides(
    code === 'SAML_SIGNATURE_INVALID' ? `a certificate with SHA-256 thumbprint ${thumbprints}` : undefined,
    [...found, ...keyEvidence(code, received, response, keys), ...(received === undefined ? [] : [received])]
      .join('; ')
      .slice(0, 600) || undefined,
  );
}

/** Where the digest is what failed, the key was the right one. */
function keyEvidence(
  code: ErrorCode,
  received: string | undefined,
  response: UnverifiedResponse,
  keys: readonly VerificationKey[],
): readonly string[] {
  const isKey = code === 'SAML_SIGNATURE_INVALID' && received?.startsWith('digest') !== true;
  return isKey ? [peekKeyEvidence(response, keys)] : [];
}

function explainContent(
  report: Report,
  { data, verdicts }: Judgement,
  question: ExplainQuestion,
): string | undefined {
  if (data === undefined) return undefined;
  const { expected, policy, now } = question;
  const known = new Set(report.rows.map(({ id }) => id));
  let confirmed = true;
  for (const { rule, failure } of verdicts) {
    if (known.has(rule.id)) continue;
    const { id, title, clause } = rule;
    // These rows narrow one list: behind the first that fails, nothing is left to judge.
    const confirmation = id.startsWith('confirmation.');
    if (confirmation && !confirmed) {
      report.unknown({ id, title, clause });
      continue;
    }
    if (failure !== undefined && (confirmation || id === 'subject.present')) confirmed = false;
    const remark = failure === undefined ? rule.remark?.(data) : undefined;
    if (failure?.code === UNSOLICITED && question.unsolicited === 'restart')
      report.restarts(rule, failure.code);
    else if (failure !== undefined)
      report.fail(rule, failure.code, sides(failure.expected, failure.received));
    else if (remark !== undefined)
      report.rows.push({ id, title, clause, verdict: 'amber', received: remark });
    else if (id === 'response.inResponseTo' && expected.requestId === undefined)
      report.unknown({ id, title, clause });
    else report.rows.push({ id, title, clause, verdict: 'pass' });
  }
  report.step({
    id: 'policy.authentication',
    title: 'The person signed in as the connection demands',
    clause: 'SAML Core §3.3.2.2.1',
    run: () => {
      checkAuthentication(data, policy, now, expected.clockSkewMs);
    },
  });
  return report.step({
    id: 'policy.email',
    title: 'There is exactly one address, inside the connection’s domains',
    clause: 'the connection’s emailFrom and emailDomains',
    run: () => resolveEmail(data, policy),
  });
}

function sidesOf({ detail }: SsoError): Sides {
  return sides(text(detail.expected), text(detail.received ?? detail.problem));
}

function sides(expected: string | undefined, received: string | undefined): Sides {
  return { ...(expected === undefined ? {} : { expected }), ...(received === undefined ? {} : { received }) };
}

function text(value: LogValue): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
