import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { root } from '../run/process.mjs';

/** What is under the rules; bench, e2e and scripts stand outside. */
export const CRUISED = ['app', 'components', 'lib', 'proxy.ts', 'instrumentation.ts'];

/**
 * These rules let a module name another's types. Under TypeScript 7 dependency-cruiser parses with swc and does not tell
 * `import type` from `import`, so they report both and the difference is made here.
 */
const TYPES_ARE_FINE = new Set([
  'contract-takes-types-only',
  'app-calls-server-and-contract',
  'components-see-the-contract',
  'catalog-is-data',
]);

/** Specifiers that a file imports or re-exports at run time: `import type` is gone from what runs (verbatimModuleSyntax). */
function runtimeSpecifiers(file) {
  const module = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2022' });
  const specifiers = [];
  for (const item of module.body) {
    const exportsFrom = item.type === 'ExportNamedDeclaration' || item.type === 'ExportAllDeclaration';
    if ((item.type === 'ImportDeclaration' || exportsFrom) && item.source && !item.typeOnly) specifiers.push(item.source.value);
  }
  // `import('…')` anywhere is run time too; a type query of that form may be reported once too often, never too seldom.
  for (const match of readFileSync(file, 'utf8').matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) specifiers.push(match[1]);
  return specifiers;
}

function isRuntimeImport(folder, from, to) {
  const here = path.join(folder, from);
  return runtimeSpecifiers(here).some((specifier) => path.join(path.dirname(from), specifier).split(path.sep).join('/') === to);
}

/**
 * Cruises a folder that is laid out like the project.
 *
 * @param {string} folder
 * @returns {{ cruised: number, violations: { rule: string, comment?: string, from: string, to: string }[], rules: string[] }}
 */
export function cruise(folder) {
  const config = path.join(root, '.dependency-cruiser.cjs');
  const cli = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const targets = CRUISED.filter((name) => existsSync(path.join(folder, name)));
  const run = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', ...targets], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 2 ** 20,
  });
  if (run.error || !run.stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${run.error ?? run.stderr}`);
  const { summary, modules } = JSON.parse(run.stdout);
  const rules = summary.ruleSetUsed.forbidden;
  const violations = summary.violations
    .map((found) => ({ rule: found.rule.name, from: found.from, to: found.to }))
    .filter((found) => !TYPES_ARE_FINE.has(found.rule) || isRuntimeImport(folder, found.from, found.to))
    .map((found) => ({ ...found, comment: rules.find((rule) => rule.name === found.rule)?.comment }));
  // What it followed into node_modules does not count as having looked at us.
  const cruised = modules.filter((module) => /\.tsx?$/.test(module.source) && !module.source.includes('node_modules')).length;
  return { cruised, violations, rules: rules.map((rule) => rule.name) };
}
