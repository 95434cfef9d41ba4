import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As in api/vitest.config.ts: tests that start an API in their own process would otherwise know two GraphQLs.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) },
      { find: '@', replacement: `${import.meta.dirname}/../web/src` },
    ],
  },
  test: {
    name: 'test',
    root: import.meta.dirname,
    include: ['checks/**/*.test.ts', 'start/**/*.test.ts', 'chaos/**/*.test.ts', 'attack/**/*.test.ts', 'bench/**/*.test.ts'],
    globalSetup: ['../api/src/testing/global-setup.ts', './programs.ts'],
    testTimeout: 900_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 900_000,
  },
});
