// What an IT admin brings of their IdP (an address, a file, a text or single values) → the text of metadata, or what is wrong
// with it in words. Saves nothing. An address that comes from outside is asked within the public internet only, and so is
// wherever it redirects to.

import { isLoopbackHost } from '../../core/loopback';
import { limits } from '../../core/limits';
import { outboundGet } from '../../core/outbound';
import { OutboundError } from '../../core/outbound-reasons';
import type { Reach } from '../../core/public-address';
import { writeMinimalMetadata } from '../../saml/metadata/minimal-metadata';
import { CertificateError } from '../../saml/signature/certificate';
import type { Trouble } from '../../sso/read-metadata';
import type { BroughtMetadata } from './documents';

/** What a form holds; the first that is filled counts, in this order. */
export interface Brought {
  readonly address?: string | undefined;
  /** Octets of a file. */
  readonly file?: Buffer | undefined;
  readonly text?: string | undefined;
  readonly entityId?: string | undefined;
  readonly singleSignOnService?: string | undefined;
  readonly certificate?: string | undefined;
}

export type Bringing =
  | { readonly kind: 'brought'; readonly metadata: BroughtMetadata }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

const FETCH_TIMEOUT_MS = 8000;
const REDIRECTS = 3;

/** A service on loopback is one at work or in a test, and so is its IdP. @param baseUrl of the service provider */
export const reachOf = (baseUrl: string): Reach =>
  isLoopbackHost(new URL(baseUrl).hostname) ? 'public-or-loopback' : 'public';

export async function bringMetadata(brought: Brought, reach: Reach): Promise<Bringing> {
  const { address, file, text } = brought;
  if (address !== undefined) return fetchBrought(address.trim(), reach);
  if (file !== undefined && file.length > 0) return bounded({ xml: file.toString('utf8'), origin: 'file' });
  if (text !== undefined) return bounded({ xml: text, origin: 'paste' });
  return fromValues(brought);
}

/** Asks an address that an admin named. */
export async function fetchBrought(address: string, reach: Reach): Promise<Bringing> {
  try {
    const { status, body } = await outboundGet(address, {
      timeoutMs: FETCH_TIMEOUT_MS,
      answerBytes: limits.setupMetadataBytes,
      redirects: REDIRECTS,
      reach,
      headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' },
    });
    if (status >= 200 && status < 300)
      return { kind: 'brought', metadata: { xml: body.toString('utf8'), origin: 'address', address } };
    return trouble(
      `The address answered with status ${String(status)}.`,
      'Open it in a private window of your browser: the metadata must come without a sign-in. Or upload it as a file.',
    );
  } catch (cause) {
    if (!(cause instanceof OutboundError)) throw cause;
    return trouble(
      `The address cannot be used: ${cause.message}.`,
      `${cause.remedy} Or upload the metadata as a file.`,
    );
  }
}

function bounded(metadata: BroughtMetadata): Bringing {
  if (Buffer.byteLength(metadata.xml) <= limits.setupMetadataBytes) return { kind: 'brought', metadata };
  return trouble(
    'This is larger than the metadata of one identity provider.',
    'Give the metadata of your identity provider alone, not that of a federation.',
  );
}

function fromValues({ entityId, singleSignOnService, certificate }: Brought): Bringing {
  if (entityId === undefined || singleSignOnService === undefined || certificate === undefined) {
    return trouble(
      'There is nothing to look at yet.',
      'Give an address, a file or a text; or all three single values.',
    );
  }
  try {
    const values = {
      entityId: entityId.trim(),
      singleSignOnService: singleSignOnService.trim(),
      certificate,
    };
    return { kind: 'brought', metadata: { xml: writeMinimalMetadata(values), origin: 'values' } };
  } catch (cause) {
    if (cause instanceof CertificateError) return trouble(cause.problem, cause.hint);
    if (cause instanceof TypeError)
      return trouble('A value holds characters that cannot stand there.', 'Copy it again.');
    throw cause;
  }
}

const trouble = (problem: string, hint: string): Bringing => ({
  kind: 'trouble',
  trouble: { problem, hint },
});
