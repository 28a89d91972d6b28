// A padding oracle needs thousands of questions (AES-CBC, XML Encryption). Failed decryptions are counted per connection
// and minute; above the limit the next question is not answered at all. Only messages without a Response signature can
// ask: a signed Response is verified before anything in it is decrypted.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { UnverifiedResponse } from '../saml/response';
import type { Connection } from './connection';
import type { SsoContext } from './context';

const MINUTE = 60_000;

interface Failures {
  since: number;
  count: number;
}

const failuresOf = new WeakMap<Connection, Failures>();

/** Runs `verify`, counting its decryption failures. @throws SsoError SAML_DECRYPTION_THROTTLED instead of running it */
export function guardDecryption<T>(
  { clock }: Pick<SsoContext, 'clock'>,
  connection: Connection,
  response: UnverifiedResponse,
  verify: () => T,
): T {
  const { encryptedAssertion, signature } = response.unverified;
  if (encryptedAssertion === undefined || signature !== undefined || !connection.allowCbc) return verify();
  const now = clock.now();
  const known = failuresOf.get(connection);
  const failures = known !== undefined && now - known.since < MINUTE ? known : { since: now, count: 0 };
  if (failures.count >= limits.decryptionFailuresPerMinute) throw new SsoError('SAML_DECRYPTION_THROTTLED');
  try {
    return verify();
  } catch (error) {
    if (error instanceof SsoError && error.code === 'SAML_DECRYPTION_FAILED') {
      failuresOf.set(connection, { since: failures.since, count: failures.count + 1 });
    }
    throw error;
  }
}
