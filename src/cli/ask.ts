// Questions on a terminal; the only file that knows @clack/prompts, which is loaded when a question is asked and never by
// `serve`. Every answer is a flag as well, so nothing ever waits for an answer where nobody can give one.

export interface Question {
  readonly message: string;
  /** Taken when the person only presses Enter. */
  readonly standard: string;
  /** What is wrong with an answer; undefined when it will do. */
  readonly check: (answer: string) => string | undefined;
}

/** @returns the answer, or undefined when the person gave up (Ctrl-C, Escape) */
export type Ask = (question: Question) => Promise<string | undefined>;

/** Asks on standard input and output. */
export const askOnTerminal: Ask = async ({ message, standard, check }) => {
  const { isCancel, text } = await import('@clack/prompts');
  const answer = await text({
    message,
    placeholder: standard,
    defaultValue: standard,
    validate: (value) => check(value === undefined || value === '' ? standard : value),
  });
  return isCancel(answer) ? undefined : answer.trim();
};
