// The answer of a test sign-in → verdicts and what an administrator wants to see of it. Goes through the gate by the way out
// that gives verdicts and never a VerifiedAssertion: nothing here can be made a session of. Text of the IdP is masked and
// capped on its way in, because the result is kept for as long as its page may be looked at.

import { remedyOf } from '../../core/remedies';
import { SsoError } from '../../core/errors';
import { checkFreshAuthentication } from '../../policy/authentication';
import { parseEmail } from '../../policy/email';
import { shownName } from '../../policy/evidence';
import { resolveEmail } from '../../policy/member';
import type { Pseudonym } from '../../core/ports';
import type { EmailSource, MemberPolicy } from '../../policy/member-policy';
import type { AssertionData } from '../../saml/assertion';
import { judgeResponse, type Judgement } from '../../saml/gate';
import { decodeSamlResponse } from '../../saml/login/decode';
import { parseResponse } from '../../saml/login/response';
import { peekSignatures } from '../../saml/signature/peek-signatures';
import { parseDateTime } from '../../saml/xml/date-time';
import type { Connection } from '../../sso/connection';
import { explain, type ExplainQuestion, type ExplainRow } from '../explain-answer';
import { fieldOfProduct } from './product-words';
import { maskedText, maskedValue } from './masked';
import { provenOnly, type FoundSource } from './proven-sources';

export interface TestQuestion {
  readonly answer: ExplainQuestion;
  readonly connection: Connection;
  /** Id of the product that the admin chose. */
  readonly product: string | undefined;
  /** The source of the address that the operator's configuration names; it leaves nothing to choose. */
  readonly operatorsSource: EmailSource | undefined;
  /** When the request was made, in milliseconds since 1970. */
  readonly requestedAt: number;
  /** Domains that DNS proves; undefined where they need no proof. */
  readonly provenDomains?: ReadonlySet<string> | undefined;
  /** Where rows of one person are to be found again. */
  readonly pseudonym?: Pseudonym;
}

export interface TestRow extends ExplainRow {
  /** The field to change, in the IdP's words. */
  readonly field?: string;
}

export interface TestSource {
  readonly from: EmailSource;
  /** Masked. */
  readonly address: string;
}

/** JSON, masked; what the page shows. */
export interface TestFindings {
  /** Everything holds but perhaps the choice of the source of the address. */
  readonly passed: boolean;
  readonly rows: readonly TestRow[];
  /** Places of an address that the connection may use; none where something else is wrong. */
  readonly sources: readonly TestSource[];
  readonly nameId?: { readonly value: string; readonly format: string };
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** How far the IdP's clock is ahead of ours, in milliseconds; the way of the answer included. */
  readonly clockAheadMs?: number;
  readonly keys: readonly { readonly subject: string; readonly thumbprint: string; readonly used: boolean }[];
  /** Thumbprints that the answer names and the metadata has not. */
  readonly strangeKeys: readonly string[];
  readonly authnMethods: readonly string[];
  /** Keyed hashes of the addresses in the answer; proven or not. */
  readonly people?: readonly string[];
}

const ATTRIBUTES = 40;
const VALUES = 3;
const SOURCES = 8;

export function judgeTest(question: TestQuestion): TestFindings {
  const { answer, connection, product, operatorsSource, provenDomains } = question;
  const judgement = judgementOf(answer);
  const rows = [...explain(answer).rows, ...freshnessRow(judgement?.data, question)];
  const onlyAddress = rows.every(
    ({ verdict, id }) => verdict === 'pass' || verdict === 'amber' || id === ADDRESS,
  );
  const proven = judgement?.refusal === undefined ? judgement?.data : undefined;
  const found =
    proven !== undefined && onlyAddress ? sourcesOf(proven, connection.policy, operatorsSource) : [];
  const { rows: ofDomain, sources } = provenOnly(found, provenDomains);
  return {
    passed: sources.length > 0,
    rows: [...rows.map((row) => (found.length > 0 ? undecided(row) : row)), ...ofDomain].map((row) =>
      rowShown(row, product),
    ),
    sources: sources.map(({ from, address }) => ({ from, address: maskedValue(address) })),
    ...factsOf(judgement?.data, answer),
    ...keysOf(answer),
    ...peopleIn(judgement?.data, question),
  };
}

/** Whoever looks for the attempts of one person looks for refused ones above all. */
function peopleIn(data: AssertionData | undefined, { pseudonym }: TestQuestion) {
  if (pseudonym === undefined || data === undefined) return {};
  const texts = [data.nameId?.value ?? '', ...[...data.attributes.values()].flatMap(({ values }) => values)];
  const addresses = new Set(texts.slice(0, ATTRIBUTES).flatMap((text) => parseEmail(text)?.address ?? []));
  return { people: [...addresses].slice(0, VALUES).map(pseudonym) };
}

