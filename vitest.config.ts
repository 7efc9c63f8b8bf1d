import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  resolve: {
    // The package throws outside React's server build on purpose; its empty twin is not exported, hence the file path.
    alias: { 'server-only': at('./node_modules/server-only/empty.js') },
  },
  test: {
    include: ['{app,components,lib,e2e,scripts,bench}/**/*.test.{ts,tsx}', '{lib,components}/**/*.prop.test.ts', '*.test.ts'],
    environment: 'node',
    retry: 0,
    allowOnly: process.env.CI === undefined,
    passWithNoTests: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
