// Wrong use of a command: exit code 2, and the sentence is all that is said.

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command could not do what it was asked for, for a reason that is no failure of the machine: exit code 1. */
export class NotDoneError extends Error {
  override readonly name = 'NotDoneError';
}
