/** On the set-up pages, a change is judged by the last sign-ins before it is saved, and again before it is activated. */
import { describeCertificate, readCertificate } from '../../../../src/saml/signature/certificate';
import { makeIdpKeys } from '../../../support/idp';
import { aPrint, havePrints } from '../../../support/makers/prints';
import { idpKeys } from '../../../support/makers/setting';
import {
  broughtMetadata,
  HOOLI_IDP,
  hooliMetadata,
  setupWorld,
  tested,
  type SetupWorld,
} from '../../../support/makers/setup-world';

let world: SetupWorld;
beforeEach(async () => {
  world = await setupWorld();
});
afterEach(() => world.stop());

const { thumbprint } = describeCertificate(readCertificate(idpKeys.certificatePem));
const ofHooli = (changes = {}) => aPrint({ identityProvider: HOOLI_IDP, keys: [thumbprint], ...changes });

it('says nothing while nobody has signed in', async () => {
  const browser = await broughtMetadata(world);
  const { body } = await browser.postFile('/setup/metadata', { file: hooliMetadata() });
  expect(body).toContain('Is this your identity provider?');
  expect(body).not.toContain('would pass');
});

it('says that all would pass', async () => {
  const browser = await broughtMetadata(world);
  await havePrints(world.documents, 'hooli', [ofHooli(), ofHooli()]);
  const { body } = await browser.postFile('/setup/metadata', { file: hooliMetadata() });
  expect(body).toContain('Of the last 2 sign-ins, 2 would pass.');
});

it('names the key that goes, and how many were signed by it', async () => {
  const browser = await broughtMetadata(world);
  await havePrints(world.documents, 'hooli', [ofHooli(), ofHooli(), ofHooli()]);
  const { body } = await browser.postFile('/setup/metadata', { file: hooliMetadata(makeIdpKeys()) });
  expect(body).toContain('Of the last 3 sign-ins, 0 would pass.');
  expect(body).toContain('3 × Signed by a certificate that is not among these');
  expect(body).toContain(thumbprint);
});

it('judges the source of the address before the activation', async () => {
  const browser = await broughtMetadata(world);
  await tested(world, browser);
  await havePrints(world.documents, 'hooli', [
    ofHooli(),
    ofHooli({ sources: [] }),
    ofHooli({ sources: [], otherAddresses: ['nameId'] }),
  ]);
  const { body } = await browser.get('/setup/activate');
  expect(body).toContain('Of the last 3 sign-ins, 1 would pass.');
  expect(body).toContain('1 × Without an address where it would be looked for');
  expect(body).toContain('1 × With another address there');
});
