import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

function findings(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/podreach-main.ts', 'findings', '--snapshot', 'demo', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

describe('podreach findings', () => {
  test('prints findings with rows, evidence, fixes and gaps; twice the same', () => {
    const { status, stdout } = findings();
    const answer = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(answer.gaps).toEqual([]);
    expect(answer.findings.length).toBeGreaterThan(10);
    const rows = answer.findings.flatMap((finding: { rows: object[] }) => finding.rows);
    for (const row of rows)
      expect(row).toMatchObject({
        identity: expect.any(String),
        subject: { name: expect.any(String) },
        evidence: [expect.any(Object), ...row.evidence.slice(1)],
      });
    expect(findings().stdout).toBe(stdout);
  }, 60_000);

  test('ends with 1 where something is as bad as `--fail-on`', () => {
    expect(findings('--fail-on', 'critical').status).toBe(1);
    expect(findings('--fail-on', 'high', '--finding', 'dangling-binding').status).toBe(0);
    expect(findings('--fail-on', 'low', '--finding', 'dangling-binding').status).toBe(1);
  }, 60_000);

  test.each([
    ['a severity that is none', ['--fail-on', 'urgent'], '`--fail-on urgent` is no severity'],
    ['a finding that is none', ['--finding', 'nonsense'], 'no finding `nonsense`'],
    ['an argument too many', ['x'], '`findings` takes no `x`'],
  ])('%s is bad use', (_, args, says) => {
    const { status, stdout, stderr } = findings(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });
});
