import { createServer } from 'node:net';
import { nextCli } from './build.mjs';
import { nodeBinary } from './node-binary.mjs';
import { log, runInherited } from './process.mjs';

/** Why the port cannot be listened on, as a sentence with what to do; undefined when it can. Asked before the build, not after it. */
export function portProblem({ host, port }) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const why = {
        EADDRINUSE: `port ${port} on ${host} is taken; stop what listens there or choose another with \`--port ${port < 65535 ? port + 1 : 3000}\``,
        EACCES: `port ${port} on ${host} needs more rights; choose one above 1023 with \`--port 3000\``,
        EADDRNOTAVAIL: `this machine has no address \`${host}\`; give \`--host\` one that it has`,
        ENOTFOUND: `the name \`${host}\` does not resolve; give \`--host\` an address of this machine`,
      };
      resolve(why[error.code] ?? `cannot listen on ${host}, port ${port}: ${error.message}`);
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

/** Serves the build until it is told to stop. */
export function serve(settings) {
  log(`serving on ${settings.url}`);
  return runInherited(nodeBinary(), [nextCli, 'start', '-H', settings.host, '-p', String(settings.port)], { env: settings.env });
}

/** The development server: compiles as pages are asked for. */
export function develop(settings) {
  log(`development server on ${settings.url}`);
  return runInherited(nodeBinary(), [nextCli, 'dev', '-H', settings.host, '-p', String(settings.port)], { env: settings.env });
}
