// One connection: the IdP's metadata read, the deployer's choices for it as a policy, and what does not fit together.

import { nameLine } from '../core/text';
import type { IdentityProvider } from '../saml/identity-provider';
import type { MemberPolicy } from '../policy/member-policy';
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
  const policy = policyOf(draft);
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

function policyOf(draft: ConnectionDraft): MemberPolicy | undefined {
  const { emailDomains, emailAttribute, requestedAuthnContext, maxAuthnAgeSeconds } = draft;
  if (emailDomains === undefined) return undefined;
  const maxAuthnAgeMs = maxAuthnAgeSeconds === undefined ? undefined : maxAuthnAgeSeconds * 1000;
  return Object.freeze({
    emailDomains,
    ...present({ emailAttribute, requestedAuthnContext, maxAuthnAgeMs }),
  });
}
