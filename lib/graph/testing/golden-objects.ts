import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

type Json = Record<string, unknown>;

const WORLDS = join(import.meta.dirname, '../testdata');

/** Kubernetes objects of every golden world that is written as manifests: something to find for every technique. */
export const goldenObjects: readonly (readonly Json[])[] = readdirSync(WORLDS)
  .sort()
  .map((folder) => join(WORLDS, folder, 'world', 'objects.yaml'))
  .filter((file) => existsSync(file))
  .map((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Json));
