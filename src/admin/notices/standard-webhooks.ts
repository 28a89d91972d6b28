// Signs webhooks as Standard Webhooks 1.0 says (https://www.standardwebhooks.com): a receiver checks that we wrote the body,
// when, and that it was not seen before. Several secrets give several signatures, so that a receiver can change its secret.

import { createHmac } from 'node:crypto';
import type { Secret } from '../../core/secret';

const PREFIX = 'whsec_';
/** The specification's bounds of a secret. */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** The bytes of a secret from `whsec_` and base64; undefined when the text is something else. */
export function readWebhookSecret(text: string): Buffer | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const encoded = text.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  return isWhole && bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES ? bytes : undefined;
}

interface Message {
  /** The same at every try, so that a receiver knows what it has already. */
  readonly id: string;
  /** Milliseconds since 1970, of this try. */
  readonly at: number;
  readonly body: string;
}

/** The three headers of a message. */
export function webhookHeaders(
  secrets: readonly Secret<Buffer>[],
  { id, at, body }: Message,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', secret.reveal()).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${mac}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
