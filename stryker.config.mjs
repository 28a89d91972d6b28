// Mutation testing of the gate: `npm run mutation`, by hand and not in CI. What survives is explained in test/MUTATION.md.
//
// Every part is judged by the tests beside it alone: faster by far, and harder to pass. One part: `PART=rules npm run mutation`.

import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url)('./jest.config.js');

/** What is mutated, and the tests that must notice. */
const parts = {
  policy: [['src/policy/**/*.ts'], ['policy/*', 'sso/return-to']],
  rules: [['src/saml/login/rules/**/*.ts'], ['saml/login/rules/*']],
  structure: [
    ['src/saml/login/response.ts', 'src/saml/login/verify.ts', 'src/saml/login/read.ts', 'src/saml/gate.ts'],
    [
      'saml/login/response',
      'saml/trust-types',
      'saml/login/read',
      'saml/encryption/encrypted-context',
      'saml/gate',
    ],
  ],
  signature: [
    [
      'src/saml/signature/algorithms.ts',
      'src/saml/signature/key-memory.ts',
      'src/saml/signature/read-signature.ts',
      'src/saml/signature/verify-signature.ts',
    ],
    ['saml/signature/signature', 'saml/signature/verify-signature'],
  ],
  encryption: [['src/saml/encryption/**/*.ts'], ['saml/encryption/decrypt']],
  texts: [
    [
      'src/saml/xml/base64.ts',
      'src/saml/xml/date-time.ts',
      'src/saml/login/decode.ts',
      'src/saml/self-test.ts',
    ],
    ['saml/xml/base64', 'saml/xml/date-time', 'saml/login/decode', 'saml/self-test'],
  ],
  xml: [
    ['src/saml/xml/parse.ts', 'src/saml/xml/element.ts', 'src/saml/xml/canonicalize.ts'],
    ['saml/xml/parse', 'saml/xml/qualified-names', 'saml/xml/canonicalize'],
  ],
  metadata: [
    [
      'src/saml/metadata/metadata-document.ts',
      'src/saml/metadata/identity-provider-metadata.ts',
      'src/saml/signature/certificate.ts',
    ],
    [
      'saml/metadata/identity-provider-metadata',
      'saml/metadata/metadata-edges',
      'saml/signature/certificate',
      'saml/signature/key-strength',
    ],
  ],
  outgoing: [
    [
      'src/saml/login/authn-request.ts',
      'src/saml/login/node-saml.ts',
      'src/saml/signature/sign-xml.ts',
      'src/saml/xml/writer.ts',
    ],
    ['saml/login/authn-request', 'saml/login/node-saml', 'saml/signature/sign-xml', 'saml/xml/writer'],
  ],
  'own-metadata': [
    ['src/saml/metadata/service-provider-metadata.ts'],
    ['saml/metadata/service-provider-metadata', 'saml/metadata/own-metadata'],
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
      testMatch: chosen.flatMap(([, tests]) => tests.map((test) => `<rootDir>/test/unit/${test}.test.ts`)),
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
