// Of the addresses that a test found, those at a domain whose owner has said so in the DNS, where that is demanded; and the
// row that says it.

import { remedyOf } from '../../core/remedies';
import type { EmailSource } from '../../policy/member-policy';
import { unproven } from '../../sso/require-proof';
import type { ExplainRow } from '../explain-answer';

/** The address itself, which nobody is shown. */
export interface FoundSource {
  readonly from: EmailSource;
  readonly address: string;
}

const row = {
  id: 'policy.domain',
  title: 'The domain of the address is proven by DNS',
  clause: 'the option `setup.domains: proven`',
};

/** @param provenDomains undefined where domains need no proof: then there is no row */
export function provenOnly(
  found: readonly FoundSource[],
  provenDomains: ReadonlySet<string> | undefined,
): { readonly rows: readonly ExplainRow[]; readonly sources: readonly FoundSource[] } {
  if (provenDomains === undefined) return { rows: [], sources: found };
  const domainOf = ({ address }: FoundSource): string => address.slice(address.lastIndexOf('@') + 1);
  const [first] = found;
  if (first === undefined) return { rows: [{ ...row, verdict: 'unknown' }], sources: [] };
  const sources = found.filter((source) => provenDomains.has(domainOf(source)));
  if (sources.length > 0) return { rows: [{ ...row, verdict: 'pass' }], sources };
  const { code, detail } = unproven(domainOf(first));
  const { expected, received } = detail;
  const sides = { expected: String(expected), received: String(received) };
  return { rows: [{ ...row, verdict: 'fail', code, ...sides, remedy: remedyOf(code, detail) }], sources: [] };
}
