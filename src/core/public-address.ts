// Does an IP address lie in the public internet? Somebody outside names a host, and we connect: it must not lead into the
// network in which we stand, where others trust whoever asks (SSRF). What is not known to be public is not.

import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net';
import { isLoopbackHost } from './loopback';
import { OutboundError } from './outbound-reasons';

/** Whom an address may lead to. `public-or-loopback`: for a service that itself runs on loopback, at work or in tests. */
export type Reach = 'public' | 'public-or-loopback';

/** IANA special-purpose registries (RFC 6890 and later), as far as they are not global; multicast and what is reserved. */
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
/** Of 2000::/3, which alone is global unicast: documentation, tunnels that carry an IPv4 address, and tests. */
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

function blockList(): { readonly blocked: BlockList; readonly global6: BlockList } {
  const blocked = new BlockList();
  for (const [net, bits] of special4) blocked.addSubnet(net, bits, 'ipv4');
  for (const [net, bits] of special6) blocked.addSubnet(net, bits, 'ipv6');
  const global6 = new BlockList();
  global6.addSubnet('2000::', 3, 'ipv6');
  return { blocked, global6 };
}

/** @param address an IP address, without brackets */
export function isPublicAddress(address: string): boolean {
  const { blocked, global6 } = blockList();
  if (isIPv4(address)) return !blocked.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

export const isWithin = (reach: Reach, address: string): boolean =>
  isPublicAddress(address) || (reach === 'public-or-loopback' && isLoopbackHost(address));

/** A host that is written as an address is never resolved, so it is judged as it stands; a name is judged when it is resolved. */
export function mayAsk(reach: Reach, hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return isWithin(reach, bare);
  return !isLoopbackHost(bare) || reach === 'public-or-loopback';
}

/**
 * Resolves a name for a connection, once: the connection is made to what was judged, so a name that changes its mind
 * (rebinding) gains nothing. One address inside spoils all.
 */
export function lookupWithin(reach: Reach, lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const [first] = addresses;
      if (first === undefined) callback(new OutboundError('nameNotFound', 'no address'), '', 0);
      else if (!addresses.every(({ address }) => isWithin(reach, address))) callback(notPublic(), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Says as much about a name as about an address. */
export const notPublic = (): OutboundError =>
  new OutboundError('addressNotPublic', 'a private network, or this machine');
