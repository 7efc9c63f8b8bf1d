import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AZURE_METHODS } from './methods.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/azure.md'), 'utf8');

/** Permissions of the page's table. */
const documented = [...page.matchAll(/^\| `([\w./]+)` \|/gm)].map(([, permission = '']) => permission);

test('docs/azure.md lists the permissions that are needed, each once, and no other', () =>
  expect(documented.sort()).toEqual([...new Set(Object.values(AZURE_METHODS).map(({ permission }) => permission))].sort()));

test('nothing that is called changes anything or reads a key', () =>
  expect(Object.values(AZURE_METHODS).filter(({ permission }) => !/\/read$|[.]Read[.]All$/.test(permission))).toEqual([]));
