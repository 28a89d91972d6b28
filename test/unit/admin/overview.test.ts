/** What a deployment means in names, addresses and certificates; and our own values for an IdP's form. */

import { X509Certificate } from 'node:crypto';
import { overview } from '../../../src/admin/overview';
import { ownValues } from '../../../src/admin/own-values';
import type { Deployment } from '../../../src/admin/deployment';
import { changed, makeExample } from '../../support/makers/configuration';

let deployment: Deployment;
let wide: Deployment;
beforeAll(async () => {
  const example = makeExample();
  deployment = await example.load();
  wide = await example.load(changed('[acme.com]', '"*"'));
  example.remove();
});

const thumbprintOf = (certificate: string): string =>
  new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();

describe('an overview', () => {
  it('names what we are, the sites and the connections', () => {
    const { serviceProvider, configuredSites, connections } = overview(deployment);
    const [pair] = deployment.serviceProvider.signing;
    expect(serviceProvider).toMatchObject({
      entityId: 'https://sso.example.com/saml/metadata',
      assertionConsumerServiceUrl: 'https://sso.example.com/saml/acs',
      signing: [{ notAfter: '2036-05-29', thumbprint: thumbprintOf(pair.certificate) }],
    });
    expect(configuredSites).toEqual([
      {
        name: 'portal',
        url: 'https://www.example.com',
        landingPage: '/sso',
        origins: ['https://www.example.com'],
      },
    ]);
    expect(connections).toMatchObject([
      {
        name: 'acme',
        site: 'portal',
        identityProvider: 'https://idp.example/metadata',
        emailDomains: ['acme.com'],
      },
    ]);
    expect(connections[0]?.signingCertificates).toHaveLength(1);
  });

  it('says it in words when an IdP may vouch for everybody', () => {
    expect(overview(wide).connections[0]?.emailDomains).toEqual([
      'every domain that no other connection names',
    ]);
  });

  it('holds no key', () => {
    expect(JSON.stringify(overview(deployment))).not.toMatch(/PRIVATE|"d"/);
  });
});

describe('our values', () => {
  it('are those of our metadata, with the first decryption certificate only', () => {
    const { serviceProvider } = deployment;
    const [first] = serviceProvider.decryption;
    const doubled = { ...serviceProvider, decryption: [first!, serviceProvider.signing[0]] };
    const values = ownValues(doubled);
    expect(values).toMatchObject({
      entityId: serviceProvider.entityId,
      assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
      metadataUrl: 'https://sso.example.com/saml/metadata',
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      encryption: [{ thumbprint: thumbprintOf(first!.certificate), certificate: first!.certificate }],
    });
    expect(values.signing).toHaveLength(1);
    expect(JSON.stringify(values)).not.toContain('PRIVATE');
  });
});
