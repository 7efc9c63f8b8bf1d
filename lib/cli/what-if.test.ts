import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cluster, rule, sa } from '../inventory/testing/cluster.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'podreach-what-if-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line as a person does, in a process of its own. */
function podreach(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/podreach-main.ts', ...args], { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function file(name: string, content: unknown): string {
  const at = path.join(folder, name);
  writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content));
  return at;
}

const { objects } = cluster()
  .clusterRole('everything', rule('*', '*', '*'))
  .serviceAccount('a/bot')
  .serviceAccount('a/safe')
  .clusterRoleBinding('all', 'ClusterRole/everything', sa('a/bot'))
  .pod('a/web', { serviceAccount: 'bot' })
  .pod('a/safe', { serviceAccount: 'safe' });
const world = ['--snapshot', file('world.json', { apiVersion: 'v1', kind: 'List', items: objects })];
const OPENS = cluster().clusterRoleBinding('more', 'ClusterRole/everything', sa('a/safe')).objects[0];
const DELETES = 'change: delete\ntarget: { kind: ClusterRoleBinding, name: all }\n';

describe('what-if', () => {
  test('tells what closes, exit code 0 whatever there was before', () => {
    const { status, stdout, stderr } = podreach(['what-if', '--change', file('delete.yaml', DELETES), ...world, '--fail-on', 'high']);
    const answer = JSON.parse(stdout);
    expect([status, answer.opened.pairs, answer.tookMs]).toEqual([0, 0, undefined]);
    expect(answer.closed.list[0].source.id).toBe('pod:a/web');
    expect(stderr).toMatch(/worked out in \d+ ms/);
  });

  test('fails where what opens is as bad as named, and prints the same twice', () => {
    const args = ['what-if', '--change', file('opens.json', OPENS), ...world];
    const runs = [[], ['--fail-on', 'critical']].map((more) => podreach([...args, ...more]));
    expect(runs.map(({ status }) => status)).toEqual([0, 1]);
    expect(runs[0]?.stdout).toBe(runs[1]?.stdout);
  });

  test('leaves a file of comments out beside one that says something, and says so', () => {
    const files = ['--change', file('nothing.yaml', '# later\n---\n'), '--change', file('delete-too.yaml', DELETES)];
    const { status, stdout, stderr } = podreach(['what-if', ...files, ...world]);
    expect([status, JSON.parse(stdout).changes]).toEqual([0, 1]);
    expect(stderr).toContain('nothing.yaml` holds no document');
  });

  test('takes what cuts prints, from stdin', () => {
    const cut = podreach(['cuts', 'pod:a/web', 'crown-jewels', ...world]);
    const { status, stdout } = podreach(['what-if', '--change', '-', ...world], cut.stdout);
    expect([status, JSON.parse(stdout).closed.list[0].source.id]).toEqual([0, 'pod:a/web']);
  });
});

describe('preview', () => {
  const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: agent }
spec: { template: { metadata: {}, spec: { serviceAccountName: bot, containers: [{ name: c, image: i }] } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: agent }
`;
  test('tells what manifests would open, in the namespace that is named', () => {
    const { status, stdout, stderr } = podreach(['preview', '-', ...world, '--namespace', 'a', '--fail-on', 'critical'], MANIFESTS);
    const { opened, workloads } = JSON.parse(stdout);
    expect([status, opened.list[0].source.id, opened.list[0].severity]).toEqual([1, 'workload:a/deployment/agent', 'critical']);
    expect(workloads.list[0].before).toBeUndefined();
    expect(stderr).toContain('change 2: ConfigMap agent decides nothing here and is left out');
    const elsewhere = podreach(['preview', '-', ...world, '--fail-on', 'critical'], MANIFESTS);
    expect([elsewhere.status, JSON.parse(elsewhere.stdout).opened.pairs]).toEqual([0, 0]);
  });
});

test.each<[string, string[], number]>([
  ['what-if', ['what-if', '--change', file('opens-more.json', OPENS), '--fail-on', 'high'], 1],
  ['what-if without a severity', ['what-if', '--change', file('opens-more.json', OPENS)], 0],
  ['preview', ['preview', file('opens-more.json', OPENS), '--fail-on', 'high'], 1],
  ['findings', ['findings', '--fail-on', 'low'], 1],
])('%s fails for a reader who goes away early as for one who stays', (_name, args, expected) => {
  const pipe = '"$0" "$@" | true; exit "$PIPESTATUS"';
  const { status } = spawnSync('bash', ['--norc', '-c', pipe, process.execPath, 'scripts/podreach-main.ts', ...args, ...world], {
    cwd: root,
  });
  expect(status).toBe(expected);
});

describe('bad use is exit code 2, with what to do and nothing on stdout', () => {
  test.each<[string, string[], string, string]>([
    ['no change', ['what-if'], '', '`what-if` needs what to change'],
    ['no manifest', ['preview'], '', '`preview` needs manifests'],
    ['a file that is not there', ['what-if', '--change', '/nowhere'], '', '`/nowhere` cannot be read (ENOENT)'],
    ['a file without end', ['what-if', '--change', '/dev/zero'], '', '`/dev/zero`: more than 32 MiB'],
    ['a folder', ['preview', folder], '', 'cannot be read (EISDIR)'],
    [
      'no name of a namespace',
      ['preview', '-', '--namespace', 'A b'],
      JSON.stringify(OPENS),
      '`--namespace A b` is no name of a namespace',
    ],
    ['no namespace', ['preview', '-', '--namespace', ''], JSON.stringify(OPENS), '`--namespace ` is no name of a namespace'],
    ['stdin twice', ['preview', '-', '-'], '', '`-` is given twice'],
    ['an option of another command', ['preview', '-', '--change', 'x'], '', '`--change` is for `what-if`'],
    ['no severity', ['preview', '-', '--fail-on', 'loud'], JSON.stringify(OPENS), '`--fail-on loud` is no severity'],
    ['no manifests in the file', ['preview', '-'], '---\n', 'there are no changes and no manifests in stdin; look at what made it'],
    ['a file of comments alone', ['what-if', '--change', '-'], '# later\n', 'stdin holds no document, only comments or markers'],
    ['an empty list of changes', ['what-if', '--change', '-'], '{"changes": []}', 'there are no changes and no manifests in stdin'],
    ['null', ['what-if', '--change', '-'], 'null', 'there are no changes and no manifests in stdin'],
    [
      'several files without any change',
      ['what-if', '--change', file('comments.yaml', '# later\n'), '--change', '-'],
      '[]',
      'comments.yaml`, stdin; look at what made it',
    ],
    [
      'an object that is not there',
      ['what-if', '--change', '-'],
      '[{"change":"delete","target":{"kind":"Role","name":"x"}}]',
      'change 1: Role default/x is not in the data',
    ],
    ['YAML that breaks off', ['what-if', '--change', '-'], 'a: [\n', 'stdin: expected YAML (BAD_INDENT) at line 2, column 1'],
    [
      'a jewel that is not there',
      ['what-if', '--change', '-', '--jewel', 'secret:a/none'],
      JSON.stringify(OPENS),
      'no node `secret:a/none` here',
    ],
  ])('%s', (_name, args, input, message) => {
    const { status, stdout, stderr } = podreach([...args, ...world], input);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
