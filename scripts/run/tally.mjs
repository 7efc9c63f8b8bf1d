/**
 * Counts of a test runner's JSON report: `{passed, failed, skipped}` where `skipped` holds the titles, so that no skip is silent.
 */

/** Vitest's JSON reporter (Jest's shape). A file that failed to load has no test and status `failed`: it counts as one failure. */
export function tallyOfVitest(report) {
  const tally = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults ?? []) {
    const tests = file.assertionResults ?? [];
    for (const test of tests) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failed += 1;
      else tally.skipped.push(test.fullName ?? test.title);
    }
    if (file.status === 'failed' && !tests.some((test) => test.status === 'failed')) tally.failed += 1;
  }
  return tally;
}

/** Playwright's JSON reporter. A flaky test is a failed one; errors outside of tests (a server that did not start) count each. */
export function tallyOfPlaywright(report) {
  const tally = { passed: 0, failed: report.errors?.length ?? 0, skipped: [] };
  const visit = (suite, path) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests ?? []) {
        if (test.status === 'expected') tally.passed += 1;
        else if (test.status === 'skipped') tally.skipped.push([...path, spec.title, `[${test.projectName}]`].join(' › '));
        else tally.failed += 1;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title]);
  };
  for (const suite of report.suites ?? []) visit(suite, [suite.title]);
  return tally;
}
