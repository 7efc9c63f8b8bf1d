import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const port = 3199;
const origin = `http://127.0.0.1:${port}`;
const desktop = { width: 1440, height: 900 };

/** The app as it is shipped: built, on loopback, with the bundled demo cluster; no network. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: path.join(root, '.cache', 'e2e'),
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  workers: process.env.CI === undefined ? 1 : 2,
  // A page is drawn by the processor alone here, and axe looks at every element: slow where two of them share two cores, never stuck.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: origin,
    launchOptions: await findBrowser(),
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'light', use: { viewport: desktop, colorScheme: 'light' } },
    { name: 'dark', use: { viewport: desktop, colorScheme: 'dark' } },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true, isMobile: true } },
  ],
  webServer: {
    // Node itself, not a shell or npm: Playwright's signal has to reach the server.
    command: `"${process.execPath}" node_modules/next/dist/bin/next start -H 127.0.0.1 -p ${port}`,
    cwd: root,
    url: `${origin}/api/v1/status`,
    reuseExistingServer: false,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    stdout: 'pipe',
    stderr: 'pipe',
    env: {
      PODREACH_DEMO: '1',
      PODREACH_HOST: '127.0.0.1',
      PODREACH_PORT: String(port),
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
    },
  },
});
