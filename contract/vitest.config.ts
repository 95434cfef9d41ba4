import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { name: 'contract', root: import.meta.dirname, include: ['**/*.test.ts'], testTimeout: 30_000, isolate: false },
});
