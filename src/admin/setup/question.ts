// An answer, and the connection by whose trust it is judged, as the question that `explain` and the verdicts take.

import type { Connection } from '../../sso/connection';
import type { SsoContext } from '../../sso/context';
import type { ExplainQuestion } from '../explain-answer';

export interface AnswerAtHand {
  /** base64, as in the form field. */
  readonly samlResponse: string;
  /** Which request it ought to answer; empty for none of ours. */
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function questionOf(
  {
    serviceProvider,
    decryptionThrottle,
    maxMessageBytes,
  }: Pick<SsoContext, 'serviceProvider' | 'decryptionThrottle' | 'maxMessageBytes'>,
  connection: Connection,
  { samlResponse, requestId, now }: AnswerAtHand,
): ExplainQuestion {
  const { identityProvider, allowSha1, allowCbc, clockSkewMs, policy } = connection;
  const { requireSignedResponse = false } = connection;
  const keys = serviceProvider.decryption.map(({ privateKey }) => privateKey);
  return {
    ...{ samlResponse, maxMessageBytes, allowSha1, requireSignedResponse },
    keys: identityProvider.signingKeys,
    decryption: decryptionThrottle.watch({ keys, allowCbc }),
    expected: {
      identityProvider: identityProvider.entityId,
      serviceProvider: serviceProvider.entityId,
      assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
      ...{ requestId, clockSkewMs },
    },
    policy,
    // Somebody did ask: an answer that names no request is a fault to show, and no reason to begin anew.
    unsolicited: 'reject',
    now,
  };
}

/** The field as text, whatever it came as. */
export const fieldText = (samlResponse: string | Uint8Array): string =>
  typeof samlResponse === 'string' ? samlResponse : Buffer.from(samlResponse).toString('latin1');
