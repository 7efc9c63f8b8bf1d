/**
 * Adds entries for optional platform packages to package-lock.json that the registry which made the lock could not serve.
 *
 * Why: npm leaves an optional package that it cannot find out of the lock, and `npm ci` then refuses the lock
 * ("Missing: @next/swc-darwin-arm64@ from lock file"). A stub with version, os and cpu is enough: npm skips it on other
 * platforms and fetches it where it fits. Run after every change of the dependencies:
 *   node_modules/.bin/node PATH/TO/npm-cli.js install && node scripts/fix-lock.mjs
 *
 * Usage: node scripts/fix-lock.mjs [LOCKFILE] [--check]; with --check nothing is written, and missing stubs are exit 1.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OS = [
  [/darwin/, 'darwin'],
  [/win32|windows/, 'win32'],
  [/android/, 'android'],
  [/freebsd/, 'freebsd'],
  [/openharmony/, 'openharmony'],
  [/linux/, 'linux'],
];
const CPU = [
  [/arm64/, 'arm64'],
  [/x64/, 'x64'],
  [/ia32/, 'ia32'],
  [/ppc64/, 'ppc64'],
  [/s390x/, 's390x'],
  [/riscv64/, 'riscv64'],
  [/arm/, 'arm'],
  [/wasm32/, 'wasm32'],
];

const first = (table, name) => table.find(([pattern]) => pattern.test(name))?.[1];

/** The least that npm needs to know of a platform package; no integrity, as nobody here has seen its bytes. */
function stub(name, version, dev) {
  const os = first(OS, name);
  const cpu = first(CPU, name);
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(os === 'linux' && /musl/.test(name) ? { libc: ['musl'] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

/** Every optional dependency with an exact version that the lock does not hold, with the package that asks for it. */
function missing(packages) {
  const found = new Map();
  for (const [where, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const nested = `${where ? `${where}/` : ''}node_modules/${name}`;
      const top = `node_modules/${name}`;
      if (packages[nested] || packages[top] || !/^\d/.test(version)) continue;
      found.set(top, stub(name, version, entry.dev === true));
    }
  }
  return found;
}

const check = process.argv.includes('--check');
const file = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const stubs = missing(lock.packages);
if (stubs.size === 0) {
  console.log('package-lock.json: every platform package has an entry');
} else if (check) {
  console.error(`package-lock.json: no entry for ${[...stubs.keys()].join(', ')}; run node scripts/fix-lock.mjs`);
  process.exitCode = 1;
} else {
  const { '': root, ...rest } = lock.packages;
  const sorted = Object.entries({ ...rest, ...Object.fromEntries(stubs) }).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = { '': root, ...Object.fromEntries(sorted) };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: added ${stubs.size} platform packages`);
}
