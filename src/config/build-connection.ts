// One connection: the deployer's choices for it, what does not fit together, and what became of the IdP's metadata. Wrong
// choices are problems of the configuration; wrong metadata is the trouble of this connection alone.

import { mfaWayOf } from '../admin/idps/mfa-way';
import type { EmailSource, MemberPolicy } from '../policy/member-policy';
import { refedsWay } from '../policy/mfa';
import { describeCertificate } from '../saml/signature/certificate';
import type { ConnectionSettings } from '../sso/connection';
import { defaultSessionRules, type SessionRules } from '../sso/session-rules';
import type { ConnectionEntry, ConnectionState, WantedMetadata } from '../sso/directory';
import { down, judgeMetadata, obtainMetadata } from '../sso/read-metadata';
import { timeoutOf } from '../sso/refresh-times';
import { present } from './build';
import { buildRevocation } from './build-revocation';
import { noteWritableFile, readCertificateFile } from './key-files';
import type { ConnectionDraft, Draft } from './options';
import { below, report, shown, type At } from './reading';

/** @param name of the connection */
export async function buildConnection(
  name: string,
  draft: ConnectionDraft,
  whole: Draft,
  at: At,
): Promise<ConnectionEntry | undefined> {
  if (draft.site !== undefined && whole.sites?.has(draft.site) === false) {
    const known = [...whole.sites.keys()].join(', ');
    report(
      below(at, 'site'),
      `names no site: ${shown(draft.site)}`,
      `Use one of: ${known === '' ? 'none is configured' : known}.`,
    );
  }
  const policy = policyOf(name, draft, whole, at);
  const { site, idpMetadata: from } = draft;
  const demanded = demandsOf(draft, at);
  if (site === undefined || from === undefined || policy === undefined) return undefined;
  const settings: ConnectionSettings = Object.freeze({
    name,
    ...present({ displayName: draft.displayName }),
    site,
    ...present({ contactEmail: draft.contactEmail }),
    policy,
    ...(draft.require === 'mfa' ? { findMfaWay: mfaWayOf } : {}),
    requestBinding: draft.requestBinding,
    forceAuthn: draft.forceAuthn,
    unsolicited: draft.unsolicited,
    clockSkewMs: (draft.clockSkewSeconds ?? whole.verification?.clockSkewSeconds ?? 0) * 1000,
    allowSha1: draft.allowSha1,
    requireSignedResponse: draft.requireSignedResponse,
    allowCbc: draft.allowCbc,
    session: sessionOf(draft),
    ...present({ revocation: buildRevocation(draft, at) }),
    leavers: draft.leavers,
    secondOpinion: draft.secondOpinion ?? whole.verification?.secondOpinion ?? false,
  });
  if ('file' in from) noteWritableFile(from.file, below(at, 'idpMetadata'));
  const metadata = Object.freeze({ from, ...demanded });
  return Object.freeze({ settings, metadata, state: await stateOf(settings, metadata, whole, at) });
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The default stands in for a section that was reported. */
function sessionOf({ session }: ConnectionDraft): SessionRules {
  if (session === undefined) return defaultSessionRules;
  const { maxHours, idleHours, graceMinutes } = session;
  return Object.freeze({
    maxMs: maxHours * hourMs,
    ...present({ idleMs: idleHours === undefined ? undefined : idleHours * hourMs }),
    graceMs: graceMinutes * minuteMs,
  });
}

/** What the metadata has to be. */
function demandsOf(draft: ConnectionDraft, at: At): Omit<WantedMetadata, 'from'> {
  const {
    idpMetadata: from,
    idpEntityId,
    requireValidUntilWithinDays,
    maxStaleDays,
    idpMetadataSigner,
  } = draft;
  const asked = from !== undefined && 'url' in from ? from.mdq : undefined;
  if (asked !== undefined && idpEntityId !== undefined && idpEntityId !== asked)
    report(below(at, 'idpEntityId'), 'is another entity than the query asks for', 'Remove it.');
  if (maxStaleDays !== undefined && from !== undefined && 'file' in from)
    report(
      below(at, 'maxStaleDays'),
      'is for metadata that is fetched; a file has no last reply',
      'Remove it, or let idpMetadata be an address. `requireValidUntilWithinDays` bounds the age of a file.',
    );
  const signers = idpMetadataSigner?.map((source, index) => {
    const place = below(below(at, 'idpMetadataSigner'), index);
    const certificate = readCertificateFile(source, place);
    return certificate === undefined ? undefined : describeCertificate(certificate);
  });
  return present({
    entityId: idpEntityId ?? asked,
    validUntilWithinMs: inMs(requireValidUntilWithinDays),
    maxStaleMs: inMs(maxStaleDays),
    signers: signers?.filter((signer) => signer !== undefined),
  });
}

const inMs = (days: number | undefined): number | undefined =>
  days === undefined ? undefined : days * dayMs;

async function stateOf(
  settings: ConnectionSettings,
  wanted: WantedMetadata,
  whole: Draft,
  { now, fetchMetadata, outbound }: At,
): Promise<ConnectionState> {
  const { from } = wanted;
  if ('setup' in from) return Object.freeze({ kind: 'waiting', for: 'setup' });
  if ('url' in from && !fetchMetadata) return Object.freeze({ kind: 'waiting', for: 'firstFetch' });
  const obtained = await obtainMetadata(from, { timeoutMs: timeoutOf(wanted), wanted, way: outbound });
  if (obtained.kind !== 'obtained') {
    // Nothing is held that could be unchanged.
    const trouble = obtained.kind === 'trouble' ? obtained.trouble : { problem: '', hint: '' };
    return down(settings, trouble, now);
  }
  const judged = judgeMetadata(settings, obtained.metadata.xml, { now, wanted, ours: ownEntityId(whole) });
  return 'url' in from && judged.kind === 'ready' ? Object.freeze({ ...judged, fetchedAt: now }) : judged;
}

const ownEntityId = ({ serviceProvider }: Draft): string | undefined =>
  serviceProvider?.entityId ??
  (serviceProvider?.baseUrl === undefined ? undefined : `${serviceProvider.baseUrl}/saml/metadata`);

function policyOf(name: string, draft: ConnectionDraft, whole: Draft, at: At): MemberPolicy | undefined {
  const { emailDomains, requestedAuthnContext, maxAuthnAgeSeconds } = draft;
  const mfa = draft.require === 'mfa' ? refedsWay : undefined;
  if (mfa !== undefined && requestedAuthnContext !== undefined)
    report(
      below(at, 'requestedAuthnContext'),
      'stands beside `require: mfa`, which knows the classes itself',
      'Keep one of them: `requestedAuthnContext` where this IdP shows MFA by a class of its own.',
    );
  const emailFrom = emailSourceOf(draft, at);
  if (emailDomains === undefined) return undefined;
  const maxAuthnAgeMs = maxAuthnAgeSeconds === undefined ? undefined : maxAuthnAgeSeconds * 1000;
  const domainsOfOthers = emailDomains === '*' ? domainsNamedByOthers(name, draft, whole) : undefined;
  return Object.freeze({
    emailDomains,
    ...present({ domainsOfOthers, emailFrom, requestedAuthnContext, mfa, maxAuthnAgeMs }),
  });
}

function emailSourceOf({ emailFrom, emailAttribute }: ConnectionDraft, at: At): EmailSource | undefined {
  if (emailFrom !== undefined && emailAttribute !== undefined) {
    return report(
      below(at, 'emailAttribute'),
      'stands beside emailFrom, which says the same',
      'Keep emailFrom and remove emailAttribute.',
    );
  }
  if (emailAttribute !== undefined) return Object.freeze({ attribute: emailAttribute });
  if (emailFrom === undefined || emailFrom === 'nameId') return emailFrom;
  if (emailFrom.toLowerCase() === 'nameid') {
    return report(
      below(at, 'emailFrom'),
      `is ${shown(emailFrom)}, which may mean the NameID or an attribute of this name`,
      `Write nameId for the NameID; for the attribute write \`emailAttribute: ${emailFrom}\`.`,
    );
  }
  return Object.freeze({ attribute: emailFrom });
}

/** What `"*"` does not reach: a domain that a connection of the same site names belongs to that connection. */
function domainsNamedByOthers(name: string, { site }: ConnectionDraft, whole: Draft): ReadonlySet<string> {
  const others = [...(whole.connections ?? [])].filter(
    ([other, draft]) => other !== name && draft.site === site,
  );
  return new Set(
    others.flatMap(([, { emailDomains = '*' }]) => (emailDomains === '*' ? [] : [...emailDomains])),
  );
}
