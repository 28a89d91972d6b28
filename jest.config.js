const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/system/', '<rootDir>/test/differential/'],
  setupFiles: ['<rootDir>/test/support/known-keys.ts', '<rootDir>/test/support/worker-thread.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // Lazy commands are imported as Node wants it, with the extension of the built file.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  collectCoverageFrom: ['src/**/*.ts'],
  // The gate: no line and no branch that nothing has tried (`npm run coverage`).
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
  // Jest would leave a core to itself, which does nothing while tests run; and tests of a running service often wait.
  maxWorkers: availableParallelism() + 1,
  testTimeout: 20_000,
};
