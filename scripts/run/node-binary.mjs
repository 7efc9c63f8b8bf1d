import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './errors.mjs';
import { root } from './process.mjs';

/** @kubernetes/client-node 2 takes undici 8, which does not load on an older Node. */
const MINIMUM = [22, 19];

/** Whether a version such as `v24.21.0` runs the app. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

/** Path of a Node >= 22.19: our own when it is new enough, else the one that the lockfile brings along. */
export function nodeBinary() {
  if (isNewEnough(process.version)) return process.execPath;
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  // In a checkout it lies in our node_modules; where the package is installed, beside it.
  const bundled = [path.join(root, 'node_modules'), path.dirname(root)]
    .map((modules) => path.join(modules, name, 'bin', windows ? 'node.exe' : 'node'))
    .find((file) => existsSync(file));
  if (bundled !== undefined) return bundled;
  throw new SetupError(
    `Node ${process.version} is too old and no package brings a newer one for ${process.platform}-${process.arch}; install Node 24 from https://nodejs.org`,
  );
}
