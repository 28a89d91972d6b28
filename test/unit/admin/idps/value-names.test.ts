/** The names that a form at an IdP may have for our values come from the products, the most common first. */

import { idpProducts } from '../../../../src/admin/idps';
import type { OurValue } from '../../../../src/admin/idps';
import { commonNames, valueNames } from '../../../../src/admin/idps/value-names';

const values: readonly OurValue[] = [
  'entityId',
  'acs',
  'acsValidator',
  'loginUrl',
  'relayState',
  'metadataUrl',
  'nameIdFormat',
  'signing',
  'encryption',
  'singleLogout',
];

describe.each(values)('the names for %s', (value) => {
  const names = valueNames(value);

  it('are distinct, and each has its products', () => {
    const lower = names.map(({ name }) => name.toLowerCase());
    expect(new Set(lower).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter(({ products }) => products.length === 0)).toEqual([]);
  });

  it('stand in the order of how many products use them', () => {
    const counts = names.map(({ products }) => products.length);
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
  });

  it('leave no product’s word out', () => {
    const all = idpProducts.flatMap(({ name, ourValues }) =>
      (ourValues[value] ?? []).map((field) => `${name}: ${field.toLowerCase()}`),
    );
    const gathered = names.flatMap(({ name, products }) =>
      products.map((product) => `${product}: ${name.toLowerCase()}`),
    );
    expect(gathered.sort()).toEqual(all.sort());
  });
});

describe('commonNames', () => {
  it('counts upper and lower case as one', () => {
    expect(valueNames('entityId')[0]).toEqual({
      name: 'Entity ID',
      products: ['Google Workspace', 'PingOne', 'Duo', 'Salesforce', 'Zitadel'],
    });
  });

  it('gives one line of at most so many', () => {
    expect(commonNames('entityId', 3)).toBe('Entity ID, Identifier (Entity ID), Audience URI (SP Entity ID)');
    expect(commonNames('acs').split(', ').length).toBe(4);
    expect(commonNames('acs', 1)).toBe('ACS URL');
    expect(commonNames('acsValidator')).toBe('ACS (Consumer) URL Validator');
  });

  it.each(values)('gives field names of %s, not places in files and menus', (value) => {
    expect(commonNames(value, 100)).not.toMatch(/→|["={]|in our metadata/);
  });
});
