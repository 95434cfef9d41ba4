import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'trainer',
    root: import.meta.dirname,
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // To load TensorFlow.js and all modules for each file anew takes as long as the tests; none may leave anything behind.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
