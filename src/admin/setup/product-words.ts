// The product that an admin chose, and its words for what is to be done. Recognition by entityID would do for most, but the
// admin knows, and a product on a name of its own choice cannot be recognised.

import type { ErrorCode } from '../../core/errors';
import { idpProducts, type IdpProduct } from '../idps/index';
import { topicFor } from '../idps/topics';

export const productById = (id: string | undefined): IdpProduct | undefined =>
  idpProducts.find((product) => product.id === id);

/** "General → SAML Settings → Audience URI (SP Entity ID)"; undefined for `other`, and where no field mends it. */
export function fieldOfProduct(
  product: string | undefined,
  code: ErrorCode,
  evidence?: string,
): string | undefined {
  const topic = topicFor(code, evidence);
  return topic === undefined ? undefined : productById(product)?.fieldsToChange[topic];
}
