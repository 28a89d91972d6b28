/** What acme's identity provider posts for its one person, right for this service but for the changes. */

import type { SsoContext } from '../../../src/sso/context';
import { buildResponse, type ResponseOptions } from '../idp';
import { EMAIL, idpKeys, START } from './setting';

export const acmeResponse = (
  { serviceProvider }: Pick<SsoContext, 'serviceProvider'>,
  inResponseTo: string,
  changes: Partial<ResponseOptions> = {},
): string =>
  buildResponse({
    keys: idpKeys,
    issuer: 'https://idp.acme.example/metadata',
    acsUrl: serviceProvider.assertionConsumerServiceUrl,
    audience: serviceProvider.entityId,
    inResponseTo,
    now: new Date(START),
    nameId: { value: EMAIL },
    ...changes,
  });
