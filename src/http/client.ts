// Whom a request counts against when strangers ask for more than there is. An address decides nothing else.

import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** The address of the connection itself: right where no proxy stands in front. */
export function directClient({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? 'unknown';
}

/** IPv4 by address; IPv6 by /64, because that is what one subscriber is given (RFC 6177) and may choose from at will. */
export function clientGroup(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  // An embedded IPv4 address at the end stands for two groups.
  const length = before.length + after.length + (address.includes('.') ? 1 : 0);
  const zeros = Array.from({ length: Math.max(0, 8 - length) }, () => '0');
  return `${[...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
