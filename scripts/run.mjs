#!/usr/bin/env node
/**
 * Makes `npm start` and `npm test` work on a bare machine: installs from the lockfile if needed, picks a Node that is new
 * enough, builds if the sources changed, then runs. Plain Node >= 20 without dependencies, as it runs before they exist.
 */
import { build } from './run/build.mjs';
import { SetupError, UsageError } from './run/errors.mjs';
import { ensureInstalled } from './run/install.mjs';
import { nodeBinary } from './run/node-binary.mjs';
import { helpText, settingsOf } from './run/options.mjs';
import { callerDirectory, runInherited } from './run/process.mjs';
import { develop, portProblem, serve } from './run/serve.mjs';
import { runSuites, SUITES } from './run/test.mjs';

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  async start(args) {
    const settings = settingsOf(args, process.env, callerDirectory);
    await refuseTakenPort(settings);
    await ensureInstalled();
    await build();
    return serve(settings);
  },
  async dev(args) {
    const settings = settingsOf(args, process.env, callerDirectory);
    await refuseTakenPort(settings);
    await ensureInstalled();
    return develop(settings);
  },
  async build(args) {
    refuseArguments('build', args);
    await ensureInstalled();
    await build();
    return 0;
  },
  async test(args) {
    await ensureInstalled();
    return runSuites(suitesAsked(args));
  },
  async check(args) {
    refuseArguments('check', args);
    await ensureInstalled();
    return runSuites(SUITES.filter((suite) => suite.quick));
  },
  async bench(args) {
    await ensureInstalled();
    return runInherited(nodeBinary(), ['--expose-gc', 'bench/run.ts', ...args]);
  },
  async generate(args) {
    await ensureInstalled();
    const demo = await runInherited(nodeBinary(), ['scripts/generate-demo.ts', ...args]);
    const docs = await runInherited(nodeBinary(), ['scripts/generate-docs.ts', ...args]);
    return demo || docs;
  },
};

async function refuseTakenPort(settings) {
  const problem = await portProblem(settings);
  if (problem) throw new SetupError(problem);
}

function refuseArguments(command, args) {
  if (args.length > 0) throw new UsageError(`\`${command}\` takes no options; got \`${args.join(' ')}\``);
}

/** `--suite a,b` narrows a run while developing; the result then says what was left out. */
function suitesAsked(args) {
  if (args.length === 0) return SUITES;
  const [flag, list] = args[0].startsWith('--suite=') ? ['--suite', args[0].slice('--suite='.length)] : args;
  const names = (list ?? '').split(',').filter(Boolean);
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (flag !== '--suite' || names.length === 0 || unknown.length > 0) {
    throw new UsageError(
      `npm test takes \`--suite\` with one or more of ${SUITES.map((suite) => suite.name).join(',')}; got \`${args.join(' ')}\``,
    );
  }
  return SUITES.filter((suite) => names.includes(suite.name));
}

async function main([command = 'start', ...args]) {
  const askedForHelp = [command, ...args].some((argument) => argument === '--help' || argument === '-h');
  if (command === 'help' || (askedForHelp && command !== 'bench' && command !== 'generate')) {
    console.log(helpText(SUITES.map((suite) => suite.name)));
    return 0;
  }
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run) throw new UsageError(`unknown command \`${command}\`; commands are ${Object.keys(commands).join(', ')}`);
  return run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof UsageError || error instanceof SetupError;
  // What the person can mend is one sentence; a mistake of ours keeps its stack.
  console.error(`podreach: ${expected ? error.message : (error?.stack ?? error)}`);
  if (error instanceof UsageError) console.error('podreach: `npm start -- --help` lists all options and variables');
  process.exitCode = expected ? error.exitCode : 1;
}
