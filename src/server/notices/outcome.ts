// What became of one try to send a notice by one way.

export type Outcome =
  | { readonly kind: 'sent' }
  /** `refused`: asking again will not help. */
  | { readonly kind: 'failed' | 'refused'; readonly problem: string; readonly hint: string };
