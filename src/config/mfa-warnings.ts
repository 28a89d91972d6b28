// `require: mfa` on an IdP that may have no way to show it: everybody is refused then, which is safe and rarely meant.

import { canShowMfa } from '../admin/idps/mfa-way';
import { productOf } from '../admin/idps';
import type { Warning } from '../core/warnings';
import { REFEDS_MFA } from '../policy/mfa';
import type { Connection } from '../sso/connection';

export function mfaWarnings({ name, findMfaWay, identityProvider }: Connection): readonly Warning[] {
  const product = productOf(identityProvider);
  if (findMfaWay === undefined || (product !== undefined && canShowMfa(product))) return [];
  const about = { code: 'MFA_WAY_UNKNOWN', path: `connections.${name}.require` } as const;
  if (product === undefined)
    return [
      {
        ...about,
        problem: `demands MFA of an IdP whose product is not recognised: the class ${REFEDS_MFA} is asked for, and nobody signs in without it`,
        hint: 'Try a sign-in. Where this IdP shows MFA by a class of its own, write that class into `requestedAuthnContext` instead of `require: mfa`.',
      },
    ];
  return [
    {
      ...about,
      problem: `demands MFA of ${product.name}, whose answers are not known to tell of it: nobody signs in without the class ${REFEDS_MFA}`,
      hint: `Let the IdP send that class after MFA; or remove the line and demand MFA there: ${product.fieldsToChange.mfa ?? product.mfa.how}`,
    },
  ];
}
