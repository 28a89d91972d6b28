// All IdP products that we know, and the two questions about them: which one is this, and which of its fields mends a
// refusal. An unknown IdP gets the general remedy alone.

import type { ErrorCode } from '../../core/errors';
import { adfs } from './adfs';
import { auth0 } from './auth0';
import { authentik } from './authentik';
import { classlink } from './classlink';
import { cyberark } from './cyberark';
import { duo } from './duo';
import { entra } from './entra';
import { google } from './google';
import { jumpcloud } from './jumpcloud';
import { keycloak } from './keycloak';
import { lemonldap } from './lemonldap';
import { okta } from './okta';
import { onelogin } from './onelogin';
import { pingfederate } from './pingfederate';
import { pingone } from './pingone';
import type { IdpProduct } from './product';
import { pysaml2 } from './pysaml2';
import { rippling } from './rippling';
import { salesforce } from './salesforce';
import { shibboleth } from './shibboleth';
import { simplesamlphp } from './simplesamlphp';
import { topicFor } from './topics';
import { zitadel } from './zitadel';

export type { IdpProduct, OurValue, Topic } from './product';

/** What companies use first, then what schools and universities use, then what one runs or builds oneself. */
export const idpProducts: readonly IdpProduct[] = [
  entra,
  okta,
  google,
  adfs,
  onelogin,
  pingone,
  pingfederate,
  jumpcloud,
  auth0,
  duo,
  cyberark,
  rippling,
  salesforce,
  classlink,
  shibboleth,
  simplesamlphp,
  keycloak,
  authentik,
  zitadel,
  lemonldap,
  pysaml2,
];

/** As in the metadata of the IdP. */
export interface IdpAddresses {
  readonly entityId: string;
  readonly singleSignOnServices?: readonly { readonly location: string }[];
}

/** By the entityID first; by a sign-on address only when no product claims the entityID. */
export function productOf({ entityId, singleSignOnServices = [] }: IdpAddresses): IdpProduct | undefined {
  return (
    idpProducts.find(({ recognise }) => recognise.entityId?.test(entityId)) ??
    idpProducts.find(({ recognise }) =>
      singleSignOnServices.some(({ location }) => recognise.singleSignOnService?.test(location)),
    )
  );
}

/** "Okta: General → SAML Settings → Audience URI (SP Entity ID)", when we know the product's screens. */
export function fieldToChange(
  code: ErrorCode,
  entityId: string,
  singleSignOnServices: IdpAddresses['singleSignOnServices'] = [],
  evidence?: string,
): string | undefined {
  const topic = topicFor(code, evidence);
  const product = productOf({ entityId, singleSignOnServices });
  const field = topic && product?.fieldsToChange[topic];
  return product && field && `${product.name}: ${field}`;
}
