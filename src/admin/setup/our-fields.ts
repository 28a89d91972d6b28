// Our values in the order and the words of one product's form; for a product that we do not know, under the names that most
// of them use.

import type { ServiceProvider } from '../../saml/service-provider';
import { commonNames } from '../idps/value-names';
import type { OurValue } from '../idps/index';
import { ownValues } from '../own-values';
import { productById } from './product-words';

export interface OurField {
  readonly value: OurValue;
  /** Names of the field there; the first is shown as its label. */
  readonly names: readonly string[];
  /** Empty: the field stays empty. */
  readonly text: string;
}

const order: readonly OurValue[] = [
  'metadataUrl',
  'entityId',
  'acs',
  'acsValidator',
  'nameIdFormat',
  'loginUrl',
  'relayState',
  'singleLogout',
  'signing',
  'encryption',
];
const forOthers: readonly OurValue[] = [
  'metadataUrl',
  'entityId',
  'acs',
  'nameIdFormat',
  'signing',
  'encryption',
];

export function ourFields(
  serviceProvider: ServiceProvider,
  { product: id, connection }: { readonly product: string | undefined; readonly connection: string },
): readonly OurField[] {
  const product = productById(id);
  const texts = textsOf(serviceProvider, connection);
  const fields = (product === undefined ? forOthers : order).map((value) => ({
    value,
    names: product === undefined ? [commonNames(value)] : (product.ourValues[value] ?? []),
    text: texts[value] ?? '',
  }));
  return fields.filter(
    ({ names, text, value }) => names.length > 0 && (text !== '' || value === 'relayState'),
  );
}

function textsOf(
  serviceProvider: ServiceProvider,
  connection: string,
): Readonly<Partial<Record<OurValue, string>>> {
  const own = ownValues(serviceProvider);
  const { entityId, assertionConsumerServiceUrl: acs, metadataUrl, nameIdFormat, singleLogoutUrl } = own;
  const [signing] = own.signing;
  const [encryption] = own.encryption;
  return {
    ...{ entityId, acs, metadataUrl, nameIdFormat, singleLogout: singleLogoutUrl },
    acsValidator: `^${acs.replace(/[/.?+*^$()[\]{}|\\-]/g, '\\$&')}$`,
    loginUrl: `${serviceProvider.baseUrl}/saml/login?connection=${connection}`,
    ...(signing === undefined ? {} : { signing: signing.certificate.trim() }),
    ...(encryption === undefined ? {} : { encryption: encryption.certificate.trim() }),
  };
}
