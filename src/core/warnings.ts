// What works and is worth a look, each kind under a code that stays the same, so that an operator can acknowledge one kind
// with a reason and a date. The README's table is made from this one.

import type { Problem } from './problem';

/** Where a warning comes from: what is asked always, or only with a flag of `wix-saml check` or with a shared store. */
export type WarningSource = 'configuration' | 'site' | 'state';

interface WarningRow {
  readonly source: WarningSource;
  readonly meaning: string;
}

const row = (meaning: string, source: WarningSource = 'configuration'): WarningRow =>
  Object.freeze({ source, meaning });

// One code per line reads better than wrapped lines.
// prettier-ignore
export const warningTable = {
  KEY_FILE_EXPOSED: row('A file with a key or an API key can be read by other users of the machine.'),
  FILE_WRITABLE: row('Other users of the machine can change the configuration or an IdP’s metadata, and so decide who signs in.'),
  ONE_KEY_TWICE: row('One private key serves two purposes, such as signing and decryption.'),
  OWN_CERTIFICATE_ENDS: row('A certificate of ours has expired or expires within 60 days.'),
  SIGNING_KEY_EC: row('Our requests are signed with ECDSA, which many IdPs cannot verify.'),
  STATE_WITHOUT_TLS: row('Redis on another machine is used without TLS.'),
  STATE_UNREADABLE: row('The shared state store does not answer, or what lies in it cannot be read with our state key.', 'state'),
  SITE_WITHOUT_CONNECTION: row('Nobody can sign in to a site, because no connection names it.'),
  METRICS_EXPOSED: row('Other machines can read the metrics (`admin.host`).'),
  DOMAIN_SHARED: row('Several connections of one site may vouch for the same mail domain.'),
  DOMAIN_TWICE: row('A connection lists a mail domain twice.'),
  DOMAIN_NOT_PROVEN: row('The DNS does not say that a connection may vouch for a mail domain (`setup.domains: proven`), or does not any more.', 'state'),
  EVERY_DOMAIN: row('A connection may vouch for every mail domain (`"*"`).'),
  EMAIL_SOURCE_UNSET: row('A connection does not say where the IdP puts the address (`emailFrom`).'),
  MFA_WAY_UNKNOWN: row('A connection demands MFA (`require: mfa`) of an IdP that is not known to show it.'),
  SHA1_ALLOWED: row('A connection accepts SHA-1 signatures.'),
  SECOND_OPINION: row('A connection asks node-saml as well, which refuses some honest responses.'),
  CBC_USED: row('An IdP encrypted with AES-CBC within the last 30 days. Known where the state is durable; with `state: memory` the log says it.', 'state'),
  BINDING_NOT_OFFERED: row('The IdP does not offer the `requestBinding` of its connection.'),
  IDP_ALGORITHMS: row('An IdP’s metadata declares only signature or digest algorithms that we do not use.'),
  IDP_CERTIFICATE_ENDS: row('A signing certificate of an IdP has expired or expires within 60 days.'),
  METADATA_AWAITED: row('Nobody has brought an IdP’s metadata yet (`idpMetadata: setup`).'),
  METADATA_ENDS: row('An IdP’s metadata is valid for a short time only.'),
  METADATA_SILENT: row('The address of an IdP’s metadata has not answered for a week.'),
  METADATA_PART_UNUSABLE: row('A part of an IdP’s metadata is of no use and is left out.'),
  SITE_CLOCK: row('The clocks of this machine and of the site differ.', 'site'),
  SITE_DENIES_NOBODY: row('The owner and the collaborators of a site are not on its list of denied addresses.', 'site'),
  SITE_NOT_SELF_CHECKED: row('Nobody has opened the self-check on the landing page of a site yet.', 'site'),
  SITE_PRE_REGISTERED: row('Members registered at a site before, with addresses that Wix has not verified.', 'site'),
  PLACEHOLDER: row('An example address that `wix-saml init` wrote has not been replaced.'),
  ACKNOWLEDGEMENT_EXPIRED: row('The date of an acknowledgement has passed.'),
  ACKNOWLEDGEMENT_UNUSED: row('An acknowledgement fits no warning any more.'),
} as const satisfies Record<string, WarningRow>;

export type WarningCode = keyof typeof warningTable;

export interface Warning extends Problem {
  readonly code: WarningCode;
}

export const isWarningCode = (text: string): text is WarningCode => Object.hasOwn(warningTable, text);
