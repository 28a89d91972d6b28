// Mutation testing of the gate: `npm run mutation`, by hand and not in CI. What survives is explained in test/saml/MUTATION.md.
// A part of it: `npm run mutation -- --mutate 'src/policy/**/*.ts'`.

import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url)('./jest.config.js');

export default {
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    config: {
      ...jest,
      testMatch: [
        '**/test/saml/**/*.test.ts',
        '**/test/policy/**/*.test.ts',
        '**/test/sso/return-to.test.ts',
      ],
      testPathIgnorePatterns: [
        ...jest.testPathIgnorePatterns,
        // Long proofs over random documents and recorded messages; the short tests beside them must do.
        '/test/saml/c14n.test.ts',
        '/test/saml/captures.test.ts',
      ],
      coverageThreshold: undefined,
    },
  },
  mutate: [
    'src/saml/**/*.ts',
    'src/policy/**/*.ts',
    // Tables of names and one recorded message: nothing decides there.
    '!src/saml/names.ts',
    '!src/saml/self-test-message.ts',
  ],
  coverageAnalysis: 'perTest',
  // A mutant in what runs once at load (tables of algorithms and texts) would cost the whole suite each.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 30_000,
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['dist', 'coverage', 'reports', 'ci-output', '.build', 'docs'],
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  thresholds: { high: 95, low: 92, break: 90 },
};
