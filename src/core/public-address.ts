// Is an address one of the public internet? A redirect, or anybody but the operator, must not lead us into the networks
// behind our firewall, where others trust whoever asks (OWASP: server-side request forgery).

import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isLoopbackHost } from './loopback';
import { OutboundError } from './outbound-reasons';

const subnets = (family: 'ipv4' | 'ipv6', nets: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const net of nets) {
    const [address = '', prefix] = net.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};

/** IANA IPv4 Special-Purpose Address Registry, and multicast. */
const special4 = subnets('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
]);

/** Inside 2000::/3, which alone is public: IETF protocols with Teredo, documentation, and 6to4, which hides an IPv4 address. */
const special6 = subnets('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);
const global6 = subnets('ipv6', ['2000::/3']);

/** @param address IPv4 or IPv6, as a URL's `hostname` or bare; anything else is not public */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  const version = isIP(bare);
  if (version === 4) return !isLoopbackHost(bare) && !special4.check(bare, 'ipv4');
  return version === 6 && global6.check(bare, 'ipv6') && !special6.check(bare, 'ipv6');
}

/** Whom an address may lead to. `public-or-loopback`: for a service that itself runs on loopback, at work or in tests. */
export type Reach = 'public' | 'public-or-loopback';

export const isWithin = (reach: Reach, address: string): boolean =>
  isPublicAddress(address) || (reach === 'public-or-loopback' && isLoopbackHost(address));

/** A host that is written as an address is never resolved, so it is judged as it stands; a name is judged when it is resolved. */
export function mayAsk(reach: Reach, hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return isWithin(reach, bare);
  return !isLoopbackHost(bare) || reach === 'public-or-loopback';
}

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name for a connection, once: the connection is made to what was judged, so a name that changes its mind
 * (rebinding) gains nothing. One address inside spoils all.
 */
export function lookupWithin(reach: Reach, resolve: Resolve = dnsLookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        done(error, []);
        return;
      }
      const [first] = addresses;
      if (first === undefined) {
        done(new OutboundError('nameNotFound', 'no address'), []);
        return;
      }
      if (!addresses.every(({ address }) => isWithin(reach, address))) {
        done(notPublic(), []);
        return;
      }
      if (options.all === true) {
        done(null, addresses);
        return;
      }
      done(null, first.address, first.family);
    });
  };
}

/** Says as much about a name as about an address. */
export const notPublic = (): OutboundError =>
  new OutboundError('addressNotPublic', 'a private network, or this machine');
