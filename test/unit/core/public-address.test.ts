// Which addresses a redirect may lead to.

import { isPublicAddress, publicLookup } from '../../../src/core/public-address';

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

describe('a look-up that admits public addresses only', () => {
  const looked = (addresses: string[], all: boolean, error: Error | null = null): unknown[] => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    let given: unknown[] = [];
    publicLookup((_name, _options, done) => done(error, found))('idp.example', { all }, (...answer) => {
      given = answer;
    });
    return given;
  };

  it('gives them in the form that was asked for', () => {
    expect(looked(['8.8.8.8', '2600::1'], true)).toEqual([
      null,
      [
        { address: '8.8.8.8', family: 4 },
        { address: '2600::1', family: 6 },
      ],
    ]);
    expect(looked(['8.8.8.8', '2600::1'], false)).toEqual([null, '8.8.8.8', 4]);
  });

  it('fails when one of them is not, when there is none, and as the resolver fails', () => {
    const refused = { code: 'ERR_ADDRESS_NOT_PUBLIC' };
    expect(looked(['8.8.8.8', '10.0.0.1'], true)[0]).toMatchObject(refused);
    expect(looked([], false)[0]).toMatchObject(refused);
    expect(looked([], true, new Error('away'))[0]).toEqual(new Error('away'));
  });
});
