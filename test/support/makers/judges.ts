// Independent judges from the operating system: xmlsec1 for signatures, xmllint with the OASIS schemas for structure.
// Missing ones are skipped with a warning on a user's machine and are an error in CI.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const opensaml = '/usr/share/xml/opensaml';
const xmltooling = '/usr/share/xml/xmltooling';

function runs(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function judge(isThere: boolean, what: string, packages: string): typeof it {
  if (isThere) return it;
  if (process.env['CI'] === 'true') throw new Error(`${what} is missing (${packages})`);
  console.warn(`${what} is missing (Debian: ${packages}); the tests that need it are skipped`);
  return it.skip;
}

export const itWithXmlsec = judge(runs('xmlsec1'), 'xmlsec1', 'xmlsec1');
export const itWithSchemas = judge(
  runs('xmllint') && existsSync(opensaml) && existsSync(xmltooling),
  'xmllint or the SAML schemas',
  'libxml2-utils opensaml-schemas xmltooling-schemas',
);

function inTemporaryDirectory<T>(run: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-judge-'));
  try {
    return run(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const rewrite = (systemId: string, file: string): string => `<system systemId="${systemId}" uri="${file}"/>`;

const catalog = `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
${rewrite('http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd', `${xmltooling}/xmldsig-core-schema.xsd`)}
${rewrite('http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd', `${xmltooling}/xenc-schema.xsd`)}
${rewrite('http://www.w3.org/2001/xml.xsd', `${xmltooling}/xml.xsd`)}
</catalog>`;

const load = (namespace: string, file: string): string =>
  `<xs:import namespace="${namespace}" schemaLocation="${opensaml}/${file}"/>`;

const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
${load('urn:oasis:names:tc:SAML:2.0:protocol', 'saml-schema-protocol-2.0.xsd')}
${load('urn:oasis:names:tc:SAML:2.0:metadata', 'saml-schema-metadata-2.0.xsd')}
${load('urn:oasis:names:tc:SAML:metadata:ui', 'sstc-saml-metadata-ui-v1.0.xsd')}
${load('urn:oasis:names:tc:SAML:metadata:attribute', 'sstc-metadata-attr.xsd')}
${load('urn:oasis:names:tc:SAML:metadata:algsupport', 'sstc-saml-metadata-algsupport-v1.0.xsd')}
</xs:schema>`;

/** What the SAML schemas say against the document; empty when it is valid. Nothing is fetched from a network. */
export function schemaErrors(xml: string): string {
  return inTemporaryDirectory((directory) => {
    const at = (name: string) => join(directory, name);
    writeFileSync(at('catalog.xml'), catalog);
    writeFileSync(at('all.xsd'), schema);
    writeFileSync(at('document.xml'), xml);
    const { status, stderr } = spawnSync(
      'xmllint',
      ['--nonet', '--noout', '--schema', at('all.xsd'), at('document.xml')],
      { encoding: 'utf8', env: { ...process.env, XML_CATALOG_FILES: at('catalog.xml') } },
    );
    return status === 0 ? '' : stderr;
  });
}

/** Verifies the document element's enveloped signature with this certificate; throws what xmlsec1 says otherwise. */
export function verifyWithXmlsec(xml: string, certificatePem: string, documentElement: string): void {
  inTemporaryDirectory((directory) => {
    const file = join(directory, 'document.xml');
    const certificate = join(directory, 'certificate.pem');
    writeFileSync(file, xml);
    writeFileSync(certificate, certificatePem);
    execFileSync(
      'xmlsec1',
      ['--verify', '--pubkey-cert-pem', certificate, '--id-attr:ID', documentElement, file],
      { stdio: 'pipe' },
    );
  });
}
