import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findingsPage } from './findings-page.ts';

test('docs/findings.md is what the registry says; run `npm run generate` when it is not', () => {
  expect(readFileSync(path.resolve(import.meta.dirname, '../docs/findings.md'), 'utf8')).toBe(findingsPage());
});
