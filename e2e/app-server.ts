import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

export interface AppServer {
  readonly url: string;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Settings of whoever runs the tests must not reach the server under test. */
function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PODREACH_') && name !== 'KUBECONFIG' && name !== 'KUBERNETES_SERVICE_HOST',
  );
  return { ...Object.fromEntries(own), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ...settings };
}

async function isListening(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    const answer = await fetch(`${url}/icon.svg`).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The built app with settings of its own, for tests that need other data than the demo. */
export async function startApp(settings: Readonly<Record<string, string>>): Promise<AppServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = environment({ PODREACH_HOST: '127.0.0.1', PODREACH_PORT: String(port), ...settings });
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: root,
    env,
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  await isListening(url, child);
  return { url, log: () => log, close };
}
