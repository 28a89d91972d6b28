/** What a judge says of one message. */
export type Opinion =
  | {
      readonly verdict: 'accepts';
      /** The name identifier that it read, where it reads one. */ readonly nameId?: string | undefined;
    }
  | { readonly verdict: 'refuses'; readonly why: string }
  /** It cannot be asked: no signature in sight for a signature tool. */
  | { readonly verdict: 'silent' };

export type JudgeName = 'node-saml' | 'xmlsec1' | 'python3-saml';
