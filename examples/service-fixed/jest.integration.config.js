const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testPathIgnorePatterns: [],
  testMatch: ['**/*.integration.test.ts'],
  testTimeout: 30_000,
  maxWorkers: process.env.CI ? 2 : '50%',
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json' }],
  },
};
