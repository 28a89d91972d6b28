/** A first configuration is one that loads as soon as its files are there, and never replaces another. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFirstConfiguration } from '../../../src/admin/first-configuration';
import { parseYaml } from '../../../src/config/yaml';

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'wix-saml-init-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const addresses = { baseUrl: 'https://sso.acme.com', siteUrl: 'https://www.acme.com', domain: 'acme.com' };

describe('a first configuration', () => {
  it('holds the given addresses, and makes room for metadata', () => {
    const file = join(directory, 'new', 'wix-saml.yaml');
    expect(writeFirstConfiguration(file, addresses)).toEqual({
      keys: join(directory, 'new', 'certs', 'sp'),
      idpMetadata: join(directory, 'new', 'metadata', 'idp', 'acme.xml'),
    });
    expect(existsSync(join(directory, 'new', 'metadata', 'idp'))).toBe(true);
    expect(parseYaml(readFileSync(file, 'utf8'))).toMatchObject({
      serviceProvider: { baseUrl: addresses.baseUrl },
      sites: { portal: { url: addresses.siteUrl } },
      connections: { acme: { emailDomains: [addresses.domain], idpMetadata: 'metadata/idp/acme.xml' } },
    });
  });

  it('is not written over a file', () => {
    const file = join(directory, 'wix-saml.yaml');
    writeFirstConfiguration(file, addresses);
    const before = readFileSync(file, 'utf8');
    expect(writeFirstConfiguration(file, { ...addresses, domain: 'other.example' })).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
