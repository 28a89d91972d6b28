// One finding for an administrator: where it is, what is wrong there, and what to do. The same words in a start that
// fails, in `wix-saml check`, in the log's warnings and on a page.

export interface Problem {
  /** Option path such as `connections.acme.emailDomains[0]`; empty for the file as a whole. */
  readonly path: string;
  readonly problem: string;
  readonly hint: string;
}
