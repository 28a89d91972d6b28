// Where domains have to be proven, an IdP vouches for nobody at a domain whose owner has not said so in the DNS.

import { SsoError } from '../core/errors';
import type { Connection } from './connection';
import type { SsoContext } from './context';
import { recordName } from './domain-proof';

/** @throws POLICY_DOMAIN_NOT_PROVEN, STATE_… (rejects) */
export async function requireProof(
  { domainProofs }: Pick<SsoContext, 'domainProofs'>,
  { name }: Pick<Connection, 'name'>,
  email: string,
): Promise<void> {
  if (domainProofs === undefined) return;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if ((await domainProofs.standing(name, domain)) !== 'unproven') return;
  throw unproven(domain);
}

export const unproven = (domain: string): SsoError =>
  new SsoError('POLICY_DOMAIN_NOT_PROVEN', {
    expected: `the TXT record ${recordName(domain)} with this connection’s text`,
    received: 'none was found, or it has been missing for more than 7 days',
  });
