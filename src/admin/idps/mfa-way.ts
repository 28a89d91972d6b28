// The products' ways to show MFA as what policy decides by. The table is what their files say under `mfa`.

import { REFEDS_MFA, refedsWay, type MfaWay } from '../../policy/mfa';
import type { IdentityProvider } from '../../saml/identity-provider';
import { productOf } from './index';
import type { IdpProduct } from './product';

/**
 * Where no source says how a product shows MFA, nothing is asked of it, because it may refuse a class that it does not know;
 * it still has the common class to show it by, and without that its people are refused.
 */
export function wayOfProduct({ name, mfa }: IdpProduct): MfaWay {
  const { requestedAuthnContext: ask = [], authnContextClassRef = [], attribute } = mfa;
  return Object.freeze({
    product: name,
    ask,
    classes: Object.freeze([...new Set([...authnContextClassRef, REFEDS_MFA])]),
    ...(attribute === undefined ? {} : { attribute }),
  });
}

/** Whether the product's answers tell of MFA by themselves; false where its people would be refused without more ado. */
export const canShowMfa = ({ mfa }: IdpProduct): boolean =>
  (mfa.authnContextClassRef ?? []).length > 0 || mfa.attribute !== undefined;

export function mfaWayOf(identityProvider: IdentityProvider): MfaWay {
  const product = productOf(identityProvider);
  return product === undefined ? refedsWay : wayOfProduct(product);
}
