// `requireSignedResponse` of a connection, where answers are judged.

import { acmeResponse } from '../../support/makers/acme-response';
import { beginLogin } from '../../../src/sso/begin-login';
import { completeLogin } from '../../../src/sso/complete-login';
import { directoryOf } from '../../../src/sso/directory';
import { type ResponseOptions } from '../../support/idp';
import { requestIdIn } from '../../support/makers/sent-request';
import { challenge, connection, setting } from '../../support/makers/setting';

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
  const xml = acmeResponse(context, inResponseTo, sign === undefined ? {} : { sign });
  const samlResponse = Buffer.from(xml).toString('base64');
  const outcome = completeLogin(context, { samlResponse, relayState: inResponseTo, reference: 'R' });
  if (accepted) await expect(outcome).resolves.toHaveProperty('location');
  else await expect(outcome).rejects.toThrow('SAML_SIGNATURE_MISSING');
});
