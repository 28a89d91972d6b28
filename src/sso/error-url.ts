// The IdP's own page of help (`errorURL`) with its placeholders filled: SAML V2.0 Metadata Deployment Profile for errorURL
// 1.0 (REFEDS), §2.3, which SAML2Int SDP-MD12 asks for. An address without placeholders is used as it stands.

import type { ErrorCode } from '../core/errors';
import { classesToAsk } from '../policy/authentication';
import type { Connection } from './connection';

/** What the IdP's people can do about a refusal: the profile's categories (§2.3.1). */
type ErrorUrlCode =
  'IDENTIFICATION_FAILURE' | 'AUTHENTICATION_FAILURE' | 'AUTHORIZATION_FAILURE' | 'OTHER_ERROR';

const categories: Readonly<Partial<Record<ErrorCode, ErrorUrlCode>>> = {
  POLICY_EMAIL_MISSING: 'IDENTIFICATION_FAILURE',
  POLICY_EMAIL_INVALID: 'IDENTIFICATION_FAILURE',
  POLICY_EMAIL_AMBIGUOUS: 'IDENTIFICATION_FAILURE',
  POLICY_NAMEID_TRANSIENT: 'IDENTIFICATION_FAILURE',
  SAML_SUBJECT_MISSING: 'IDENTIFICATION_FAILURE',
  POLICY_AUTHN_CONTEXT_NOT_ALLOWED: 'AUTHENTICATION_FAILURE',
  POLICY_MFA_MISSING: 'AUTHENTICATION_FAILURE',
  POLICY_AUTHN_TOO_OLD: 'AUTHENTICATION_FAILURE',
  SAML_AUTHN_STATEMENT_MISSING: 'AUTHENTICATION_FAILURE',
  POLICY_EMAIL_DOMAIN_NOT_ALLOWED: 'AUTHORIZATION_FAILURE',
  POLICY_DOMAIN_NOT_PROVEN: 'AUTHORIZATION_FAILURE',
};

export interface Refused {
  readonly code: ErrorCode;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** entityID of the service provider. */
  readonly serviceProvider: string;
  /** Finds the log line. */
  readonly reference: string;
}

/** @returns undefined when the IdP's metadata has none; nothing personal is ever in it */
export function errorUrlFor(connection: Connection, refused: Refused): string | undefined {
  const { errorUrl } = connection.identityProvider;
  if (errorUrl === undefined) return undefined;
  const category = categories[refused.code] ?? 'OTHER_ERROR';
  const values: Readonly<Record<string, string>> = {
    ERRORURL_CODE: category,
    ERRORURL_TS: String(Math.floor(refused.at / 1000)),
    ERRORURL_RP: refused.serviceProvider,
    ERRORURL_TID: refused.reference,
    ERRORURL_CTX: contextOf(category, refused.code, connection),
  };
  return errorUrl.replace(/ERRORURL_(?:CODE|TS|RP|TID|CTX)/g, (name) =>
    encodeURIComponent(values[name] ?? ''),
  );
}

/** §2.3.4: names of attributes that are missing, or classes of authentication that are demanded. */
function contextOf(category: ErrorUrlCode, code: ErrorCode, { policy }: Connection): string {
  const { emailFrom } = policy;
  if (category === 'IDENTIFICATION_FAILURE')
    return typeof emailFrom === 'object' ? emailFrom.attribute : 'mail';
  const classes = classesToAsk(policy) ?? [];
  return category === 'AUTHENTICATION_FAILURE' && classes.length > 0 ? classes.join(' ') : code;
}
