// One connection: the IdP's metadata read, the deployer's choices for it as a policy, and what does not fit together.

import { nameLine } from '../core/text';
import type { IdentityProvider } from '../saml/identity-provider';
import type { EmailSource, MemberPolicy } from '../policy/member-policy';
import type { Connection } from '../sso/connection';
import { present } from './build';
import { loadIdentityProvider } from './idp-metadata';
import type { ConnectionDraft, Draft } from './options';
import { below, report, shown, type At } from './reading';

export async function buildConnection(
  name: string,
  draft: ConnectionDraft,
  whole: Draft,
  at: At,
): Promise<Connection | undefined> {
  if (draft.site !== undefined && whole.sites?.has(draft.site) === false) {
    const known = [...whole.sites.keys()].join(', ');
    report(
      below(at, 'site'),
      `names no site: ${shown(draft.site)}`,
      `Use one of: ${known === '' ? 'none is configured' : known}.`,
    );
  }
  const identityProvider =
    draft.idpMetadata === undefined
      ? undefined
      : await loadIdentityProvider(draft.idpMetadata, draft.idpEntityId, below(at, 'idpMetadata'));
  const policy = policyOf(name, draft, whole, at);
  if (draft.site === undefined || identityProvider === undefined || policy === undefined) return undefined;
  if (identityProvider.entityId === ownEntityId(whole)) {
    return report(
      below(at, 'idpMetadata'),
      'is our own metadata',
      'Save the metadata of the IdP, not of this service.',
    );
  }
  return Object.freeze({
    name,
    displayName: draft.displayName ?? nameOf(identityProvider, name),
    site: draft.site,
    ...present({ contactEmail: draft.contactEmail }),
    identityProvider,
    policy,
    requestBinding: draft.requestBinding,
    forceAuthn: draft.forceAuthn,
    unsolicited: draft.unsolicited,
    clockSkewMs: (draft.clockSkewSeconds ?? whole.verification?.clockSkewSeconds ?? 0) * 1000,
    allowSha1: draft.allowSha1,
    allowCbc: draft.allowCbc,
    secondOpinion: draft.secondOpinion ?? whole.verification?.secondOpinion ?? false,
  });
}

const ownEntityId = ({ serviceProvider }: Draft): string | undefined =>
  serviceProvider?.entityId ??
  (serviceProvider?.baseUrl === undefined ? undefined : `${serviceProvider.baseUrl}/saml/metadata`);

// The IdP's own text goes to the chooser: one line, short, without control characters.
function nameOf(identityProvider: IdentityProvider, name: string): string {
  const text = nameLine(identityProvider.displayName ?? '', 80);
  return text === '' ? name : text;
}

function policyOf(name: string, draft: ConnectionDraft, whole: Draft, at: At): MemberPolicy | undefined {
  const { emailDomains, requestedAuthnContext, maxAuthnAgeSeconds } = draft;
  const emailFrom = emailSourceOf(draft, at);
  if (emailDomains === undefined) return undefined;
  const maxAuthnAgeMs = maxAuthnAgeSeconds === undefined ? undefined : maxAuthnAgeSeconds * 1000;
  const domainsOfOthers = emailDomains === '*' ? domainsNamedByOthers(name, draft, whole) : undefined;
  return Object.freeze({
    emailDomains,
    ...present({ domainsOfOthers, emailFrom, requestedAuthnContext, maxAuthnAgeMs }),
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
