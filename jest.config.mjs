/** Jest runs TypeScript sources directly, as ES modules, resolving `#libs/*` to their sources. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['<rootDir>/test/jest-setup.mjs'],
  testMatch: [
    '<rootDir>/{apps,libs,bench,sdks}/**/*.{unit,int}.spec.ts',
    '<rootDir>/setup/**/*.{unit,int}.spec.mjs',
    '<rootDir>/test/**/*.e2e.spec.ts',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  // What hangs is to fail; what is slow on a busy machine is not.
  testTimeout: 90_000,
  maxWorkers: 2,
};
