/** node-saml, through the product's own door to it, as lenient as it can be set: one good signature is enough. */
import { validateWithNodeSaml } from '../../src/saml/login/node-saml';
import type { Case } from './cases';
import type { Opinion } from './opinion';

/** It reads the system's clock, which the caller must have set to the case's time. */
export async function askNodeSaml({ field, parties, certificates, decryptionKeys }: Case): Promise<Opinion> {
  try {
    const nameId = await validateWithNodeSaml({
      samlResponse: field,
      responseSigned: false,
      assertionSigned: false,
      certificates,
      issuer: parties.identityProvider,
      assertionConsumerServiceUrl: parties.assertionConsumerServiceUrl,
      serviceProvider: parties.serviceProvider,
      decryptionKeys,
      clockSkewMs: 180_000,
    });
    return { verdict: 'accepts', nameId };
  } catch (error) {
    return { verdict: 'refuses', why: error instanceof Error ? error.message : String(error) };
  }
}
