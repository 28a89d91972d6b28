import type { KeyLike } from 'node:crypto';

export interface AggregateOptions {
  /** Service providers, about 10 KB each. */
  readonly entities: number;
  /** Stands in the middle; its certificate in base64 is everybody's. */
  readonly idp: { readonly entityId: string; readonly certificate: string };
  /** An RSA private key. */
  readonly signer: KeyLike;
  readonly validUntil: string;
}

/** The document in pieces. */
export function aggregate(options: AggregateOptions): Generator<string>;
