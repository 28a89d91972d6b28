// Is an address one of the public internet? A redirect, or anybody but the operator, must not lead us into the networks
// behind our firewall, where others trust whoever asks (OWASP: server-side request forgery).

import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { isLoopbackHost } from './loopback';

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

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Lookup = (hostname: string, options: LookupOptions, done: LookupDone) => void;

const ADDRESS_NOT_PUBLIC = 'ERR_ADDRESS_NOT_PUBLIC';

/**
 * A `lookup` for node:net that fails for a name with any address that is not public. The connection goes to what was looked
 * at here: the name is not resolved a second time.
 */
export function publicLookup(
  resolve: (
    hostname: string,
    options: LookupOptions & { all: true },
    done: (error: Error | null, addresses: LookupAddress[]) => void,
  ) => void = dnsLookup,
): Lookup {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses;
      if (error !== null) done(error, []);
      else if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
        done(Object.assign(new Error('not public'), { code: ADDRESS_NOT_PUBLIC }), []);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}
