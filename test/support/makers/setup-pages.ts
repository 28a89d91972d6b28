/** Every set-up page in every state, as a browser gets it. */
import { activate } from '../../../src/admin/setup/activate';
import type { TxtAnswer } from '../../../src/core/txt-lookup';
import { makeIdpKeys } from '../idp';
import {
  SetupBrowser,
  hooliAnswer,
  hooliMetadata,
  setupWorld,
  startTest,
  tested,
  WAITING,
} from './setup-world';
import { form } from './listening';

export type SeenPage = readonly [name: string, html: string];

/** The pages of domains that need a proof, and of an activation without the operator. */
async function selfPages(accept: Readonly<Record<string, string>>): Promise<readonly SeenPage[]> {
  let dns: TxtAnswer = { kind: 'absent' };
  const world = await setupWorld({ self: true, lookup: () => Promise.resolve(dns) });
  const seen: SeenPage[] = [];
  const see = (name: string, { body }: { readonly body: string }): void => {
    seen.push([name, body]);
  };
  try {
    const browser = new SetupBrowser(world, undefined, accept);
    await browser.redeem(await world.invite());
    see('domains', await browser.get('/setup/domains'));
    see('domains-not-found', await browser.post('/setup/domains', {}));
    dns = { kind: 'unknown', reason: 'ESERVFAIL' };
    see('domains-no-answer', await browser.post('/setup/domains', {}));
    await browser.postFile('/setup/metadata', { file: hooliMetadata() });
    await browser.post('/setup/metadata/use', browser.hidden);
    const { record } = await world.context.domainProofs!.view(WAITING, 'hooli.example');
    dns = { kind: 'found', texts: [record.text] };
    await browser.get('/setup/domains');
    see('domains-proven', await browser.post('/setup/domains', {}));
    await browser.get('/setup/test');
    await tested(world, browser);
    see('activate-alone', await browser.get('/setup/activate'));
    await browser.post('/setup/activate', { action: 'activate' });
    await browser.get('/setup/metadata');
    await browser.postFile('/setup/metadata', { file: hooliMetadata(makeIdpKeys()) });
    see('preview-changes', await browser.postFile('/setup/metadata', { file: hooliMetadata(makeIdpKeys()) }));
    await browser.post('/setup/metadata/use', browser.hidden);
    see('activate-again', await browser.get('/setup/activate'));
    dns = { kind: 'absent' };
    await browser.get('/setup/domains');
    see('domains-missing', await browser.post('/setup/domains', {}));
    return seen;
  } finally {
    await world.stop();
  }
}

/** @param language as the browser says it */
export async function everySetupPage(language = 'en'): Promise<readonly SeenPage[]> {
  const world = await setupWorld();
  const seen: SeenPage[] = [];
  const accept = { 'accept-language': language };
  const see = (name: string, { body }: { readonly body: string }): void => {
    seen.push([name, body]);
  };
  try {
    const secret = await world.invite();
    const browser = new SetupBrowser(world, undefined, accept);
    see('invitation', await browser.get(`/setup?link=${secret}`));
    see('link-refused', await browser.get(`/setup?link=${'a'.repeat(43)}`));
    await browser.redeem(secret);
    see('connect', await browser.get('/setup/connect'));
    await browser.post('/setup/connect', { product: 'other' });
    see('values-other', await browser.get('/setup/values'));
    await browser.get('/setup/connect');
    await browser.post('/setup/connect', { product: 'entra' });
    see('values', await browser.get('/setup/values'));
    see('metadata', await browser.get('/setup/metadata'));
    see('metadata-refused', await browser.postFile('/setup/metadata', { entityId: 'x' }));
    see('activate-nothing', await browser.get('/setup/activate'));
    see('preview', await browser.postFile('/setup/metadata', { file: hooliMetadata() }));
    await browser.post('/setup/metadata/use', browser.hidden);
    see('metadata-saved', await browser.get('/setup/metadata'));
    see('activate-untested', await browser.get('/setup/activate'));
    see('test', await browser.get('/setup/test'));

    const answer = async (changes: Parameters<typeof hooliAnswer>[2]) => {
      await browser.get('/setup/test');
      const { requestId, relayState } = await startTest(browser);
      const fields = { SAMLResponse: hooliAnswer(world, requestId, changes), RelayState: relayState };
      const sent = form(fields);
      return world.server.send('/saml/acs', { ...sent, headers: { ...sent.headers, ...accept } });
    };
    await startTest(browser);
    see('test-waiting', await browser.get('/setup/test'));
    world.clock.advance(6 * 60_000);
    see('test-nothing', await browser.get('/setup/test'));
    see(
      'test-over',
      await answer({
        audience: 'https://wrong.example',
        attributes: [
          { name: 'groups', values: ['staff', 'admins'] },
          { name: 'empty', values: [] },
        ],
      }),
    );
    see('test-failed', await browser.get('/setup/test'));
    await answer({ now: new Date(world.clock.now() + 90_000) });
    see('test-clock', await browser.get('/setup/test'));
    await answer({});
    see('test-passed', await browser.get('/setup/test'));
    await answer({ attributes: [{ name: 'mail', values: ['belson@hooli.example'] }] });
    see('test-choice', await browser.get('/setup/test'));
    see('activate-undecided', await browser.get('/setup/activate'));
    await browser.get('/setup/test');
    await browser.post('/setup/source', { from: 'attribute:mail' });
    see('activate-ready', await browser.get('/setup/activate'));
    await browser.post('/setup/activate', {});
    see('activate-handed-over', await browser.get('/setup/activate'));
    await activate(world.context, world.documents, WAITING);
    see('activate-live', await browser.get('/setup/activate'));
    see('conflict', await browser.post('/setup/connect', { product: 'okta', draft: 'x' }));
    return [...seen, ...(await selfPages(accept))];
  } finally {
    await world.stop();
  }
}
