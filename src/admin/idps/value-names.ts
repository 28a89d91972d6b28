// What the products call our values, gathered from their files: nobody should have to guess which of ours belongs where,
// and no list of names stands beside the products.

import { idpProducts } from './index';
import type { OurValue } from './product';

export interface ValueName {
  /** As on the screen of the first product that uses it. */
  readonly name: string;
  /** Names of the products that use it, in their order. */
  readonly products: readonly string[];
}

/** The distinct field names for one of our values, the most common first; upper and lower case make no difference. */
export function valueNames(value: OurValue): readonly ValueName[] {
  const found = new Map<string, { readonly name: string; readonly products: string[] }>();
  for (const product of idpProducts) {
    for (const name of product.ourValues[value] ?? []) {
      const entry = found.get(name.toLowerCase()) ?? { name, products: [] };
      entry.products.push(product.name);
      found.set(name.toLowerCase(), entry);
    }
  }
  return [...found.values()].sort((one, other) => other.products.length - one.products.length);
}

/** A place in a file or a menu is an instruction for one product, not a field name to look for at others. */
const isFieldName = (name: string): boolean => !/→|[{"=]|^the | in our metadata$/.test(name);

/** "Entity ID, SP Entity ID, Identifier (Entity ID)": at most so many names, for one line; empty when there is none. */
export function commonNames(value: OurValue, most = 4): string {
  return valueNames(value)
    .map(({ name }) => name)
    .filter(isFieldName)
    .slice(0, most)
    .join(', ');
}
