/** How thorough the properties are: `npm test` takes a tenth of every count, `npm run test:properties` all of it. */
const full = process.env['PROPERTY_RUNS'] === 'full';

export const numRuns = (count: number): { readonly numRuns: number } => ({
  numRuns: full ? count : Math.ceil(count / 10),
});

/** A sweep looks at every place, or at every so manieth. */
export const stride = full ? 1 : 30;
