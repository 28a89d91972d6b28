// Starts Debian's SimpleSAMLphp as an identity provider, with keys and state of its own in a temporary directory.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../support/makers/free-port';
import { stopped } from '../processes';

const www = '/usr/share/simplesamlphp/www';
const startWithinMs = 20_000;

export const simpleSamlPhpIsHere = existsSync(www) && existsSync('/usr/bin/php');

export interface SimpleSamlPhpSettings {
  readonly signResponse: boolean;
  readonly signAssertion: boolean;
  /** XML Signature URI. */
  readonly signatureAlgorithm: string;
  readonly encrypt: boolean;
  readonly nameIdFormat: string;
}

export const defaultSettings: SimpleSamlPhpSettings = {
  signResponse: true,
  signAssertion: true,
  signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  encrypt: false,
  nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};

export interface SimpleSamlPhp {
  readonly baseUrl: string;
  readonly metadataXml: string;
  /** Imports a service provider's metadata. */
  register(metadataXml: string): void;
  /** Takes effect with the next request. */
  change(settings: Partial<SimpleSamlPhpSettings>): void;
  log(): string;
  stop(): Promise<void>;
}

export async function startSimpleSamlPhp(): Promise<SimpleSamlPhp> {
  const state = mkdtempSync(join(tmpdir(), 'wix-saml-idp-'));
  const at = (name: string): string => join(state, name);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const salt = randomBytes(16).toString('hex');
  const change = (settings: Partial<SimpleSamlPhpSettings>): void => {
    // Renamed into place: a request never sees half a file.
    writeFileSync(at('settings.new'), JSON.stringify({ ...defaultSettings, ...settings, baseUrl, salt }));
    renameSync(at('settings.new'), at('settings.json'));
  };
  for (const directory of ['tmp', 'sessions']) mkdirSync(at(directory));
  writeFileSync(at('sp.xml'), emptyMetadata);
  change({});
  makeKey(at('idp.key'), at('idp.crt'));
  const php = spawn('php', ['-d', 'display_errors=0', '-S', `127.0.0.1:${port}`, '-t', www], {
    env: {
      ...process.env,
      IDP_STATE: state,
      SIMPLESAMLPHP_CONFIG_DIR: join(__dirname, 'conf'),
    },
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> => {
    await stopped(php);
    rmSync(state, { recursive: true, force: true });
  };
  const log = (): string =>
    existsSync(at('simplesamlphp.log')) ? readFileSync(at('simplesamlphp.log'), 'utf8') : '';
  try {
    const metadataXml = await metadataOf(baseUrl, php);
    return { baseUrl, metadataXml, register: (xml) => writeFileSync(at('sp.xml'), xml), change, log, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

const emptyMetadata = '<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>';

function makeKey(key: string, certificate: string): void {
  const subject = ['-subj', '/CN=SimpleSAMLphp of a test', '-days', '30'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-sha256',
      ...subject,
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'pipe' },
  );
}

async function metadataOf(baseUrl: string, php: ChildProcess): Promise<string> {
  const giveUpAt = Date.now() + startWithinMs;
  let trouble = 'no answer';
  while (Date.now() < giveUpAt && php.exitCode === null) {
    try {
      const answer = await fetch(`${baseUrl}/saml2/idp/metadata.php`);
      const text = await answer.text();
      if (answer.ok && text.includes('EntityDescriptor')) return text;
      trouble = `${answer.status} ${text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 500)}`;
    } catch (cause) {
      trouble = String(cause);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`SimpleSAMLphp did not start: ${trouble}`);
}
