import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, whatever the caller's directory is. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the person typed the command: npm changes into the package's folder and says here where it came from. */
export const callerDirectory = process.env.INIT_CWD ?? process.cwd();

const started = Date.now();

/** Progress goes to stderr, so that stdout stays the command's own. */
export function log(message) {
  console.error(`podreach +${((Date.now() - started) / 1000).toFixed(1)}s: ${message}`);
}

/** The environment of every child: our tools first in PATH, nothing phones home. */
function childEnv(extra = {}) {
  const own = path.join(root, 'node_modules', '.bin');
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PATH: `${own}${path.delimiter}${process.env.PATH ?? ''}`, ...extra };
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Calls back when our parent is gone. npm passes SIGTERM to the shell between it and us, the shell dies without passing it on, and a
 * server without this would go on serving with nobody to stop it.
 */
function whenOrphaned(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, 250);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Runs a child in the checkout with our own terminal, passes signals on, and answers its exit code (128 + n for a signal,
 * as a shell does).
 */
export function runInherited(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: options.stdio ?? 'inherit', env: childEnv(options.env), windowsHide: true });
    const forward = (signal) => child.kill(signal);
    for (const signal of FORWARDED) process.on(signal, forward);
    // Started by hand and put into the background, a server may outlive its shell; started by npm it belongs to npm.
    const unwatch = process.env.npm_lifecycle_event === undefined ? () => undefined : whenOrphaned(() => child.kill('SIGTERM'));
    const done = () => {
      unwatch();
      for (const signal of FORWARDED) process.off(signal, forward);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
