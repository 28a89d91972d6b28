/**
 * xmlsec1 --verify on every signature of a message, with the configured certificates and nothing else. What is encrypted is
 * decrypted by it first, and the signatures inside are asked for as well.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Case } from './cases';
import type { Opinion } from './opinion';

const run = promisify(execFile);

export function hasXmlsec(): boolean {
  return spawnSync('xmlsec1', ['--version'], { stdio: 'ignore' }).status === 0;
}

const SIGNATURES = `//*[local-name()='Signature' and namespace-uri()='http://www.w3.org/2000/09/xmldsig#']`;
const IDS = ['Response', 'Assertion'].flatMap((name) => ['--id-attr:ID', name]);
/** No message of the catalogues has more that an honest reader would look at. */
const MAX_SIGNATURES = 4;

const count = (xml: string): number =>
  Math.min(MAX_SIGNATURES, (xml.match(/<(?:[\w.-]+:)?Signature[\s>]/g) ?? []).length);

export async function askXmlsec(one: Case): Promise<Opinion> {
  const directory = await mkdtemp(join(tmpdir(), 'differential-'));
  try {
    return await ask(one, (name) => join(directory, name));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function ask(
  { field, certificates, decryptionKeys }: Case,
  at: (name: string) => string,
): Promise<Opinion> {
  const bytes = Buffer.from(field, 'base64');
  await writeFile(at('message.xml'), bytes);
  await Promise.all([
    ...certificates.map((pem, index) => writeFile(at(`${index}.crt`), pem)),
    ...decryptionKeys.map((pem, index) => writeFile(at(`${index}.key`), pem)),
  ]);
  const xml = bytes.toString('utf8');
  const outside = count(xml);
  let answer = await verifyAll(at, 'message.xml', outside, certificates.length);
  if (answer.verdict === 'refuses' || !xml.includes('EncryptedData')) return answer;
  const decrypted = await decrypt(at, decryptionKeys.length);
  if (decrypted === undefined) return answer;
  // The signature over the whole Response is broken by decrypting; the ones inside come after those outside.
  const inside = await verifyAll(at, 'decrypted.xml', count(decrypted), certificates.length, outside);
  if (inside.verdict !== 'silent') answer = inside;
  return answer;
}

async function verifyAll(
  at: (name: string) => string,
  file: string,
  ...[signatures, certificates, from = 0]: [number, number, number?]
): Promise<Opinion> {
  let answer: Opinion = { verdict: 'silent' };
  for (let index = from; index < signatures; index++) {
    answer = await verifyOne(at, file, index + 1, certificates);
    if (answer.verdict === 'refuses') return answer;
  }
  return answer;
}

async function verifyOne(
  at: (name: string) => string,
  file: string,
  position: number,
  certificates: number,
): Promise<Opinion> {
  let why = '';
  for (let certificate = 0; certificate < certificates; certificate++) {
    const node = ['--node-xpath', `(${SIGNATURES})[${position}]`];
    const key = ['--pubkey-cert-pem', at(`${certificate}.crt`)];
    try {
      await run('xmlsec1', [
        '--verify',
        ...key,
        '--enabled-reference-uris',
        'same-doc',
        ...IDS,
        ...node,
        at(file),
      ]);
      return { verdict: 'accepts' };
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      why = (stderr ?? String(error)).replaceAll(at(''), '').slice(0, 400);
    }
  }
  return { verdict: 'refuses', why };
}

async function decrypt(at: (name: string) => string, keys: number): Promise<string | undefined> {
  for (let key = 0; key < keys; key++) {
    try {
      const { stdout } = await run('xmlsec1', [
        '--decrypt',
        '--privkey-pem',
        at(`${key}.key`),
        at('message.xml'),
      ]);
      await writeFile(at('decrypted.xml'), stdout);
      return stdout;
    } catch {
      // another key decides
    }
  }
  return undefined;
}
