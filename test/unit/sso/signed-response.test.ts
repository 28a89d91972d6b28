// `requireSignedResponse` of a connection, where answers are judged.

import { beginLogin } from '../../../src/sso/begin-login';
import { completeLogin } from '../../../src/sso/complete-login';
import { directoryOf } from '../../../src/sso/directory';
import { buildResponse, type ResponseOptions } from '../../support/idp';
import { requestIdIn } from '../../support/makers/sent-request';
import { challenge, connection, EMAIL, idpKeys, setting, START } from '../../support/makers/setting';

it.each<[string, ResponseOptions['sign'], boolean]>([
  ['refuses', { assertion: true }, false],
  ['accepts', { response: true, assertion: true }, true],
])('%s an answer signed as %j', async (_title, sign, accepted) => {
  const strict = { ...connection('acme', 'portal', ['acme.example']), requireSignedResponse: true };
  const context = { ...setting().context, connections: directoryOf([strict]) };
  const step = await beginLogin(context, {
    connection: 'acme',
    codeChallenge: challenge,
    reference: 'R',
  });
  if (step.kind !== 'message' || step.message.binding !== 'redirect') throw new Error('no request');
  const inResponseTo = requestIdIn(step.message.location);
  const xml = buildResponse({
    keys: idpKeys,
    issuer: 'https://idp.acme.example/metadata',
    acsUrl: context.serviceProvider.assertionConsumerServiceUrl,
    audience: context.serviceProvider.entityId,
    inResponseTo,
    now: new Date(START),
    nameId: { value: EMAIL },
    ...(sign === undefined ? {} : { sign }),
  });
  const samlResponse = Buffer.from(xml).toString('base64');
  const outcome = completeLogin(context, { samlResponse, relayState: inResponseTo, reference: 'R' });
  if (accepted) await expect(outcome).resolves.toHaveProperty('location');
  else await expect(outcome).rejects.toThrow('SAML_SIGNATURE_MISSING');
});
