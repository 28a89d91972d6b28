const base = require('../../jest.config.js');

/** `npm run test:system`: against real identity providers, browsers and stores, with time to start. */
module.exports = {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/system'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/system/build.cjs',
  // Each waits for processes most of the time.
  maxWorkers: 2,
  testTimeout: 120_000,
};
