/** The set-up pages from the link to the hand-over, as a browser sees them. */
import { idpProducts } from '../../../../src/admin/idps';
import { readDraft } from '../../../../src/admin/setup/documents';
import { makeIdpKeys } from '../../../support/idp';
import { form } from '../../../support/makers/listening';
import {
  asRead,
  broughtMetadata,
  HOOLI_IDP,
  hooliAnswer,
  hooliMetadata,
  SetupBrowser,
  setupWorld,
  startTest,
  tested,
  type SetupWorld,
} from '../../../support/makers/setup-world';
import { logText } from '../../../support/makers/setting';

let world: SetupWorld;
beforeEach(async () => {
  world = await setupWorld();
});
afterEach(() => world.stop());

async function opened(): Promise<SetupBrowser> {
  const browser = new SetupBrowser(world);
  await browser.redeem(await world.invite());
  await browser.get('/setup/connect');
  return browser;
}

describe('the first steps', () => {
  it('offer every product that we know, and another one', async () => {
    const browser = await opened();
    const { body } = await browser.get('/setup/connect');
    for (const { id } of idpProducts) expect(body).toContain(`value="${id}"`);
    expect(body).toContain('value="other"');
  });

  it.each(idpProducts.map(({ id, name }) => [id, name]))(
    'show our values in the words of %s',
    async (id, name) => {
      const browser = await opened();
      expect((await browser.post('/setup/connect', { product: id })).headers.location).toMatch(
        /\/setup\/values$/,
      );
      const { status, body } = await browser.get('/setup/values');
      expect(status).toBe(200);
      expect(asRead(body)).toContain(`Enter our values at ${name}`);
      expect(body).toContain('https://sso.example.com/saml/');
    },
  );

  it('show them under the usual names for another one', async () => {
    const browser = await opened();
    await browser.post('/setup/connect', { product: 'other' });
    const { body } = await browser.get('/setup/values');
    for (const value of ['https://sso.example.com/saml/acs', 'BEGIN CERTIFICATE'])
      expect(body).toContain(value);
  });

  it('refuse a product that is none', async () => {
    const browser = await opened();
    expect((await browser.post('/setup/connect', { product: '__proto__' })).status).toBe(400);
  });

  it('lead back to the step that is missing', async () => {
    const browser = await opened();
    expect((await browser.get('/setup/values')).headers.location).toMatch(/\/setup\/connect$/);
    expect((await browser.get('/setup/test')).headers.location).toMatch(/\/setup\/metadata$/);
    expect((await browser.get('/setup/activate')).body).toContain('Your metadata is missing');
    expect((await browser.get('/setup/report')).status).toBe(404);
  });
});

describe('metadata', () => {
  it('is shown as it was understood, and saved by the second click only', async () => {
    const browser = await opened();
    const { body } = await browser.postFile('/setup/metadata', { file: hooliMetadata() });
    for (const text of [HOOLI_IDP, 'https://idp.hooli.example/sso', 'SHA-256', 'Use this'])
      expect(body).toContain(text);
    expect((await readDraft(world.documents, 'hooli')).value.metadata).toBeUndefined();
    const { headers } = await browser.post('/setup/metadata/use', browser.hidden);
    expect(headers.location).toMatch(/\/setup\/test$/);
    expect((await readDraft(world.documents, 'hooli')).value.metadata).toMatchObject({
      xml: hooliMetadata(),
      origin: 'file',
    });
    expect(world.lines.at(-1)).toMatchObject({ event: 'setup.metadataBrought' });
  });

  it('comes as a text or as three single values, too', async () => {
    const browser = await opened();
    const pasted = await browser.postFile('/setup/metadata', { text: `\n${hooliMetadata()}` });
    expect(pasted.body).toContain(HOOLI_IDP);
    const single = await browser.postFile('/setup/metadata', {
      entityId: HOOLI_IDP,
      singleSignOnService: 'https://idp.hooli.example/sso',
      certificate: makeIdpKeys().certificatePem,
    });
    expect(single.body).toContain('redirect https://idp.hooli.example/sso');
    expect((await browser.post('/setup/metadata/use', browser.hidden)).status).toBe(303);
  });

  it.each([
    ['nothing', {}, 'There is nothing to look at yet'],
    ['a web page', { text: '<!doctype html><html></html>' }, 'This is a web page, not metadata'],
    ['our own', { text: 'OWN' }, 'is our own metadata'],
    ['no certificate', { entityId: 'x', singleSignOnService: 'https://x', certificate: 'y' }, 'certificate'],
    [
      'an http address',
      { entityId: 'x', singleSignOnService: 'http://x.example', certificate: 'CERT' },
      'is not usable',
    ],
    [
      'a control character',
      { entityId: 'x\u0001', singleSignOnService: 'https://x', certificate: 'CERT' },
      'cannot stand there',
    ],
  ])('that is %s is refused with what to do', async (_title, fields: Record<string, string>, sentence) => {
    const browser = await opened();
    const own = hooliMetadata().replace(HOOLI_IDP, world.context.serviceProvider.entityId);
    const written = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        value.replace('OWN', own).replace('CERT', makeIdpKeys().certificatePem),
      ]),
    );
    const { status, body } = await browser.postFile('/setup/metadata', written);
    expect(status).toBe(422);
    expect(body).toContain(sentence);
  });

  it('is judged again when it is saved, because a form says anything', async () => {
    const browser = await opened();
    await browser.postFile('/setup/metadata', { file: hooliMetadata() });
    const xml = Buffer.from('<x/>').toString('base64');
    expect((await browser.post('/setup/metadata/use', { ...browser.hidden, xml })).status).toBe(422);
    await browser.postFile('/setup/metadata', { file: hooliMetadata() });
    const address = 'https://elsewhere.example';
    expect((await browser.post('/setup/metadata/use', { ...browser.hidden, address })).status).toBe(400);
  });
});

