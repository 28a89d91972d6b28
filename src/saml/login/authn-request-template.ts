// What all AuthnRequests to one IdP have in common, written by node-saml once, and the two places in it that differ: ID and
// IssueInstant. A request then costs two insertions instead of a builder, a tree and a serialiser.

import type { IdentityProvider } from '../identity-provider';
import { writeAuthnRequest, type AuthnRequestContent } from './node-saml';

/** The text before, between and after ID and IssueInstant. */
export type AuthnRequestTemplate = readonly [string, string, string];

type Wishes = Omit<AuthnRequestContent, 'id' | 'issueInstant'>;

/** ID comes before IssueInstant and both before the first element inside, so nothing that is configured can look like them. */
const PLACES = /^([^]*?<samlp:AuthnRequest [^>]*?ID=")[^"]*("[^>]*? IssueInstant=")[^"]*("[^]*)$/;

/** Remembers what was written. */
export interface RequestTemplates {
  of(identityProvider: IdentityProvider, wishes: Wishes): Promise<AuthnRequestTemplate>;
}

/** Few for each IdP: what differs is ForceAuthn, IsPassive and what configuration says. Gone with the IdP's entry. */
export function createRequestTemplates(): RequestTemplates {
  const templates = new WeakMap<IdentityProvider, Map<string, Promise<AuthnRequestTemplate>>>();
  return Object.freeze({
    of: (identityProvider: IdentityProvider, wishes: Wishes) => {
      const known = templates.get(identityProvider) ?? new Map<string, Promise<AuthnRequestTemplate>>();
      templates.set(identityProvider, known);
      const name = JSON.stringify(Object.values(wishes));
      const template = known.get(name) ?? writeTemplate(wishes);
      known.set(name, template);
      return template;
    },
  });
}

async function writeTemplate(wishes: Wishes): Promise<AuthnRequestTemplate> {
  const xml = await writeAuthnRequest({ ...wishes, id: '_', issueInstant: 0 });
  const [, before, between, after] = PLACES.exec(xml) ?? [];
  if (before === undefined || between === undefined || after === undefined)
    throw new TypeError('node-saml writes requests of another shape');
  return Object.freeze([before, between, after] as const);
}

/**
 * @param id an xs:ID, so nothing in it needs escaping
 * @param issueInstant milliseconds since 1970
 */
export function fillTemplate(
  [before, between, after]: AuthnRequestTemplate,
  id: string,
  issueInstant: number,
): string {
  return before + id + between + new Date(issueInstant).toISOString() + after;
}
