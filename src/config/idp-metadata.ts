// From the name of a file or an address to an IdentityProvider, or to a problem with a remedy.
// An address is fetched once, over https only, with bounds on size and time; what it says is trusted because the
// deployer wrote the address down.

import { readFileSync } from 'node:fs';
import { limits } from '../core/limits';
import type { IdentityProvider } from '../saml/identity-provider';
import { MetadataError, readIdentityProviderMetadata } from '../saml/metadata/identity-provider-metadata';
import { report, type At } from './reading';

export type MetadataSource = { readonly file: string } | { readonly url: string };

const fetchTimeoutMs = 10_000;
const maxRedirects = 3;

export async function loadIdentityProvider(
  source: MetadataSource,
  entityId: string | undefined,
  at: At,
): Promise<IdentityProvider | undefined> {
  const xml = 'file' in source ? readMetadataFile(source.file, at) : await fetchMetadata(source.url, at);
  if (xml === undefined) return undefined;
  try {
    return readIdentityProviderMetadata(xml, { now: at.now, entityId });
  } catch (cause) {
    if (cause instanceof MetadataError) return report(at, cause.problem, cause.hint);
    throw cause;
  }
}

function readMetadataFile(file: string, at: At): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    return report(
      at,
      `cannot be read: ${file} (${reason})`,
      'Save the metadata that the IdP offers under this name. `wix-saml metadata` works before it is there.',
    );
  }
}

async function fetchMetadata(address: string, at: At): Promise<string | undefined> {
  const hint = 'Open the address in a browser, or save the metadata as a file and name the file here.';
  try {
    return await fetchText(address, AbortSignal.timeout(fetchTimeoutMs), maxRedirects);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown';
    return report(at, `cannot be fetched: ${new URL(address).host} (${reason})`, hint);
  }
}

async function fetchText(address: string, signal: AbortSignal, redirectsLeft: number): Promise<string> {
  const response = await fetch(address, {
    signal,
    redirect: 'manual',
    headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' },
  });
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location !== null) {
    await response.body?.cancel();
    const next = new URL(location, address);
    // A redirect to plain http would let anybody on the way choose the IdP's keys.
    if (next.protocol !== 'https:') throw new Error(`redirected to ${next.protocol}//`);
    if (redirectsLeft === 0) throw new Error('redirected too often');
    return fetchText(next.href, signal, redirectsLeft - 1);
  }
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limits.metadataBytes) throw new Error(`larger than ${limits.metadataBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
