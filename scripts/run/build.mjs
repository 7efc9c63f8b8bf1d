import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './errors.mjs';
import { assertWritable } from './install.mjs';
import { nodeBinary } from './node-binary.mjs';
import { log, root, runInherited } from './process.mjs';

const FOLDERS = ['app', 'components', 'lib', 'public'];
const FILES = ['package-lock.json', 'next.config.js', 'tsconfig.json', 'postcss.config.mjs', 'proxy.ts', 'instrumentation.ts'];
const NOT_BUILT = /(^|\/)testdata\/|\.(test|prop\.test|spec)\.tsx?$/;

/** Path of Next's command line; run with Node itself, so that no shell is between us and the server. */
export const nextCli = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

const distDir = path.resolve(root, process.env.NEXT_DIST_DIR ?? '.next');

function filesUnder(folder) {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(root, path.join(entry.parentPath ?? entry.path, entry.name))
        .split(path.sep)
        .join('/'),
    );
}

/** Hash of everything that the build reads: equal hash, equal build. */
function sourceHash() {
  const hash = createHash('sha256');
  const files = [...FOLDERS.flatMap(filesUnder), ...FILES.filter((file) => existsSync(path.join(root, file)))];
  for (const file of files.filter((name) => !NOT_BUILT.test(name)).sort()) {
    const bytes = readFileSync(path.join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Builds the app unless the last build was of these very sources. */
export async function build() {
  const stamp = path.join(distDir, 'podreach-source');
  const wanted = sourceHash();
  if (existsSync(path.join(distDir, 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  assertWritable('build the app');
  log('building (under a minute; only when the sources changed)');
  const code = await runInherited(nodeBinary(), [nextCli, 'build'], { stdio: ['inherit', 2, 2] });
  if (code !== 0) throw new SetupError(`next build failed with exit code ${code}; its message is above`);
  writeFileSync(stamp, wanted);
}
