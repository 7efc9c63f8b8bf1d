import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './errors.mjs';
import { log, root, runInherited } from './process.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Whether node_modules holds what the lockfile says. npm writes `node_modules/.package-lock.json` as its last step, so an
 * interrupted install is not mistaken for a complete one. Optional packages may be absent (other platforms), not different.
 */
export function isInstalled(wanted, installed) {
  if (!installed?.packages) return false;
  for (const [where, entry] of Object.entries(wanted.packages)) {
    if (where === '' || entry.link) continue;
    const found = installed.packages[where];
    if (found ? found.version !== entry.version : !(entry.optional || entry.peer || entry.devOptional)) return false;
  }
  return true;
}

/** Throws a sentence that a person can act on when the checkout cannot be written to. */
export function assertWritable(purpose) {
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    throw new SetupError(
      `cannot ${purpose}: \`${root}\` is not writable (${error.code}); copy the checkout to a folder that you can write to`,
    );
  }
}

/** npm as it started us, or the one in PATH; other package managers do not read this lockfile. */
function npmCommand() {
  const started = process.env.npm_execpath;
  if (started && /npm-cli\.c?js$/.test(started) && existsSync(started)) return { command: process.execPath, before: [started] };
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const lib = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const found = [beside, lib].find((file) => existsSync(file));
  return found ? { command: process.execPath, before: [found] } : { command: 'npm', before: [] };
}

/** Installs exactly what package-lock.json says, unless that is there already. */
export async function ensureInstalled() {
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  const wanted = readJson(path.join(root, 'package-lock.json'));
  if (isInstalled(wanted, existsSync(hidden) ? readJson(hidden) : undefined)) return;
  assertWritable('install the dependencies');
  log('installing the dependencies from package-lock.json (half a minute on a first run)');
  const { command, before } = npmCommand();
  // No package here needs its install script, so none is run. The engine warnings speak of the Node that npm runs on, not of ours.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runInherited(command, [...before, ...args], { stdio: ['inherit', 2, 2] });
  if (code !== 0) {
    throw new SetupError(
      `npm ci failed with exit code ${code}; its message is above. The npm registry has to be within reach for the first start`,
    );
  }
}
