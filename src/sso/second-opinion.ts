// `verification.secondOpinion`: node-saml must agree with what the strict verifier accepted, on the message as a whole and
// on the NameID. Costs about fifteen times the strict route; it can only refuse.

import { SsoError } from '../core/errors';
import { validateWithNodeSaml } from '../saml/login/node-saml';
import type { VerifiedAssertion } from '../saml/gate';
import type { Connection } from './connection';
import type { SsoContext } from './context';

/** @throws SsoError SAML_SECOND_OPINION_DISAGREES */
export async function askSecondOpinion(
  { serviceProvider }: SsoContext,
  { identityProvider, clockSkewMs }: Connection,
  samlResponse: string,
  assertion: VerifiedAssertion,
): Promise<void> {
  const { responseSigned, assertionSigned } = assertion.facts;
  let nameId: string | undefined;
  try {
    nameId = await validateWithNodeSaml({
      samlResponse,
      responseSigned,
      assertionSigned,
      certificates: identityProvider.signingKeys.map(({ certificate }) => certificate),
      issuer: identityProvider.entityId,
      assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
      serviceProvider: serviceProvider.entityId,
      decryptionKeys: serviceProvider.decryption.map(({ privateKey }) =>
        privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ),
      clockSkewMs,
    });
  } catch (cause) {
    const received = cause instanceof Error ? cause.message : 'a refusal';
    throw new SsoError('SAML_SECOND_OPINION_DISAGREES', { received }, cause);
  }
  if (nameId !== assertion.data.nameId?.value) {
    throw new SsoError('SAML_SECOND_OPINION_DISAGREES', { received: 'another NameID' });
  }
}
