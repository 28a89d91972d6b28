// What the door for logout messages is asked with, for one connection: its keys, its IdP's name, our address.

import type { ExpectedLogout, LogoutQuestion } from '../saml/logout-gate';
import { singleLogoutUrlOf } from '../saml/service-provider';
import type { Connection } from './connection';
import type { SsoContext } from './context';

export function logoutQuestion(
  { serviceProvider, decryptionThrottle, keyMemory, clock }: SsoContext,
  { identityProvider, allowSha1, allowCbc, clockSkewMs }: Connection,
): LogoutQuestion<ExpectedLogout> {
  const privateKeys = serviceProvider.decryption.map(({ privateKey }) => privateKey);
  return {
    trust: {
      keys: identityProvider.signingKeys,
      ...{ allowSha1, keyMemory },
      decryption: decryptionThrottle.watch({ keys: privateKeys, allowCbc }),
    },
    expected: {
      identityProvider: identityProvider.entityId,
      singleLogoutUrl: singleLogoutUrlOf(serviceProvider),
      clockSkewMs,
    },
    now: clock.now(),
  };
}
