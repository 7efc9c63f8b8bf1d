import { beforeAll, describe, expect, test } from 'vitest';
import { FindingRequest, FindingsRequest } from '../../api/requests.ts';
import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { type Dataset, datasetOf } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { findingAnswer, findingsAnswer } from './findings.ts';

describe('the answers about findings', () => {
  let data: Dataset;

  beforeAll(() => {
    const world = cluster()
      .namespace('a')
      .namespace('b')
      .serviceAccount('a/bot')
      .serviceAccount('b/bot')
      .clusterRole('all', rule('*', '*', '*'))
      .clusterRoleBinding('x', 'ClusterRole/all', sa('a/bot'), sa('b/bot'))
      .pod('a/one', { serviceAccount: 'bot' })
      .role('a/r', rule('get', '', 'pods'))
      .roleBinding('a/gone', 'Role/none', sa('a/bot'));
    data = datasetOf(world.inventory());
  });

  const ids = (query: object) => findingsAnswer(data, FindingsRequest.parse(query)).findings.map(({ id }) => id);

  test('are worst first, with what was looked for and the namespaces of all rows', () => {
    const answer = findingsAnswer(data, FindingsRequest.parse({}));
    expect(answer.findings[0]).toMatchObject({
      id: 'cluster-admin-workload',
      severity: 'critical',
      count: 1,
      of: { total: 1, of: 'pods' },
      rows: 2,
    });
    expect(answer.looked).toBeGreaterThanOrEqual(30);
    expect(answer.namespaces).toEqual(['a', 'b']);
  });

  test('are narrowed by class, severity, namespace and text', () => {
    expect(ids({ class: 'cloud' })).toEqual([]);
    expect(ids({ severity: 'critical' })).toEqual(['cluster-admin-workload']);
    expect(ids({ namespace: 'b' })).toContain('cluster-admin-workload');
    expect(ids({ namespace: 'b', severity: 'critical' })).toEqual([]);
    expect(ids({ q: 'WAS-nowhere' })).toEqual([]);
    expect(ids({ q: 'a/gone' })).toEqual(['dangling-binding']);
  });

  test('counts and severity are of the rows that fit', () => {
    const [answer] = findingsAnswer(data, FindingsRequest.parse({ namespace: 'b', class: 'rbac', q: 'bot' })).findings;
    expect(answer).toMatchObject({ id: 'cluster-admin-workload', severity: 'high', rows: 1, count: 0 });
  });

  test('one finding has its rows with evidence, fix, and the node to open', () => {
    const answer = findingAnswer(data, FindingRequest.parse({ id: 'cluster-admin-workload' }));
    expect(answer.prevention.kind).toBe('ValidatingAdmissionPolicy');
    expect(answer.list[0]).toMatchObject({
      severity: 'critical',
      subject: { kind: 'ServiceAccount', namespace: 'a', name: 'bot', node: { id: 'sa:a/bot' } },
      evidence: [
        { kind: 'ClusterRoleBinding', name: 'x', pointer: '/subjects/0' },
        { kind: 'ClusterRole', name: 'all', pointer: '/rules/0' },
      ],
      fix: { patches: [{ type: 'json' }] },
    });
    expect(answer.list[0]?.identity).toMatch(/^cluster-admin-workload-[0-9a-f]{32}$/);
  });

  test.each(['no-such-finding', 'long-lived-token', '__proto__'])('`%s`, which does not hold here, is a 404', (id) => {
    expect(() => findingAnswer(data, FindingRequest.parse({ id }))).toThrow(Refused);
  });

  test.each([{ severity: 'none' }, { class: 'x' }, { q: 'x'.repeat(301) }])('%o is not understood', (query) => {
    expect(() => FindingsRequest.parse(query)).toThrow();
  });
});
