/** What strangers write ends on an administrator's terminal: it must stay text there. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idpMetadata, makeIdpKeys } from '../../support/idp';
import { wixSaml } from '../../support/makers/terminal';

const ESCAPES = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e';
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/; // eslint-disable-line no-control-regex -- control characters are what it looks for

let directory: string;
let config: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-cli-'));
  config = join(directory, 'wix-saml.yaml');
  const addresses = ['--base-url', 'https://sso.example.com', '--domain', 'acme.com'];
  await wixSaml(['init', '--config', config, ...addresses]);
  await wixSaml(['keys', '--into', join(directory, 'certs', 'sp')]);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const idp = (entityId: string): void => {
  const certificates = [makeIdpKeys().certificateBase64];
  const metadata = idpMetadata({ entityId, ssoUrl: 'https://idp.example/sso', certificates });
  writeFileSync(join(directory, 'metadata', 'idp', 'acme.xml'), metadata);
};

describe('hostile text', () => {
  it.each([[[]], [['--json']]])('of a site does not reach the terminal as commands %j', async (options) => {
    idp('https://idp.example/metadata');
    const body = JSON.stringify({ version: ESCAPES, problems: [ESCAPES], keys: [], emailDomains: [ESCAPES] });
    const site = createServer((_request, response) => void response.end(body)).listen(0, '127.0.0.1');
    await once(site, 'listening');
    const { port } = site.address() as AddressInfo;
    const file = join(directory, 'local.yaml');
    const text = readFileSync(config, 'utf8');
    writeFileSync(file, text.replace(/url: https:\S+/, `url: http://127.0.0.1:${port}`));
    const ran = await wixSaml(['check', '--config', file, '--site', ...options]);
    site.close();
    expect(ran.out).toMatch(/the site says: .*owned/);
    expect(ran.out + ran.err).not.toMatch(HARMFUL);
  });

  it('of an IdP does not reach the terminal as commands', async () => {
    idp('https://idp.example/\u009b31m\u202e');
    const file = join(directory, 'other.yaml');
    const text = readFileSync(config, 'utf8');
    writeFileSync(file, text.replace(/^( +)(idpMetadata:)/m, '$1idpEntityId: https://other.example\n$1$2'));
    const ran = await wixSaml(['check', '--config', file]);
    expect(ran.out).toMatch(/It holds https:..idp\.example/);
    expect(ran.out + ran.err).not.toMatch(HARMFUL);
  });
});
