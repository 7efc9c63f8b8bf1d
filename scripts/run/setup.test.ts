import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { isInstalled } from './install.mjs';
import { isNewEnough } from './node-binary.mjs';
import { portProblem } from './serve.mjs';
import { tallyOfPlaywright, tallyOfVitest } from './tally.mjs';

describe('isNewEnough', () => {
  test.each(['v22.19.0', 'v22.20.1', 'v24.0.0', 'v26.1.0'])('%s runs the app', (version) => expect(isNewEnough(version)).toBe(true));
  test.each(['v20.20.2', 'v22.18.9', 'v18.0.0', 'v9.99.0'])('%s does not', (version) => expect(isNewEnough(version)).toBe(false));
});

describe('isInstalled', () => {
  const lock = {
    packages: { '': { name: 'x' }, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.0.0', optional: true } },
  };
  test.each([
    ['all is there', { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.0.0' } } }],
    ['a package of another platform is not', { packages: { 'node_modules/a': { version: '1.0.0' } } }],
  ])('when %s', (_name, installed) => expect(isInstalled(lock, installed)).toBe(true));
  test.each([
    ['nothing was installed', undefined],
    ['a package is missing', { packages: { 'node_modules/b-darwin': { version: '2.0.0' } } }],
    ['a version differs', { packages: { 'node_modules/a': { version: '1.0.1' } } }],
    [
      'an optional version differs',
      { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.1.0' } } },
    ],
  ])('not when %s', (_name, installed) => expect(isInstalled(lock, installed)).toBe(false));
});

describe('portProblem', () => {
  test('a taken port is said with what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await portProblem({ host: '127.0.0.1', port })).toMatch(/^port \d+ on 127\.0\.0\.1 is taken; .*--port \d+/);
    await new Promise((resolve) => server.close(resolve));
    expect(await portProblem({ host: '127.0.0.1', port })).toBeUndefined();
  });
  test('an address of another machine is said', async () =>
    expect(await portProblem({ host: '192.0.2.1', port: 3000 })).toContain('no address `192.0.2.1`'));
});

describe('tallies', () => {
  test('vitest', () => {
    const tests = (...statuses: string[]) => statuses.map((status, index) => ({ status, fullName: `test ${index}` }));
    const report = {
      testResults: [
        { status: 'passed', assertionResults: tests('passed', 'passed', 'skipped', 'todo') },
        { status: 'failed', assertionResults: tests('passed', 'failed') },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(tallyOfVitest(report)).toEqual({ passed: 3, failed: 2, skipped: ['test 2', 'test 3'] });
  });

  test('playwright: flaky is failed, skips are named, errors outside of tests count', () => {
    const spec = (title: string, ...statuses: string[]) => ({ title, tests: statuses.map((status) => ({ status, projectName: 'dark' })) });
    const report = {
      errors: [{ message: 'server did not start' }],
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('one', 'expected', 'flaky')],
          suites: [{ title: 'group', specs: [spec('two', 'skipped', 'unexpected')] }],
        },
      ],
    };
    expect(tallyOfPlaywright(report)).toEqual({ passed: 1, failed: 3, skipped: ['a.spec.ts › group › two › [dark]'] });
  });

  test.each([[tallyOfVitest], [tallyOfPlaywright]])('an empty report holds no test', (tally) =>
    expect(tally({})).toEqual({ passed: 0, failed: 0, skipped: [] }),
  );
});