describe('the test', () => {
  it('passes with an honest answer, shows what came masked, and signs nobody in', async () => {
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, {
      attributes: [{ name: 'department', values: ['Board'] }],
    });
    for (const text of ['The test passed', 'g***@hooli.example', 'department', 'B***', 'agrees with ours'])
      expect(body).toContain(text);
    expect(body).not.toContain('gavin@');
    expect(world.exchanged).toEqual([]);
    expect(world.lines.map(({ event }) => event)).not.toContain('login.accepted');
    expect(world.lines.at(-1)).toMatchObject({ event: 'setup.tested', fields: { outcome: 'passed' } });
    expect(logText(world)).not.toContain('gavin');
  });

  it('names the field of the product that mends a wrong audience', async () => {
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, { audience: 'https://wrong.example' });
    expect(body).toContain('The test failed');
    expect(body).toContain('SAML_AUDIENCE_MISMATCH');
    expect(body).toContain('General → SAML Settings → Audience URI (SP Entity ID)');
    expect(body).toContain('https://wrong.example');
    const report = await browser.get('/setup/report');
    expect(report.headers['content-type']).toContain('text/plain');
    expect(report.body).toContain('FAIL');
    expect(report.body).not.toContain('gavin');
  });

  it('shows a key that the metadata does not have beside those it has', async () => {
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, { keys: makeIdpKeys() });
    expect(body).toContain('SAML_SIGNATURE_INVALID');
    expect(body).toContain('Certificate in the answer that is not on file');
  });

  it('shows what the IdP says when it refuses, with the place where people are assigned', async () => {
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, {
      status: {
        code: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
        message: 'not assigned: gavin@hooli.example',
      },
      noAssertion: true,
      sign: { response: true },
    });
    expect(body).toContain('SAML_STATUS_NOT_SUCCESS');
    expect(body).toContain('Assignments → assign the person');
    expect(body).not.toContain('gavin@');
  });

  it('shows how far the clocks differ', async () => {
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, { now: new Date(world.clock.now() + 600_000) });
    expect(body).toContain('600 seconds ahead of ours');
    expect(body).toContain('SAML_ASSERTION_NOT_YET_VALID');
  });

  it('shows garbage as what it is', async () => {
    const browser = await broughtMetadata(world);
    const { relayState } = await startTest(browser);
    const answer = { SAMLResponse: 'bm90IHhtbA==', RelayState: relayState };
    expect((await world.server.send('/saml/acs', form(answer))).status).toBe(200);
    expect((await browser.get('/setup/test')).body).toContain('SAML_XML_MALFORMED');
  });

  it('lets the admin choose where two places hold an address, and asks for no other round', async () => {
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, {
      attributes: [{ name: 'mail', values: ['belson@hooli.example'] }],
    });
    expect(body).toContain('Which one is the person’s address?');
    expect((await browser.get('/setup/activate')).body).toContain('not decided');
    await browser.get('/setup/test');
    expect((await browser.post('/setup/source', { from: 'attribute:phone' })).status).toBe(400);
    await browser.post('/setup/source', { from: 'attribute:mail' });
    expect(asRead((await browser.get('/setup/activate')).body)).toContain('the attribute mail');
  });

  it('waits, and after five minutes says that nothing came', async () => {
    const browser = await broughtMetadata(world);
    await startTest(browser);
    const { body } = await browser.get('/setup/test');
    expect(body).toContain('Waiting for the answer');
    expect(body).toContain('Look again');
    // A page that loads itself anew takes the text from under a reader (WCAG 2.2.4).
    expect(body).not.toContain('http-equiv="refresh"');
    world.clock.advance(5 * 60_000);
    const later = await browser.get('/setup/test');
    expect(later.body).toContain('Nothing came back');
    expect(later.body).toContain('Assignments → assign the person');
  });

  it.each([
    ['drops our RelayState', {}],
    ['puts its own in its place', { RelayState: 'https://idp.hooli.example/home' }],
  ])('passes with an IdP that %s', async (_, more) => {
    const browser = await broughtMetadata(world);
    const { requestId } = await startTest(browser);
    const answer = { SAMLResponse: hooliAnswer(world, requestId), ...more };
    const { status, body } = await world.server.send('/saml/acs', form(answer));
    expect(status).toBe(200);
    expect(body).toContain('The test is over');
    expect((await browser.get('/setup/test')).body).toContain('The test passed');
  });

  it('shows what is wrong with the answer of an IdP that drops our RelayState', async () => {
    const browser = await broughtMetadata(world);
    const { requestId } = await startTest(browser);
    const answer = hooliAnswer(world, requestId, { audience: 'https://other.example' });
    await world.server.send('/saml/acs', form({ SAMLResponse: answer }));
    expect((await browser.get('/setup/test')).body).toContain('SAML_AUDIENCE_MISMATCH');
  });

  it('explains what an IdP does that brings back nothing of ours', async () => {
    const browser = await broughtMetadata(world);
    await startTest(browser);
    const lost = await world.server.send('/saml/acs', form({ SAMLResponse: hooliAnswer(world, null) }));
    expect(lost.body).toContain('SAML_ISSUER_MISMATCH');
    expect((await browser.get('/setup/test')).body).toContain('did not bring our RelayState back');
  });

  it('says nothing any more when the metadata is another one', async () => {
    const browser = await broughtMetadata(world);
    await tested(world, browser);
    expect((await browser.get('/setup/activate')).body).toContain('Hand over');
    await browser.postFile('/setup/metadata', { file: hooliMetadata(makeIdpKeys()) });
    await browser.post('/setup/metadata/use', browser.hidden);
    expect((await browser.get('/setup/activate')).body).toContain('have not passed a test yet');
  });

  it('that was begun with other settings is none', async () => {
    const browser = await broughtMetadata(world);
    const { requestId, relayState } = await startTest(browser);
    await browser.postFile('/setup/metadata', { file: hooliMetadata(makeIdpKeys()) });
    await browser.post('/setup/metadata/use', browser.hidden);
    const answer = { SAMLResponse: hooliAnswer(world, requestId), RelayState: relayState };
    await world.server.send('/saml/acs', form(answer));
    expect((await browser.get('/setup/test')).body).toContain('changed while you were away');
  });
});

