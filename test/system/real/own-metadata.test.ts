// Our metadata with everything that a federation asks for, as others read it: the OpenSAML library of Shibboleth's service
// provider, and SimpleSAMLphp's metadata parser.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSignedServiceProviderMetadata } from '../../../src/saml/metadata/service-provider-metadata';
import { aServiceProvider } from '../../support/makers/a-service-provider';
import { describeReal } from './processes';
import { simpleSamlPhpIsHere } from './simplesamlphp/start';

const ours = aServiceProvider({
  display: {
    displayName: { en: 'Members', de: 'Mitglieder' },
    description: 'The members’ pages',
    logoUrl: 'https://www.example.com/logo.png',
    informationUrl: 'https://www.example.com/about',
    privacyStatementUrl: { en: 'https://www.example.com/privacy', de: 'https://www.example.com/datenschutz' },
    organization: { name: 'Example GmbH', url: 'https://www.example.com/' },
    technicalContactEmail: 'it@example.com',
    securityContactEmail: 'security@example.com',
    entityCategories: ['https://refeds.org/category/code-of-conduct/v2'],
    assuranceCertifications: ['https://refeds.org/sirtfi'],
    requestedAttributes: ['urn:oid:0.9.2342.19200300.100.1.3', 'givenName'],
    validDays: 7,
    cacheHours: 6,
  },
});

let directory: string;
let xml: string;
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-metadata-'));
  xml = await buildSignedServiceProviderMetadata(ours, Date.now());
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describeReal(
  existsSync('/usr/bin/samlsign'),
  'samlsign of OpenSAML',
  'opensaml-tools',
)('#metadata.own/opensaml OpenSAML', () => {
  /** Reads it by the schema, and verifies its signature. */
  const accepts = (text: string): boolean => {
    const certificate = file('sp.crt', ours.signing[0].certificate);
    return spawnSync('samlsign', ['-f', file('sp.xml', text), '-c', certificate]).status === 0;
  };

  it('reads what we say and verifies who says it', () => {
    expect(accepts(xml)).toBe(true);
    expect(accepts(xml.replace('/saml/acs', '/saml/evl'))).toBe(false);
  });
});

describeReal(
  simpleSamlPhpIsHere,
  'SimpleSAMLphp',
  'simplesamlphp php8.2-cli php8.2-xml php8.2-mbstring',
)('#metadata.own/simplesamlphp SimpleSAMLphp', () => {
  it('reads all of it', () => {
    const script = `require "/usr/share/simplesamlphp/lib/_autoload.php";
      echo json_encode(SimpleSAML\\Metadata\\SAMLParser::parseFile($argv[1])->getMetadata20SP());`;
    const { stdout } = spawnSync('php', ['-r', script, file('sp.xml', xml)]);
    const read = JSON.parse(stdout.toString()) as Readonly<Record<string, unknown>>;
    expect(read).toMatchObject({
      entityid: ours.entityId,
      AssertionConsumerService: [{ Location: ours.assertionConsumerServiceUrl, isDefault: true }],
      attributes: ['urn:oid:0.9.2342.19200300.100.1.3', 'givenName'],
      UIInfo: { DisplayName: { en: 'Members', de: 'Mitglieder' } },
      OrganizationName: { en: 'Example GmbH' },
      EntityAttributes: {
        'http://macedir.org/entity-category': ['https://refeds.org/category/code-of-conduct/v2'],
        'urn:oasis:names:tc:SAML:attribute:assurance-certification': ['https://refeds.org/sirtfi'],
      },
    });
    expect(JSON.stringify(read['contacts'])).toContain('security@example.com');
    expect(Number(read['expire'])).toBeGreaterThan(Date.now() / 1000);
  });
});
