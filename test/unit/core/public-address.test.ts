// Which addresses lie in the public internet, and what a name that resolves to another one gets.

import type { LookupAddress } from 'node:dns';
import { isPublicAddress, isWithin, lookupWithin, mayAsk } from '../../../src/core/public-address';

describe('#metadata.idp/public-address a public address', () => {
  it.each(['8.8.8.8', '172.32.0.1', '192.167.255.255', '100.128.0.1', '2600::1', '[2a00:1450::5]'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '127.0.0.1', '0.0.0.0', '100.64.0.1'],
    ...['169.254.169.254', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
    ...[
      '::',
      '::1',
      '[::1]',
      'fe80::1',
      'fc00::1',
      'fd00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001::1',
      '2001:db8::1',
    ],
    ...['example.com', '', '010.0.0.1', '127.1'],
  ])('is not %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

it('lets loopback be asked only where the service itself is there', () => {
  expect(isWithin('public', '127.0.0.1')).toBe(false);
  expect(isWithin('public-or-loopback', '127.0.0.1')).toBe(true);
  expect(isWithin('public-or-loopback', '10.0.0.1')).toBe(false);
  expect(mayAsk('public', 'localhost')).toBe(false);
  expect(mayAsk('public-or-loopback', '[::1]')).toBe(true);
  expect(mayAsk('public', 'idp.example')).toBe(true);
});

describe('a name', () => {
  const resolving = (...addresses: string[]) => {
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    const lookup = (_name: string, _options: object, done: (error: null, all: LookupAddress[]) => void) =>
      done(null, found);
    return (all: boolean) =>
      new Promise((resolve) => {
        lookupWithin('public', lookup)('idp.example', { all }, (error, address) =>
          resolve(error === null ? address : error.message),
        );
      });
  };

  it('is connected to as it was judged', async () => {
    expect(await resolving('8.8.8.8')(false)).toBe('8.8.8.8');
    expect(await resolving('8.8.8.8')(true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('with one address inside is not asked at all', async () => {
    expect(await resolving('8.8.8.8', '10.0.0.1')(true)).toContain('public internet');
    expect(await resolving()(true)).toContain('no address');
  });

  it('that is not known keeps its reason', async () => {
    const lookup = (_name: string, _options: object, done: (error: Error) => void) =>
      done(new Error('ENOTFOUND'));
    const said = await new Promise((resolve) => {
      lookupWithin('public', lookup as never)('x.example', {}, (error) => resolve(error?.message));
    });
    expect(said).toBe('ENOTFOUND');
  });
});
