/** Which hosts are this machine, and which only look like it. */

import { isLoopbackHost } from '../../../src/core/loopback';

describe('a loopback host', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.0.0.2', '127.255.255.255', '::1', '[::1]'])(
    'is %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    'evil.localhost',
    'localhost.evil.example',
    'localhost.',
    '127.evil.example',
    '127.0.0.1.evil.example',
    '127.1',
    '126.0.0.1',
    '128.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '169.254.169.254',
    '::',
    '[::]',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
    '',
  ])('is not %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });

  it('is what a URL makes of its short forms', () => {
    expect(isLoopbackHost(new URL('http://127.1/').hostname)).toBe(true);
    expect(isLoopbackHost(new URL('http://2130706433/').hostname)).toBe(true);
    expect(isLoopbackHost(new URL('http://[0:0:0:0:0:0:0:1]/').hostname)).toBe(true);
  });
});
