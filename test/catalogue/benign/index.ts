/** The benign catalogue and its runner's types. */
export { benignCases } from './cases';
export type { BenignCase } from './catalogue';
