/** A configuration that is right, with its files in a temporary directory; tests change one thing in it. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load';
import type { ConfigParts } from '../../../src/config/config-parts';
import { ConfigError } from '../../../src/config/problem';
import type { Problem } from '../../../src/core/problem';
import { troubles } from '../../../src/sso/directory';
import { idpMetadata, makeIdpKeys, type IdpKeys } from '../idp';

export const now = Date.parse('2026-06-01T00:00:00Z');

export const yaml = `
serviceProvider:
  baseUrl: https://sso.example.com
  signing:
    - key: sp.key
      certificate: sp.crt
  decryption:
    - key: enc.key
      certificate: enc.crt
listen:
  port: 3000
state: memory
sites:
  portal:
    url: https://www.example.com
    landingPage: /sso
    exchange:
      via: httpFunction
      key: exchange.key
connections:
  acme:
    site: portal
    idpMetadata: idp.xml
    emailDomains: [acme.com]
    emailFrom: nameId
`;

export interface Example {
  readonly directory: string;
  /** Loads the text (or the good one); gives the Config. */
  load(text?: string, env?: Record<string, string>): Promise<ConfigParts>;
  /** Loads the text and gives the problems of it, or those of its connections; none when all is right. */
  problemsOf(text: string, env?: Record<string, string>): Promise<readonly Problem[]>;
  remove(): void;
}

/** The good YAML with one change; throws when the change does not apply, so that no test passes by accident. */
export function changed(from: string | RegExp, to: string): string {
  const text = yaml.replace(from, to);
  if (text === yaml) throw new Error(`the example holds no ${String(from)}`);
  return text;
}

export function makeExample(): Example {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-config-'));
  writeFiles(directory);
  const load: Example['load'] = async (text = yaml, env = {}) => {
    const file = join(directory, 'wix-saml.yaml');
    writeFileSync(file, text);
    // The good one is judged in guards/schema.test.ts: to compile the schema takes longer than most tests.
    if (text === yaml) return loadConfig(file, { env, now });
    const { judgedBySchema } = await import('./schema-judge.js');
    return judgedBySchema(text, () => loadConfig(file, { env, now }));
  };
  return {
    directory,
    load,
    async problemsOf(text, env) {
      try {
        return troubles((await load(text, env)).connections, now);
      } catch (cause) {
        if (cause instanceof ConfigError) return cause.problems;
        throw cause;
      }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Made once for a test file: their keys and certificates are the same in every example. */
let files: ReadonlyMap<string, string | Buffer> | undefined;

function writeFiles(directory: string): void {
  files ??= makeFiles();
  for (const [name, content] of files) writeFileSync(join(directory, name), content, { mode: 0o600 });
  mkdirSync(join(directory, 'folder'));
}

function makeFiles(): ReadonlyMap<string, string | Buffer> {
  const made = new Map<string, string | Buffer>();
  const put = (name: string, content: string | Buffer): void => void made.set(name, content);
  const putPair = (name: string, keys: IdpKeys): void => {
    put(`${name}.key`, keys.privateKeyPem);
    put(`${name}.crt`, keys.certificatePem);
  };
  const day = (days: number): Date => new Date(now + days * 86_400_000);
  const sp = makeIdpKeys({ notBefore: day(-1), notAfter: day(3650) });
  putPair('sp', sp);
  putPair('enc', makeIdpKeys({ notBefore: day(-1), notAfter: day(3650) }));
  putPair('soon', makeIdpKeys({ notBefore: day(-1), notAfter: day(10) }));
  putPair('ec', makeIdpKeys({ kind: 'ec-p256', notBefore: day(-1), notAfter: day(3650) }));
  putPair('weak', makeIdpKeys({ kind: 'rsa-1024' }));
  put('crlf.crt', sp.certificatePem.replaceAll('\n', '\r\n'));
  put('bare.crt', sp.certificateBase64);
  put('der.crt', Buffer.from(sp.certificateBase64, 'base64'));
  const pem = (curve: string, more = {}): string =>
    generateKeyPairSync('ec', { namedCurve: curve })
      .privateKey.export({ type: 'pkcs8', format: 'pem', ...more })
      .toString();
  put('exchange.key', pem('P-256'));
  put('p384.key', pem('P-384'));
  put('locked.key', pem('P-256', { cipher: 'aes-256-cbc', passphrase: 'secret' }));
  put('odd.key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  put('empty.key', '');
  put('api.key', 'IST.abc\n');
  put('two.key', 'IST.abc\nIST.def\n');
  const idp = (entityId: string, keys: IdpKeys): string =>
    idpMetadata({ entityId, ssoUrl: 'https://idp.example/sso', certificates: [keys.certificateBase64] });
  const idpKeys = makeIdpKeys({ notBefore: day(-1), notAfter: day(3650) });
  put('idp.xml', idp('https://idp.example/metadata', idpKeys));
  put('own.xml', idp('https://sso.example.com/saml/metadata', idpKeys));
  put(
    'old.xml',
    idp('https://idp.example/metadata', makeIdpKeys({ notBefore: day(-20), notAfter: day(-2) })),
  );
  put('page.html', '<!doctype html><html><body>Sign in</body></html>');
  return made;
}
