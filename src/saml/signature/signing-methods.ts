// How a request to one IdP is signed: by the first of our keys with SHA-256 (SDP-ALG01), unless the IdP's metadata says that
// it verifies something else (IIP-MD10). What it declares and we do not do, SHA-1 above all, is as if it said nothing.

import type { KeyObject } from 'node:crypto';
import { ns } from '../names';
import type { DeclaredAlgorithms } from '../identity-provider';
import type { KeyPair, ServiceProvider } from '../service-provider';

export interface SigningMethod {
  /** SignatureMethod, or SigAlg of the Redirect binding. */
  readonly uri: string;
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  /** RSA-PSS, the salt as long as the hash (RFC 9231 §2.3.10). */
  readonly pss?: true;
}

export interface DigestMethod {
  readonly uri: string;
  readonly hash: SigningMethod['hash'];
}

/** A key with the methods that an IdP takes. */
export interface Signing {
  readonly keyPair: KeyPair;
  readonly method: SigningMethod;
  readonly digest: DigestMethod;
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#';

/** The first is the usual one. */
const methods: Readonly<Record<'rsa' | 'ec', readonly [SigningMethod, ...SigningMethod[]]>> = {
  rsa: [
    { uri: `${more}rsa-sha256`, hash: 'sha256' },
    { uri: `${more}rsa-sha384`, hash: 'sha384' },
    { uri: `${more}rsa-sha512`, hash: 'sha512' },
    { uri: `${more2007}sha256-rsa-MGF1`, hash: 'sha256', pss: true },
    { uri: `${more2007}sha384-rsa-MGF1`, hash: 'sha384', pss: true },
    { uri: `${more2007}sha512-rsa-MGF1`, hash: 'sha512', pss: true },
  ],
  ec: [
    { uri: `${more}ecdsa-sha256`, hash: 'sha256' },
    { uri: `${more}ecdsa-sha384`, hash: 'sha384' },
    { uri: `${more}ecdsa-sha512`, hash: 'sha512' },
  ],
};

const sha256: DigestMethod = { uri: `${ns.xenc}sha256`, hash: 'sha256' };
const digests: readonly DigestMethod[] = [
  sha256,
  { uri: `${more}sha384`, hash: 'sha384' },
  { uri: `${ns.xenc}sha512`, hash: 'sha512' },
];

/** What a key does when nobody says otherwise. @throws TypeError for a key that cannot sign */
export function usualMethod(key: KeyObject): SigningMethod {
  return methodsOf(key)[0];
}

function methodsOf(key: KeyObject): (typeof methods)['rsa'] {
  const type = key.asymmetricKeyType;
  if (key.type === 'private' && (type === 'rsa' || type === 'ec')) return methods[type];
  throw new TypeError(`a ${key.type} key of the kind ${type ?? 'none'} cannot sign`);
}

export const usualDigest = sha256;

/** The usual way, or the nearest to it that the IdP declares; of several keys the first that fits. */
export function signingFor(
  { signing }: Pick<ServiceProvider, 'signing'>,
  declared: DeclaredAlgorithms | undefined,
): Signing {
  const [first] = signing;
  const usual: Signing = {
    keyPair: first,
    method: usualMethod(first.privateKey),
    digest: digestFor(declared),
  };
  return fitting(signing, declared) ?? usual;
}

/** False when the IdP declares nothing that we can do: the usual way is used, and it may refuse. */
export function canSignFor(
  { signing }: Pick<ServiceProvider, 'signing'>,
  declared: DeclaredAlgorithms,
): boolean {
  const isDigestKnown =
    declared.digest.length === 0 || digests.some(({ uri }) => declared.digest.includes(uri));
  return isDigestKnown && fitting(signing, declared) !== undefined;
}

function fitting(signing: readonly KeyPair[], declared: DeclaredAlgorithms | undefined): Signing | undefined {
  const named = declared?.signing ?? [];
  const all = signing.flatMap((keyPair) =>
    methodsOf(keyPair.privateKey).map((method) => ({ keyPair, method, digest: digestFor(declared) })),
  );
  return all.find(({ method }) => named.length === 0 || named.includes(method.uri));
}

const digestFor = (declared: DeclaredAlgorithms | undefined): DigestMethod =>
  digests.find(({ uri }) => declared?.digest.includes(uri)) ?? sha256;
