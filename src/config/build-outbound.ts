// The way out to metadata addresses: files of authorities read and looked at.

import { X509Certificate } from 'node:crypto';
import type { OutboundWay } from '../core/outbound-way';
import { present } from './build';
import { readSource } from './key-files';
import type { Draft } from './options';
import { below, report, type At } from './reading';

export function buildOutbound(
  { outbound = {} as NonNullable<Draft['outbound']> }: Draft,
  at: At,
): OutboundWay {
  const { proxy, direct, ca } = outbound;
  const authorities = ca?.flatMap((source, index) => {
    const place = below(below(at, 'ca'), index);
    return certificatesIn(readSource(source, place)?.toString('latin1'), place);
  });
  return Object.freeze(present({ proxy, direct, ca: authorities }));
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Nothing is demanded of their keys: node:tls knows what it accepts. A server's own certificate may stand here as well. */
export function certificatesIn(text: string | undefined, at: At): readonly string[] {
  const found = text?.match(PEM) ?? [];
  const hint = 'Write the name of a PEM file that holds certificates.';
  if (text !== undefined && found.length === 0) report(at, 'holds no certificate in PEM form', hint);
  else if (!found.every(isCertificate)) report(at, 'holds a certificate that cannot be read', hint);
  return found;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
