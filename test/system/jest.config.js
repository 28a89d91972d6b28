const base = require('../../jest.config.js');

/** `npm run test:system`: against real identity providers, browsers and stores. One at a time, with time to start. */
module.exports = {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/system'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
