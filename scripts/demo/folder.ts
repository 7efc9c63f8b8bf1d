import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Written by hand; everything else in the folder is generated. */
const BY_HAND = new Set(['README.md']);

function generatedPaths(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return paths.map((path) => path.replaceAll(sep, '/')).filter((path) => !BY_HAND.has(path));
}

/** One line for each file of the folder that differs from what the generator makes; none when all is well. */
export function differences(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  const present = new Set(generatedPaths(folder));
  const wrong = [...files].filter(([path, text]) => present.has(path) && readFileSync(join(folder, path), 'utf8') !== text);
  return [
    ...[...files.keys()].filter((path) => !present.has(path)).map((path) => `missing: \`${path}\``),
    ...wrong.map(([path]) => `differs: \`${path}\``),
    ...[...present].filter((path) => !files.has(path)).map((path) => `not generated: \`${path}\``),
  ].sort();
}

/** Writes the files and removes what an earlier generator left behind. */
export function rewrite(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const path of generatedPaths(folder)) if (!files.has(path)) rmSync(join(folder, path));
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
