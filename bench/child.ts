import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Runs a measuring program in a process of its own and gives back its numbers. */
export async function measure(program: string, args: readonly string[], nodeArgs: readonly string[] = []): Promise<Record<string, number>> {
  const child = spawn(process.execPath, [...nodeArgs, path.join(here, 'measure', program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) last = line;
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
  if (code !== 0) throw new Error(`bench/measure/${program} ended with ${String(code)}`);
  return JSON.parse(last) as Record<string, number>;
}

export interface ApiServer {
  readonly url: string;
  readonly kubeconfig: string;
  readonly close: () => Promise<void>;
}

/** Starts e2e/api-server on a snapshot, in a process of its own. */
export async function startApiServer(snapshot: string): Promise<ApiServer> {
  const program = path.join(here, '..', 'e2e', 'api-server', 'main.ts');
  const child = spawn(process.execPath, [program, '--snapshot', snapshot], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([new Promise<string>((resolve) => lines.once('line', resolve)), ended.then(() => undefined)]);
  if (first === undefined) throw new Error('e2e/api-server did not start');
  const { url, kubeconfig } = JSON.parse(first) as { url: string; kubeconfig: string };
  return {
    url,
    kubeconfig,
    close: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
