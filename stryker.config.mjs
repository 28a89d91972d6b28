// Mutation testing of the gate: `npm run mutation`, by hand and not in CI. What survives is explained in test/saml/MUTATION.md.
//
// Every part is judged by the tests beside it alone: faster by far, and harder to pass. One part: `PART=rules npm run mutation`.

import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url)('./jest.config.js');

/** What is mutated, and the tests that must notice. */
const parts = {
  policy: [['src/policy/**/*.ts'], ['policy/*', 'sso/return-to']],
  rules: [['src/saml/rules/**/*.ts'], ['saml/rules/*']],
  structure: [
    ['src/saml/response.ts', 'src/saml/verify.ts', 'src/saml/read.ts'],
    ['saml/response', 'saml/trust-types', 'saml/read', 'saml/encrypted-context'],
  ],
  signature: [['src/saml/signature/**/*.ts'], ['saml/signature']],
  encryption: [['src/saml/encryption/**/*.ts'], ['saml/decrypt']],
  texts: [
    ['src/saml/base64.ts', 'src/saml/date-time.ts', 'src/saml/decode.ts', 'src/saml/self-test.ts'],
    ['saml/base64', 'saml/date-time', 'saml/decode', 'saml/self-test'],
  ],
  xml: [['src/saml/xml/**/*.ts'], ['saml/parse', 'saml/canonicalize']],
  metadata: [
    ['src/saml/metadata-document.ts', 'src/saml/identity-provider-metadata.ts', 'src/saml/certificate.ts'],
    ['saml/identity-provider-metadata', 'saml/metadata-edges', 'saml/certificate', 'saml/key-strength'],
  ],
  outgoing: [
    [
      'src/saml/authn-request.ts',
      'src/saml/node-saml.ts',
      'src/saml/xml-signature.ts',
      'src/saml/xml-writer.ts',
    ],
    ['saml/authn-request', 'saml/node-saml', 'saml/xml-signature', 'saml/xml-writer'],
  ],
  'own-metadata': [
    ['src/saml/service-provider-metadata.ts'],
    ['saml/service-provider-metadata', 'saml/own-metadata'],
  ],
};

const name = process.env.PART;
if (name !== undefined && !Object.hasOwn(parts, name)) {
  throw new TypeError(`PART is one of ${Object.keys(parts).join(', ')}`);
}
const chosen = name === undefined ? Object.values(parts) : [parts[name]];

export default {
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    // jest knows what a test imports, but not what that imports in turn: src/ is not among its roots.
    enableFindRelatedTests: false,
    config: {
      ...jest,
      testMatch: chosen.flatMap(([, tests]) => tests.map((test) => `<rootDir>/test/${test}.test.ts`)),
      coverageThreshold: undefined,
    },
  },
  // Left out: names.ts and self-test-message.ts, where nothing decides.
  mutate: chosen.flatMap(([files]) => files),
  coverageAnalysis: 'perTest',
  // A mutant in what runs once at load (tables of algorithms and texts) would cost the whole suite each.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 30_000,
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['dist', 'coverage', 'reports', 'ci-output', '.build', 'docs'],
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  jsonReporter: { fileName: `reports/mutation/${name ?? 'all'}.json` },
  htmlReporter: { fileName: `reports/mutation/${name ?? 'all'}.html` },
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  thresholds: { high: 95, low: 92, break: 90 },
};
