/** A4: the IdP signs with a key that its metadata did not have yet when we read it. */
import { acmeResponse } from '../../support/makers/acme-response';
import { createApplication } from '../../../src/http/router';
import { describeCertificate, readCertificate } from '../../../src/saml/signature/certificate';
import { makeIdpKeys, type ResponseOptions } from '../../support/idp';
import { form, listen, type Answer, type Listening } from '../../support/makers/listening';
import { requestIdIn } from '../../support/makers/sent-request';
import { challenge, EMAIL, setting, type Setting } from '../../support/makers/setting';

const newKeys = makeIdpKeys({ commonName: 'new' });
const newKey = describeCertificate(readCertificate(newKeys.certificatePem));

let world: Setting;
let server: Listening;
let asked: string[];
/** Whether the IdP's metadata has the new key, once it is asked for. */
let published: boolean;
beforeEach(async () => {
  world = setting();
  asked = [];
  published = true;
  const { context } = world;
  let connections = context.connections;
  const refreshForUnknownKey = (name: string): Promise<boolean> => {
    asked.push(name);
    const acme = connections.ready.get(name)!;
    const identityProvider = { ...acme.identityProvider, signingKeys: [newKey] };
    const connection = { ...acme, identityProvider };
    if (published) connections = connections.with(name, { kind: 'ready', connection, skipped: [] });
    return Promise.resolve(published);
  };
  server = await listen(
    createApplication({
      ...context,
      refreshForUnknownKey,
      get connections() {
        return connections;
      },
    }),
  );
});
afterEach(() => server.stop());

async function answer(
  changes: Partial<ResponseOptions>,
  change = (xml: string): string => xml,
): Promise<Answer> {
  const { headers } = await server.get(`/saml/login?connection=acme&code_challenge=${challenge}`);
  const inResponseTo = requestIdIn(headers.location);
  const xml = acmeResponse(world.context, inResponseTo, changes);
  const SAMLResponse = Buffer.from(change(xml)).toString('base64');
  return server.send('/saml/acs', form({ SAMLResponse, RelayState: inResponseTo }));
}

describe('#metadata.refresh/guarded-answer an answer that no held key verifies', () => {
  it('is judged again with the keys that the IdP has now', async () => {
    expect((await answer({ keys: newKeys })).status).toBe(200);
    expect(asked).toEqual(['acme']);
  });

  it('is refused when nothing new is there', async () => {
    published = false;
    expect((await answer({ keys: newKeys })).body).toContain('SAML_SIGNATURE_INVALID');
    expect(asked).toEqual(['acme']);
  });

  it('is refused when the new keys do not verify it either', async () => {
    expect((await answer({ keys: makeIdpKeys() })).body).toContain('SAML_SIGNATURE_INVALID');
    expect(asked).toEqual(['acme']);
  });
});

describe('nobody is asked', () => {
  const tampered = (xml: string): string => xml.replace(EMAIL, `x${EMAIL}`);

  it('when the answer names a key that we hold: it was changed after it was signed', async () => {
    expect((await answer({}, tampered)).body).toContain('SAML_SIGNATURE_INVALID');
    expect(asked).toEqual([]);
  });

  it('when a held key verifies it', async () => {
    expect((await answer({})).status).toBe(200);
    expect(asked).toEqual([]);
  });

  it('when it is refused for another reason', async () => {
    expect((await answer({ keys: newKeys, sign: {} })).body).toContain('SAML_SIGNATURE_MISSING');
    expect(asked).toEqual([]);
  });
});
