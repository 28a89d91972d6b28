// Where the metadata of a connection comes from → what it says, or what is wrong with it and what to do. An address is
// fetched over https only, with bounds on size and time; what it says is trusted because the deployer wrote the address down.

import { createReadStream } from 'node:fs';
import { limits } from '../core/limits';
import { outboundStream } from '../core/outbound';
import { OutboundError } from '../core/outbound-reasons';
import type { OutboundWay } from '../core/outbound-way';
import type { Problem } from '../core/problem';
import { MetadataError, readMetadata } from '../saml/metadata/identity-provider-metadata';
import { connectTo, type ConnectionSettings } from './connection';
import { readMetadataBytes } from './metadata-thread';
import {
  metadataPath,
  type DownState,
  type MetadataSource,
  type ReadyState,
  type WantedMetadata,
} from './directory';

/** What is wrong; whoever reports it knows the place. */
export type Trouble = Omit<Problem, 'path'>;

/** The text of metadata, and what to ask with whether there is a newer one (RFC 9110 §13). */
export interface ObtainedMetadata {
  readonly xml: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

export type Obtained =
  | { readonly kind: 'obtained'; readonly metadata: ObtainedMetadata }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export interface Fetching {
  readonly timeoutMs: number;
  /** Which IdP, when there are several in it; who has to have signed it. */
  readonly wanted: Omit<WantedMetadata, 'from'>;
  /** Absent: straight. */
  readonly way?: OutboundWay | undefined;
  /** Of the copy at hand. */
  readonly held?: Omit<ObtainedMetadata, 'xml'>;
}

/** Reads a file, or asks an address. Nobody can be asked for what somebody still has to bring. */
export async function obtainMetadata(
  from: Exclude<MetadataSource, { setup: true }>,
  fetching: Fetching,
): Promise<Obtained> {
  try {
    return await ('file' in from ? readMetadataFile(from.file, fetching) : fetchMetadata(from, fetching));
  } catch (cause) {
    if (!(cause instanceof MetadataError)) throw cause;
    return { kind: 'trouble', trouble: { problem: cause.problem, hint: cause.hint } };
  }
}

async function readMetadataFile(file: string, { wanted }: Fetching): Promise<Obtained> {
  try {
    const xml = await readMetadataBytes(createReadStream(file) as AsyncIterable<Buffer>, wanted);
    return { kind: 'obtained', metadata: { xml } };
  } catch (cause) {
    if (cause instanceof MetadataError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const trouble = {
      problem: `cannot be read: ${file} (${reason})`,
      hint: 'Save the metadata that the IdP offers under this name. `wix-saml metadata` works before it is there.',
    };
    return { kind: 'trouble', trouble };
  }
}

/** An address, or a Metadata Query: a responder may choose the form by what is accepted, and is asked for this one only. */
async function fetchMetadata(
  { url, mdq }: Extract<MetadataSource, { url: string }>,
  { timeoutMs, wanted, way, held = {} }: Fetching,
): Promise<Obtained> {
  const { host } = new URL(url);
  const failed = (reason: string, remedy: string): Obtained => ({
    kind: 'trouble',
    trouble: {
      problem: `cannot be fetched: ${host} (${reason})`,
      hint: `${remedy} Or save the metadata as a file and name the file here.`,
    },
  });
  try {
    const headers = {
      accept: `application/samlmetadata+xml${mdq === undefined ? ', application/xml, text/xml' : ''}`,
      ...(held.etag === undefined ? {} : { 'if-none-match': held.etag }),
      ...(held.lastModified === undefined ? {} : { 'if-modified-since': held.lastModified }),
    };
    const bounds = { timeoutMs, answerBytes: limits.aggregateBytes, redirects: 3, headers, way };
    return await outboundStream(url, bounds, async (answer): Promise<Obtained> => {
      const { status, body } = answer;
      const { etag, 'last-modified': lastModified } = answer.headers;
      if (status === 304 && (held.etag ?? held.lastModified) !== undefined) return { kind: 'unchanged' };
      if (status === 404 && mdq !== undefined)
        return failed(
          'status 404',
          `The responder does not know ${mdq}: compare the entityID with the IdP’s.`,
        );
      if (status < 200 || status >= 300)
        return failed(`status ${status}`, 'Open the address in a browser: it must answer without a sign-in.');
      const metadata = {
        xml: await readMetadataBytes(body, wanted),
        ...(etag === undefined ? {} : { etag }),
        ...(lastModified === undefined ? {} : { lastModified }),
      };
      return { kind: 'obtained', metadata };
    });
  } catch (cause) {
    if (cause instanceof OutboundError) return failed(cause.message, cause.remedy);
    throw cause;
  }
}

/** Whose metadata it has to be, and whose not. */
export interface Judging {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly wanted: Omit<WantedMetadata, 'from'>;
  /** entityID of the service provider. */
  readonly ours: string | undefined;
}

/** The text of metadata → the connection, or why there is none. */
export function judgeMetadata(
  settings: ConnectionSettings,
  xml: string,
  { now, wanted, ours }: Judging,
): ReadyState | DownState {
  const path = metadataPath(settings);
  try {
    const { identityProvider, skipped, ...lifetime } = readMetadata(xml, { now, entityId: wanted.entityId });
    if (identityProvider.entityId === ours) {
      const hint = 'Save the metadata of the IdP, not of this service.';
      return down(settings, { problem: 'is our own metadata', hint }, now);
    }
    const tooLong = troubleWithLifetime(lifetime.validUntil, wanted, now);
    if (tooLong !== undefined) return down(settings, tooLong, now);
    return Object.freeze({
      kind: 'ready',
      connection: connectTo(settings, identityProvider),
      ...lifetime,
      skipped: Object.freeze(skipped.map((part) => Object.freeze({ path, ...part }))),
    });
  } catch (cause) {
    if (!(cause instanceof MetadataError)) throw cause;
    return down(settings, { problem: cause.problem, hint: cause.hint }, now);
  }
}

/** IIP-MD04, SDP-MD03: an old document must not be believed for ever. */
function troubleWithLifetime(
  validUntil: number | undefined,
  { validUntilWithinMs: most }: Judging['wanted'],
  now: number,
): Trouble | undefined {
  if (most === undefined) return undefined;
  const hint = 'Take metadata that its publisher renews, or remove `requireValidUntilWithinDays`.';
  if (validUntil === undefined) return { problem: 'The metadata has no validUntil.', hint };
  if (validUntil <= now + most) return undefined;
  const instant = new Date(validUntil).toISOString();
  return { problem: `The metadata is valid until ${instant}, which is further ahead than allowed.`, hint };
}

/** Down for this reason, since now. */
export function down(settings: ConnectionSettings, trouble: Trouble, now: number): DownState {
  return Object.freeze({
    kind: 'down',
    trouble: Object.freeze({ path: metadataPath(settings), ...trouble }),
    since: now,
  });
}
