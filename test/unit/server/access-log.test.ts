/** One event per answered request, with an address that a client cannot make up. */

import { clientAddress } from '../../../src/server/access-log';

describe('the client’s address in the log', () => {
  const addressOf = (forwarded: string | undefined, trusted: number): string =>
    clientAddress(
      { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } } as never,
      trusted,
    );

  it.each([
    ['no proxy is trusted', '1.1.1.1', 0, '10.0.0.1'],
    ['one proxy is trusted', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['two proxies are trusted', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['more are trusted than there are', '1.1.1.1', 5, '1.1.1.1'],
    ['the header is missing', undefined, 1, '10.0.0.1'],
  ])('is right when %s', (_title, forwarded, trusted, expected) => {
    expect(addressOf(forwarded, trusted)).toBe(expected);
  });
});
