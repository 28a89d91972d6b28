// From the name of a file or an address to an IdentityProvider, or to a problem with a remedy.
// An address is fetched once, over https only, with bounds on size and time; what it says is trusted because the
// deployer wrote the address down.

import { readFileSync } from 'node:fs';
import { limits } from '../core/limits';
import { outboundGet, type OutboundGet } from '../core/outbound';
import { OutboundError } from '../core/outbound-reasons';
import type { IdentityProvider } from '../saml/identity-provider';
import { MetadataError, readIdentityProviderMetadata } from '../saml/metadata/identity-provider-metadata';
import { report, type At } from './reading';

export type MetadataSource = { readonly file: string } | { readonly url: string };

const fetching: OutboundGet = {
  timeoutMs: 10_000,
  answerBytes: limits.metadataBytes,
  redirects: 3,
  headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' },
};

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
  const { host } = new URL(address);
  const failed = (reason: string, remedy: string): string | undefined =>
    report(
      at,
      `cannot be fetched: ${host} (${reason})`,
      `${remedy} Or save the metadata as a file and name the file here.`,
    );
  try {
    const { status, body } = await outboundGet(address, fetching);
    if (status >= 200 && status < 300) return body.toString('utf8');
    return failed(`status ${status}`, 'Open the address in a browser: it must answer without a sign-in.');
  } catch (cause) {
    if (cause instanceof OutboundError) return failed(cause.message, cause.remedy);
    throw cause;
  }
}
