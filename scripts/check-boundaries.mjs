/**
 * Checks who imports whom (.dependency-cruiser.cjs), and that the check looked: dependency-cruiser passes having cruised nothing
 * when it cannot parse TypeScript, and a rule with a typing mistake passes for ever. So the number of modules is asserted, and every
 * rule has to report an offence planted for it (scripts/boundaries/offences.mjs) and to leave innocent files alone.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CRUISED, cruise } from './boundaries/cruise.mjs';
import { ACCOMPLICES, BASE, OFFENCES } from './boundaries/offences.mjs';
import { root } from './run/process.mjs';

const problems = [];

/** `type x` becomes `import type`, so that the difference is under test as well. */
function statement(specifier, index) {
  const type = specifier.startsWith('type ');
  const from = type ? specifier.slice('type '.length) : specifier;
  return `${type ? 'import type' : 'import'} * as m${index} from '${from}';\nexport ${type ? 'type' : 'const'} T${index} = ${type ? 'typeof ' : ''}m${index};\n`;
}

function plantWorld() {
  const folder = path.join(root, '.cache', 'boundaries');
  rmSync(folder, { recursive: true, force: true });
  const files = new Map(Object.entries({ ...BASE, ...ACCOMPLICES }));
  for (const [, file, specifier] of OFFENCES) files.set(file, specifier === undefined ? [] : [specifier]);
  for (const [file, specifiers] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `export const here = '${file}';\n${specifiers.map(statement).join('')}`);
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), '{}');
  return folder;
}

function proveThatRulesBite() {
  const { violations, rules } = cruise(plantWorld());
  for (const [rule, file] of OFFENCES) {
    if (!violations.some((found) => found.rule === rule && found.from === file)) problems.push(`rule \`${rule}\` does not report ${file}`);
  }
  for (const rule of rules) {
    if (!OFFENCES.some(([planted]) => planted === rule))
      problems.push(`rule \`${rule}\` has no offence in scripts/boundaries/offences.mjs`);
  }
  for (const found of violations) {
    if (Object.hasOwn(BASE, found.from)) problems.push(`rule \`${found.rule}\` reports innocent ${found.from} → ${found.to}`);
  }
  return rules.length;
}

function sourceFileCount() {
  let count = 0;
  for (const name of CRUISED.filter((entry) => existsSync(path.join(root, entry)))) {
    if (name.includes('.')) count += 1;
    else count += readdirSync(path.join(root, name), { recursive: true }).filter((file) => /\.tsx?$/.test(file)).length;
  }
  return count;
}

const rules = proveThatRulesBite();
const { cruised, violations } = cruise(root);
for (const { rule, from, to, comment } of violations) problems.push(`${rule}: ${from} → ${to}\n    ${comment}`);
const expected = sourceFileCount();
if (cruised < expected || expected === 0)
  problems.push(`only ${cruised} modules were cruised of ${expected} source files: the check saw nothing`);

for (const problem of problems) console.error(`boundaries: ${problem}`);
console.log(
  `boundaries: ${rules} rules, each proved by an offence; ${cruised} modules cruised (${expected} source files); ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
