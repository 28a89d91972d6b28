/**
 * What a test can be about: a row of the gate's rules table, a step of the gate, or an area around it. Every case of the
 * catalogues, every piece of evidence and every requirement carries one, so that `npx jest -t conditions.audience` runs
 * everything about one rule.
 */

/** Rows of the rules table (src/saml/login/rules); test/guards/rule-ids.test.ts keeps them in step. */
export const rowIds = [
  'response.version',
  'response.id',
  'response.issueInstant',
  'response.status',
  'response.issuer',
  'response.destination',
  'response.inResponseTo',
  'assertion.version',
  'assertion.id',
  'assertion.issuer',
  'assertion.issueInstant',
  'subject.present',
  'confirmation.bearer',
  'confirmation.notBefore',
  'confirmation.recipient',
  'confirmation.inResponseTo',
  'confirmation.notOnOrAfter',
  'confirmation.open',
  'confirmation.bounded',
  'conditions.present',
  'conditions.known',
  'conditions.window',
  'conditions.notBefore',
  'conditions.notOnOrAfter',
  'conditions.audience',
  'authn.present',
  'authn.instant',
  'authn.session',
] as const;

/** Rows of the tables of logout (src/saml/logout/rules), likewise. */
export const logoutRowIds = [
  'logoutRequest.version',
  'logoutRequest.id',
  'logoutRequest.issueInstant',
  'logoutRequest.issuer',
  'logoutRequest.destination',
  'logoutRequest.notOnOrAfter',
  'logoutRequest.subject',
  'logoutResponse.version',
  'logoutResponse.id',
  'logoutResponse.issueInstant',
  'logoutResponse.issuer',
  'logoutResponse.destination',
  'logoutResponse.inResponseTo',
  'logoutResponse.status',
] as const;

/** Steps of the gate and of the policy behind it, by the names that `explain` uses where it has one. */
export const stepIds = [
  'message.encoding',
  'message.structure',
  /** Text and attributes are read whole, and as they were signed. */
  'message.values',
  'signature',
  'decryption',
  'secondOpinion',
  'policy.authentication',
  'policy.email',
  'policy.member',
  'policy.returnTo',
] as const;

/** What lies around the gate. */
export const areaIds = [
  'request.build',
  'state.request',
  'state.replay',
  'state.unsolicited',
  'ticket.redeem',
  'http.body',
  'http.route',
  'http.relayState',
  'http.addresses',
  'http.headers',
  'http.pages',
  'login.begin',
  'login.choice',
  'login.discovery',
  'logout',
  'logout.query',
  'logout.structure',
  'logout.signature',
  'session.handle',
  'session.revoke',
  'metadata.idp',
  'metadata.own',
  'metadata.refresh',
  'keys',
  'wix.exchange',
  'wix.member',
  'package',
] as const;

export const ruleIds = [...rowIds, ...logoutRowIds, ...stepIds, ...areaIds] as const;

export type RuleId = (typeof ruleIds)[number];

/** Says of several cases which rule they are about; of each by itself where a table of them touches more than one. */
export function under<T extends { readonly id: string }>(
  rule: RuleId | ((each: T) => RuleId),
  cases: readonly T[],
): (T & { readonly rule: RuleId })[] {
  return cases.map((each) => ({ ...each, rule: typeof rule === 'function' ? rule(each) : rule }));
}
