import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results',
  // Two cores are what there is: one trains or starts a house while the other shows pages.
  workers: 2,
  // First what shares a house, which lasts for as long as its worker does; then what starts its own.
  projects: [
    { name: 'one house', testDir: './e2e/one-house' },
    { name: 'own houses', testIgnore: 'one-house/**' },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: false,
      args: ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
    trace: 'off',
    video: 'off',
  },
});
