// Wrong use of a command: exit code 2, and the sentence is all that is said.

export class UsageError extends Error {
  override readonly name = 'UsageError';
}
