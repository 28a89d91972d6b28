/** Every change on the set-up pages leaves who, when and what. */
import { activate, undoActivation } from '../../../../src/admin/setup/activate';
import { readHistory } from '../../../../src/admin/setup/history';
import { listLinks } from '../../../../src/admin/setup/links';
import {
  broughtMetadata,
  HOOLI_IDP,
  setupWorld,
  tested,
  type SetupWorld,
} from '../../../support/makers/setup-world';

let world: SetupWorld;
beforeEach(async () => {
  world = await setupWorld();
});
afterEach(() => world.stop());

it('from the product to the activation and back', async () => {
  const browser = await broughtMetadata(world);
  await tested(world, browser, { attributes: [{ name: 'mail', values: ['gavin@hooli.example'] }] });
  await browser.post('/setup/source', { from: 'attribute:mail' });
  await browser.get('/setup/activate');
  world.clock.advance(1000);
  await browser.post('/setup/activate', {});
  world.clock.advance(1000);
  await activate(world.context, world.documents, 'hooli');
  world.clock.advance(1000);
  const act = { by: 'operator', at: world.clock.now() };
  await undoActivation(world.documents, 'hooli', { act });
  const history = await readHistory(world.documents, 'hooli');
  expect(history.map(({ what }) => what).slice(0, 3)).toEqual(['undone', 'activated', 'handedOver']);
  expect(history.map(({ what }) => what).sort()).toEqual(
    ['activated', 'emailFrom', 'handedOver', 'metadata', 'product', 'undone'].sort(),
  );
  const [link] = await listLinks(world);
  expect(history.find(({ what }) => what === 'metadata')).toMatchObject({ by: link?.id, now: HOOLI_IDP });
  expect(history.find(({ what }) => what === 'emailFrom')).toMatchObject({ now: 'attribute:mail' });
  expect(history.find(({ what }) => what === 'activated')).toMatchObject({ by: 'operator' });
});

it('a form that came too late leaves nothing', async () => {
  const browser = await broughtMetadata(world);
  await browser.get('/setup/connect');
  const before = await readHistory(world.documents, 'hooli');
  expect((await browser.post('/setup/connect', { product: 'entra', draft: '1' })).status).toBe(409);
  expect(await readHistory(world.documents, 'hooli')).toEqual(before);
});
