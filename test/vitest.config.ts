import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'test',
    root: import.meta.dirname,
    include: ['checks/**/*.test.ts', 'start/**/*.test.ts', 'chaos/**/*.test.ts'],
    globalSetup: ['../api/src/testing/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
