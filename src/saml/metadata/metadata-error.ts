// What is wrong with a metadata document and what to do, in words for an administrator.

export class MetadataError extends Error {
  override readonly name = 'MetadataError';
  readonly problem: string;
  readonly hint: string;

  constructor(problem: string, hint: string, cause?: unknown) {
    super(`${problem} ${hint}`, cause === undefined ? undefined : { cause });
    this.problem = problem;
    this.hint = hint;
  }
}
