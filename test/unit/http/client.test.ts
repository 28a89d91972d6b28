import { clientGroup, directClient } from '../../../src/http/client';

describe('whom a request counts against', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::7', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::7', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
    ['unknown', 'unknown'],
    ['::ffff:x', '::ffff:x'],
  ])('%s is of %s', (address, group) => {
    expect(clientGroup(address)).toBe(group);
  });

  it('is the other end of the connection where nothing else is known', () => {
    expect(directClient({ socket: { remoteAddress: '192.0.2.1' } } as never)).toBe('192.0.2.1');
    expect(directClient({ socket: {} } as never)).toBe('unknown');
  });
});