describe('a connection with the operator’s demands', () => {
  function demand(settings: object): void {
    const entry = world.context.connections.byName('hooli');
    if (entry === undefined) throw new Error('no such connection');
    world.replace('hooli', { ...entry, settings: { ...entry.settings, ...settings } });
  }

  it('fails the test of who signed in before it began, where that is not allowed', async () => {
    demand({ forceAuthn: true });
    const browser = await broughtMetadata(world);
    const old = new Date(world.clock.now() - 3_600_000);
    const { body } = await tested(world, browser, { authnStatements: [{ authnInstant: old.toISOString() }] });
    expect(body).toContain('The person signed in anew for this request');
    expect(body).toContain('POLICY_AUTHN_TOO_OLD');
    expect((await tested(world, browser)).body).toContain('The test passed');
  });

  it('sends the request of a test as a form where that is the way', async () => {
    demand({ requestBinding: 'post' });
    const browser = await broughtMetadata(world, postMetadata());
    const { status, headers, body } = await browser.post('/setup/test', {});
    expect(status).toBe(200);
    expect(body).toContain('action="https://idp.hooli.example/sso"');
    expect(headers['referrer-policy']).toBe('strict-origin');
  });

  it('leaves nothing to choose where the operator has named the source', async () => {
    const policy = { emailDomains: new Set(['hooli.example']), emailFrom: { attribute: 'mail' } };
    demand({ policy });
    const browser = await broughtMetadata(world);
    const { body } = await tested(world, browser, {
      attributes: [{ name: 'mail', values: ['belson@hooli.example'] }],
    });
    expect(asRead(body)).toContain('the attribute mail (b***@hooli.example)');
    expect(body).not.toContain('Which one is');
  });
});

const postMetadata = (): string => hooliMetadata().replaceAll('HTTP-Redirect', 'HTTP-POST');

describe('the hand-over', () => {
  it('tells the operator, and makes nothing live', async () => {
    const browser = await broughtMetadata(world);
    await tested(world, browser);
    await browser.get('/setup/activate');
    expect((await browser.post('/setup/activate', {})).status).toBe(303);
    expect((await browser.get('/setup/activate')).body).toContain('You are done');
    expect(world.lines.at(-1)).toMatchObject({ level: 'warn', event: 'setup.handedOver' });
    expect(world.context.connections.byName('hooli')?.state.kind).toBe('waiting');
  });

  it('does nothing before the test has passed', async () => {
    const browser = await broughtMetadata(world);
    await browser.post('/setup/activate', {});
    expect((await readDraft(world.documents, 'hooli')).value.handedOver).toBeUndefined();
  });
});
