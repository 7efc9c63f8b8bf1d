import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { GCP_METHODS } from './methods.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/gcp.md'), 'utf8');

/** Rows of the page's table of permissions: each permission with the roles that have it. */
const rows = [...page.matchAll(/^\| `([\w.]+)` \| (.+?) \|/gm)].map(([, permission = '', roles = '']) => ({ permission, roles }));

test('docs/gcp.md lists the permissions that are needed, each once, and no other', () =>
  expect(rows.map(({ permission }) => permission).sort()).toEqual(
    [...new Set(Object.values(GCP_METHODS).map(({ permission }) => permission))].sort(),
  ));

test.each(Object.entries(GCP_METHODS))('docs/gcp.md names the role for %s', (_api, { permission, role }) =>
  expect(rows.find((row) => row.permission === permission)?.roles).toContain(`\`${role}\``),
);

test('nothing that is called changes anything or reads a value', () => {
  const verbs = Object.keys(GCP_METHODS).map((api) => api.slice(api.lastIndexOf('.') + 1));
  expect(verbs.filter((verb) => !['get', 'list', 'getIamPolicy'].includes(verb))).toEqual([]);
  expect(Object.values(GCP_METHODS).filter(({ permission }) => !/[.](get|list|getIamPolicy)$/.test(permission))).toEqual([]);
});
