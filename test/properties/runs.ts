/** How thorough the properties are: a twentieth of every count in `npm test`, a quarter in CI, all in `npm run test:properties`. */
const part = { full: 1, half: 2, quarter: 4 }[process.env['PROPERTY_RUNS'] ?? ''] ?? 20;

export const numRuns = (count: number): { readonly numRuns: number } => ({
  numRuns: Math.ceil(count / part),
});

/** A sweep looks at every place, or at every so manieth. */
export const stride = part === 20 ? 60 : part;
