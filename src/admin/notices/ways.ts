// Where notices go, as the operator configured it.

import type { Secret } from '../../core/secret';

export interface MailWay {
  readonly host: string;
  readonly port: number;
  /** `starttls` and `implicit` demand TLS with a certificate that is believed; `none` is for this very machine. */
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly user?: string;
  readonly password?: Secret;
  readonly from: string;
  /** Authorities believed besides the well-known ones, as PEM. */
  readonly ca?: readonly string[];
}

export interface WebhookWay {
  readonly url: string;
  /** Each signs, so that a receiver can change from one to the next. */
  readonly secrets: readonly Secret<Buffer>[];
}

export interface NoticeWays {
  /** Mail addresses of those who run the service. */
  readonly to: readonly string[];
  /** Mail addresses of technical contacts, by the name of their connection. */
  readonly contacts: ReadonlyMap<string, readonly string[]>;
  readonly smtp?: MailWay;
  readonly webhooks: readonly WebhookWay[];
}
