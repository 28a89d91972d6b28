// The rules tables of logout, run in order; the first failure refuses.

import { SsoError } from '../../../core/errors';
import { VerifiedLogoutXml } from '../verify';
import type { LogoutRule } from './rule';

/** The root of a verified message of this kind; a copy, a look-alike or the other kind is a mistake of ours. */
export function rootOf(
  verified: VerifiedLogoutXml,
  kind: VerifiedLogoutXml['kind'],
): VerifiedLogoutXml['root'] {
  if (!VerifiedLogoutXml.isMinted(verified) || verified.kind !== kind)
    throw new TypeError(`takes a ${kind} that verifyLogoutMessage returned`);
  return verified.root;
}

/** @throws SsoError with the code of the first row that fails; detail has rule, clause, expected and received */
export function runRules<Data, Expected>(
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
