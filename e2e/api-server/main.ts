import { parseArgs } from 'node:util';
import { startApiServer } from './api-server.ts';

/** `node e2e/api-server/main.ts --snapshot DIR [--port N] [--delay MS]`: serves until it is ended; prints `{"url", "kubeconfig"}`. */
const { values } = parseArgs({
  options: { snapshot: { type: 'string' }, port: { type: 'string', default: '0' }, delay: { type: 'string', default: '0' } },
});
if (values.snapshot === undefined) {
  process.stderr.write('usage: node e2e/api-server/main.ts --snapshot DIR [--port N] [--delay MS]\n');
  process.exit(2);
}
const server = await startApiServer({
  snapshotDir: values.snapshot,
  port: Number(values.port),
  pageDelayMs: Number(values.delay),
});
server.warm();
process.stdout.write(`${JSON.stringify({ url: server.url, kubeconfig: server.kubeconfig() })}\n`);
const end = (): void => void server.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
