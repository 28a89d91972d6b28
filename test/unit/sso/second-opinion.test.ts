import * as nodeSaml from '@node-saml/node-saml';
import { beginLogin } from '../../../src/sso/begin-login';
import { directoryOf } from '../../../src/sso/directory';
import { completeLogin } from '../../../src/sso/complete-login';
import { buildResponse } from '../../support/idp';
import { challenge, connection, EMAIL, idpKeys, setting, START } from '../../support/makers/setting';
import { requestIdIn } from '../../support/makers/sent-request';

/** One honest answer to a request of its own, where the connection asks for a second opinion. */
async function answered() {
  const { context } = setting();
  const acme = { ...connection('acme', 'portal', ['acme.example']), secondOpinion: true };
  const asking = { ...context, connections: directoryOf([acme]) };
  const step = await beginLogin(asking, { connection: 'acme', codeChallenge: challenge, reference: 'R' });
  if (step.kind !== 'message' || step.message.binding !== 'redirect') throw new Error('no request');
  const xml = buildResponse({
    keys: idpKeys,
    issuer: 'https://idp.acme.example/metadata',
    acsUrl: 'https://sso.example.com/saml/acs',
    audience: 'https://sso.example.com/saml/metadata',
    inResponseTo: requestIdIn(step.message.location),
    now: new Date(START),
    nameId: { value: EMAIL },
  });
  const complete = (text: string) =>
    completeLogin(asking, {
      samlResponse: Buffer.from(text).toString('base64'),
      relayState: undefined,
      reference: 'R',
    });
  return { xml, complete };
}

const ask = jest.spyOn(nodeSaml.SAML.prototype, 'validatePostResponseAsync');
beforeEach(() => ask.mockReset());

const agree = { profile: { nameID: EMAIL } as nodeSaml.Profile, loggedOut: false };

describe('D5: the second opinion', () => {
  it('is asked once for a request, however often its answer comes', async () => {
    const { xml, complete } = await answered();
    ask.mockResolvedValue(agree);
    await expect(complete(xml)).resolves.toMatchObject({
      location: expect.stringContaining('ticket=') as string,
    });
    const stuffed = xml.replace(
      '<samlp:Status>',
      `<samlp:Extensions>${'<a/>'.repeat(9900)}</samlp:Extensions><samlp:Status>`,
    );
    for (const text of [xml, stuffed, stuffed]) {
      await expect(complete(text)).rejects.toMatchObject({ code: 'SAML_REQUEST_UNKNOWN' });
    }
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('is shown what was signed, and not what stands around it', async () => {
    const { xml, complete } = await answered();
    ask.mockResolvedValue(agree);
    await complete(
      xml.replace('<samlp:Status>', '<samlp:Extensions><a xmlns="urn:x"/></samlp:Extensions><samlp:Status>'),
    );
    const shown = Buffer.from(ask.mock.calls[0]?.[0]['SAMLResponse'] ?? '', 'base64').toString();
    expect(shown).toContain(EMAIL);
    expect(shown).not.toMatch(/Extensions|urn:x|KeyInfo/);
  });

  it('refuses when it disagrees, and the request is spent', async () => {
    const { xml, complete } = await answered();
    ask.mockRejectedValue(new Error('no'));
    await expect(complete(xml)).rejects.toMatchObject({ code: 'SAML_SECOND_OPINION_DISAGREES' });
    await expect(complete(xml)).rejects.toMatchObject({ code: 'SAML_REQUEST_UNKNOWN' });
  });

  it('refuses when it sees somebody else', async () => {
    const { xml, complete } = await answered();
    ask.mockResolvedValue({
      profile: { nameID: 'mallory@acme.example' } as nodeSaml.Profile,
      loggedOut: false,
    });
    await expect(complete(xml)).rejects.toMatchObject({ code: 'SAML_SECOND_OPINION_DISAGREES' });
  });
});
