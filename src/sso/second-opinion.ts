// `verification.secondOpinion`: node-saml must agree with what the strict verifier accepted, on every signature and on the
// NameID. Costs about fifteen times the strict route, so it is asked last, once for each request that was answered, and is
// shown what was signed and nothing that a stranger could have put around it. It can only refuse.

import { SsoError } from '../core/errors';
import { validateWithNodeSaml } from '../saml/login/node-saml';
import type { VerifiedAssertion } from '../saml/gate';
import type { UnverifiedResponse } from '../saml/login/response';
import { signedPartsOf } from '../saml/login/signed-parts';
import type { Connection } from './connection';
import type { SsoContext } from './context';

/** @throws SsoError SAML_SECOND_OPINION_DISAGREES; SAML_XML_LIMIT_EXCEEDED when there is too much to ask about */
export async function askSecondOpinion(
  { serviceProvider }: SsoContext,
  { identityProvider, clockSkewMs }: Connection,
  response: UnverifiedResponse,
  assertion: VerifiedAssertion,
): Promise<void> {
  const { responseSigned, assertionSigned } = assertion.facts;
  const samlResponse = Buffer.from(signedPartsOf(response, assertion.facts)).toString('base64');
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
