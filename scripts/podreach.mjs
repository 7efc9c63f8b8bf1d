#!/usr/bin/env node
// Starts the command line: the bundle where the package is installed, the sources in a checkout. Plain Node >= 20, no dependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './run/errors.mjs';
import { ensureInstalled } from './run/install.mjs';
import { nodeBinary } from './run/node-binary.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'dist', 'podreach.mjs');
const sources = path.join(root, 'scripts', 'podreach-main.ts');
const isCheckout = existsSync(sources) && !root.split(path.sep).includes('node_modules');

/** npm changes into the checkout before it runs a script; paths on the command line are meant from where the person stands. */
const callerDirectory = process.env.npm_lifecycle_event === 'podreach' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();

async function start() {
  if (isCheckout) await ensureInstalled();
  const program = isCheckout ? [sources] : [bundle];
  // Types are stripped and code is compiled once, not at every command.
  const cache = isCheckout ? { NODE_COMPILE_CACHE: path.join(root, '.cache', 'compile'), ...process.env } : process.env;
  const child = spawn(nodeBinary(), [...program, ...process.argv.slice(2)], { stdio: 'inherit', cwd: callerDirectory, env: cache });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

try {
  await start();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`podreach: ${error.message}\n`);
  process.exitCode = 2;
}
