import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { techniquesPage } from './generate-docs.ts';

test('docs/techniques.md is what the registry says; run `npm run generate` when it is not', () => {
  expect(readFileSync(path.resolve(import.meta.dirname, '../docs/techniques.md'), 'utf8')).toBe(techniquesPage());
});
