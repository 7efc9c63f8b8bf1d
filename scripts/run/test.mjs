import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, nextCli } from './build.mjs';
import { nodeBinary } from './node-binary.mjs';
import { root, runInherited } from './process.mjs';
import { tallyOfPlaywright, tallyOfVitest } from './tally.mjs';

const tool = (...parts) => path.join(root, 'node_modules', ...parts);
const reports = path.join(root, '.cache', 'test');

/** A person's own settings must not change what is tested. */
const noSettings = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith('PODREACH_'))
    .map((name) => [name, undefined]),
);

/** Runs Node on a tool's own file: no shell, the same on every platform, and the right Node. */
const node = (args, env) => runInherited(nodeBinary(), args, { env: { ...noSettings, ...env } });

/** A suite that either holds or does not. */
async function check(steps) {
  let passed = true;
  for (const step of steps) passed = (await step()) === 0 && passed;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [] };
}

/** The build as a step: a failure is said and counted, so that the suites after it still run. */
async function builtOrSaid() {
  try {
    await build();
    return 0;
  } catch (error) {
    console.log(`build: ${error.message}`);
    return 1;
  }
}

/** A runner that writes a JSON report: a report that is not there, or holds no test, is a failure. */
async function reported(name, run, tally) {
  const file = path.join(reports, `${name}.json`);
  mkdirSync(reports, { recursive: true });
  rmSync(file, { force: true });
  const code = await run(file);
  const counts = existsSync(file) ? tally(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: [] };
  if (counts.passed + counts.failed === 0) {
    console.log(`${name}: no test ran`);
    return { ...counts, failed: 1 };
  }
  // A runner may fail without a failed test: a file that does not load, a server that does not start.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Everything that `npm test` runs, in this order; `quick` ones are also `npm run check`. */
export const SUITES = [
  {
    name: 'types',
    quick: true,
    run: () =>
      check([
        // Routes' types and next-env.d.ts are generated, and absent in a fresh clone.
        () => node([nextCli, 'typegen']),
        () => node([tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json']),
        () => node([tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'lib/tsconfig.pure.json']),
      ]),
  },
  {
    name: 'lint',
    quick: true,
    run: () =>
      check([
        () => node([tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '--max-diagnostics=50', '.']),
        () => node(['scripts/fix-lock.mjs', '--check']),
      ]),
  },
  { name: 'boundaries', quick: true, run: () => check([() => node(['scripts/check-boundaries.mjs'])]) },
  {
    name: 'unit',
    quick: false,
    run: () =>
      reported(
        'unit',
        (file) => node([tool('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]),
        tallyOfVitest,
      ),
  },
  {
    name: 'build',
    quick: false,
    run: () => check([builtOrSaid]),
  },
  {
    name: 'browser',
    quick: false,
    run: () =>
      reported(
        'browser',
        (file) =>
          node([tool('@playwright', 'test', 'cli.js'), 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'], {
            PLAYWRIGHT_JSON_OUTPUT_NAME: file,
            PLAYWRIGHT_JSON_OUTPUT_FILE: file,
          }),
        tallyOfPlaywright,
      ),
  },
];

const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * Runs suites one after another, all of them even when one fails, and ends with the line `N passed, N failed`.
 *
 * @returns {Promise<number>} 0 when nothing failed, else 1
 */
export async function runSuites(suites) {
  const rows = [];
  for (const suite of suites) {
    console.log(`\n── ${suite.name}`);
    const start = performance.now();
    const counts = await suite.run().catch((error) => {
      console.log(`${suite.name}: ${error?.stack ?? error}`);
      return { passed: 0, failed: 1, skipped: [] };
    });
    rows.push({ name: suite.name, ...counts, took: secondsSince(start) });
  }
  console.log('');
  for (const row of rows) {
    const skipped = row.skipped.length > 0 ? `, ${row.skipped.length} skipped` : '';
    console.log(`${row.name.padEnd(11)} ${row.passed} passed, ${row.failed} failed${skipped} (${row.took})`);
  }
  for (const row of rows) for (const title of row.skipped) console.log(`skipped in ${row.name}: ${title}`);
  const left = SUITES.filter((suite) => !suites.includes(suite)).map((suite) => suite.name);
  if (left.length > 0) console.log(`not run: ${left.join(', ')}`);
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
