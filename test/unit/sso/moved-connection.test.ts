// A connection that moved to another site while somebody was at the IdP.
import { acmeResponse } from '../../support/makers/acme-response';
import { completeLogin } from '../../../src/sso/complete-login';
import { beginLogin } from '../../../src/sso/begin-login';
import { directoryOf } from '../../../src/sso/directory';
import { challenge, connection, setting } from '../../support/makers/setting';
import { requestIdIn } from '../../support/makers/sent-request';

it.each(['portal', 'shop'])('a connection signs people in to its present site only: %s', async (site) => {
  const { context } = setting();
  const step = await beginLogin(context, {
    connection: 'acme',
    codeChallenge: challenge,
    reference: 'R',
  });
  if (step.kind !== 'message' || step.message.binding !== 'redirect') throw new Error('no request');
  const inResponseTo = requestIdIn(step.message.location);
  const xml = acmeResponse(context, inResponseTo);
  const moved = { ...context, connections: directoryOf([connection('acme', site, ['acme.example'])]) };
  const answer = { samlResponse: Buffer.from(xml).toString('base64'), relayState: undefined, reference: 'R' };
  const completed = completeLogin(moved, answer);
  if (site === 'portal')
    expect((await completed).location).toContain('https://www.portal.example/sso?ticket=');
  else await expect(completed).rejects.toMatchObject({ code: 'SAML_REQUEST_UNKNOWN' });
});
