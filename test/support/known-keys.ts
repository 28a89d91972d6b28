/**
 * Jest loads this before every test file: the RSA keys of the tests' parties are read from test/vectors/keys instead of made
 * anew. They are published, so nothing but a test may ever trust them; the demo makes its own.
 */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeKeysFrom, type KeyKind } from './idp/keys';

const left = new Map<KeyKind, string[]>();

function load(kind: KeyKind): string[] {
  const file = join(__dirname, '..', 'vectors', 'keys', `${kind}.pem`);
  const pems = existsSync(file) ? readFileSync(file, 'utf8').split(/(?<=-----END PRIVATE KEY-----\n)/) : [];
  left.set(kind, pems);
  return pems;
}

takeKeysFrom((kind) => {
  const pem = (left.get(kind) ?? load(kind)).shift();
  return pem === undefined ? undefined : createPrivateKey(pem);
});