const ADDRESS = 'policy.email';

/** Undefined for what cannot be read at all; why stands in the rows. */
function judgementOf({
  samlResponse,
  maxMessageBytes,
  keys,
  ...rest
}: ExplainQuestion): Judgement | undefined {
  const { allowSha1, decryption, expected, now, requireSignedResponse = false } = rest;
  return unlessRefused(() =>
    judgeResponse(parseResponse(decodeSamlResponse(samlResponse, maxMessageBytes)), {
      trust: { keys, allowSha1, decryption, requireSignedResponse },
      expected,
      now,
    }),
  );
}

function unlessRefused<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof SsoError) return undefined;
    throw error;
  }
}

/** A connection with `forceAuthn` demands a sign-in that is newer than its request; `explain` knows of no request. */
function freshnessRow(
  data: AssertionData | undefined,
  { connection, requestedAt }: TestQuestion,
): readonly ExplainRow[] {
  if (!connection.forceAuthn || data === undefined) return [];
  const { policy, clockSkewMs } = connection;
  const row = {
    id: 'policy.forceAuthn',
    title: 'The person signed in anew for this request',
    clause: 'SAML Core §3.4.1, ForceAuthn',
  };
  try {
    checkFreshAuthentication(data, policy, requestedAt, clockSkewMs);
    return [{ ...row, verdict: 'pass' }];
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    return [{ ...row, verdict: 'fail', code: error.code, remedy: remedyOf(error.code, error.detail) }];
  }
}

function sourcesOf(
  data: AssertionData,
  policy: MemberPolicy,
  operatorsSource: EmailSource | undefined,
): readonly FoundSource[] {
  const named = [...data.attributes.values()]
    .filter(({ values }) => values.some((value) => parseEmail(value) !== undefined))
    .map(({ name }): EmailSource => ({ attribute: name }));
  const searched: readonly EmailSource[] = ['nameId', ...named];
  const candidates = operatorsSource === undefined ? searched.slice(0, SOURCES) : [operatorsSource];
  return candidates.flatMap((from) => {
    const address = unlessRefused(() => resolveEmail(data, { ...policy, emailFrom: from }));
    return address === undefined ? [] : [{ from, address }];
  });
}

/** Nothing is wrong where only the choice between several places is left: the page asks for it. */
const undecided = (row: ExplainRow): ExplainRow =>
  row.id === ADDRESS && row.verdict === 'fail' ? { ...row, verdict: 'amber' } : row;

function rowShown({ expected, received, ...row }: ExplainRow, product: string | undefined): TestRow {
  const field = row.code === undefined ? undefined : fieldOfProduct(product, row.code, received);
  return {
    ...row,
    ...(expected === undefined ? {} : { expected: maskedText(expected) }),
    ...(received === undefined ? {} : { received: maskedText(received) }),
    ...(field === undefined ? {} : { field }),
  };
}

function factsOf(data: AssertionData | undefined, { now }: ExplainQuestion) {
  const { nameId, attributes, response, authnStatements = [] } = data ?? {};
  const issued = response?.issueInstant === undefined ? undefined : parseDateTime(response.issueInstant);
  return {
    ...(nameId === undefined
      ? {}
      : { nameId: { value: maskedValue(nameId.value), format: maskedText(nameId.format ?? 'none') } }),
    attributes: [...(attributes?.values() ?? [])].slice(0, ATTRIBUTES).map(({ name, values }) => ({
      name: shownName(name),
      values: values.slice(0, VALUES).map(maskedValue),
    })),
    ...(issued === undefined ? {} : { clockAheadMs: issued - now }),
    authnMethods: authnStatements
      .slice(0, VALUES)
      .map(({ authnContextClassRef }) => maskedText(authnContextClassRef ?? 'not said')),
  };
}

function keysOf({ samlResponse, maxMessageBytes, keys }: ExplainQuestion) {
  const named =
    unlessRefused(() => peekSignatures(parseResponse(decodeSamlResponse(samlResponse, maxMessageBytes)))) ??
    [];
  const thumbprints = new Set(
    named.flatMap(({ thumbprint }) => (thumbprint === undefined ? [] : [thumbprint])),
  );
  const held = keys.map(({ subject, thumbprint }) => ({
    subject: maskedText(subject),
    thumbprint,
    used: thumbprints.has(thumbprint),
  }));
  return {
    keys: held,
    strangeKeys: [...thumbprints]
      .filter((one) => !keys.some(({ thumbprint }) => thumbprint === one))
      .slice(0, VALUES),
  };
}
