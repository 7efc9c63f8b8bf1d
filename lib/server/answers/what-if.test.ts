import { describe, expect, it } from 'vitest';
import { ChokePointsRequest, CUTS_LISTS, CutsRequest, parameters, WhatIfRequest } from '../../api/requests.ts';
import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { SourceError } from '../../sources/source-error.ts';
import { datasetOf } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { changesRequestAnswer } from './changes-request.ts';
import { chokePointsAnswer, cutsAnswer } from './cuts.ts';
import { overviewAnswer } from './overview.ts';
import { pathsAnswer } from './paths.ts';

const CANARY = 'c4n4ry-v4lu3';

const data = datasetOf(
  cluster()
    .clusterRole('everything', rule('*', '*', '*'))
    .clusterRole('one', rule('get', '', 'secrets', 'own'))
    .node('n1')
    .secret('a/own')
    .serviceAccount('a/bot')
    .serviceAccount('a/small')
    .clusterRoleBinding('all', 'ClusterRole/everything', sa('a/bot'))
    .roleBinding('a/one', 'ClusterRole/one', sa('a/small'))
    .pod('a/web', { serviceAccount: 'bot' })
    .pod('a/small', { serviceAccount: 'small' })
    .inventory(),
);

const query = (text: string): Record<string, unknown> => parameters(new URLSearchParams(text), CUTS_LISTS);
const post = (body: string, text = ''): Promise<Awaited<ReturnType<typeof changesRequestAnswer>>> =>
  changesRequestAnswer(data, new Request('http://localhost/', { method: 'POST', body }), WhatIfRequest.parse(query(text)));

describe('POST what-if', () => {
  it('takes YAML and JSON, and says how long it took', async () => {
    const yaml = 'change: delete\ntarget: { kind: ClusterRoleBinding, name: all }\n';
    for (const body of [yaml, JSON.stringify([{ change: 'delete', target: { kind: 'ClusterRoleBinding', name: 'all' } }])]) {
      const answer = await post(body);
      const [worst] = answer.closed.list;
      expect(worst).toMatchObject({ source: { id: 'pod:a/web' }, severity: 'critical' });
      expect(worst?.jewels[0]).toMatchObject({ jewel: { id: 'cluster-admin:cluster' }, before: 'certain' });
      expect(worst?.jewels[0]?.after).toBeUndefined();
      expect(worst?.way.map(({ technique }) => technique)).toEqual(['holds-token', 'cluster-admin']);
      expect(worst?.way.at(-1)?.evidence.map(({ kind }) => kind)).toContain('ClusterRoleBinding');
      expect(answer.opened.pairs).toBe(0);
      expect(answer.tookMs).toBeGreaterThanOrEqual(0);
    }
    expect(data.inventory.kubernetes.bindings.map(({ name }) => name)).toEqual(['all', 'one']);
  });

  it('puts manifests without a namespace where the request says, and tells new findings', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'new' },
      spec: { containers: [{ name: 'c', image: 'i', env: [{ name: 'E', value: CANARY }], securityContext: { privileged: true } }] },
    };
    const answer = await post(JSON.stringify(pod), 'namespace=shop');
    expect(answer.workloads.list.map(({ workload }) => workload.id)).toContain('pod:shop/new');
    expect(answer.findings.opened.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toContain(CANARY);
  });

  it('counts what is marked as a crown jewel', async () => {
    const body = 'change: delete\ntarget: { kind: RoleBinding, namespace: a, name: one }\n';
    expect((await post(body)).closed.pairs).toBe(0);
    expect((await post(body, 'jewels=secret:a/own&jewels=secret:nowhere/none')).closed.list.map(({ source }) => source.id)).toEqual([
      'pod:a/small',
      'sa:a/small',
    ]);
  });

  it.each<[string, string, string]>([
    ['nothing to try', '---\n', 'there are no changes'],
    [
      'an object that is not there',
      'change: delete\ntarget: { kind: RoleBinding, namespace: a, name: none }',
      'change 1: RoleBinding a/none is not in the data',
    ],
    ['text', 'delete everything', 'the request: it is no object'],
    ['YAML that breaks off', 'a: [\n', 'the request: expected YAML'],
    ['an empty body', '', 'it is empty'],
  ])('refuses %s, and says what to do', async (_name, body, message) => {
    const failed = await post(body).catch((error: unknown) => error);
    expect(failed instanceof Refused || failed instanceof SourceError).toBe(true);
    expect((failed as Error).message).toContain(message);
  });

  it('refuses more than it can hold', async () => {
    await expect(post(`# ${'x'.repeat(9 * 1024 * 1024)}`)).rejects.toMatchObject({ status: 413 });
  });
});

describe('GET cuts', () => {
  it('contains a pod, told as a workload or as itself', () => {
    const answer = cutsAnswer(data, CutsRequest.parse(query('from=pod:a/web&to=crown-jewels')));
    expect(answer).toMatchObject({ exact: true, suffices: true, inseparable: { total: 0 } });
    expect(answer.changes).toHaveLength(1);
    expect(answer.changes[0]).toMatchObject({ fix: { says: expect.any(String) }, takesFrom: { otherWorkloads: 0 } });
    expect(answer.remains.severity).not.toBe('critical');
  });

  it('cuts what is marked as well', () => {
    const small = cutsAnswer(data, CutsRequest.parse(query('from=pod:a/small&to=crown-jewels')));
    expect(small.reached).toBe(0);
    const marked = cutsAnswer(data, CutsRequest.parse(query('from=pod:a/small&to=crown-jewels&jewels=secret:a/own')));
    expect([marked.reached, marked.changes.length]).toEqual([1, 1]);
  });

  it.each(['from=pod:a/web', 'to=crown-jewels', 'from=&to=crown-jewels', 'from=pod:a/web&to=crown-jewels&certainty=maybe'])(
    'refuses `%s`',
    (text) => {
      expect(CutsRequest.safeParse(query(text)).success).toBe(false);
    },
  );

  it('refuses a node that is not there', () => {
    expect(() => cutsAnswer(data, CutsRequest.parse(query('from=pod:a/none&to=crown-jewels')))).toThrow(Refused);
  });
});

it('GET choke-points ranks single changes', () => {
  const answer = chokePointsAnswer(data, ChokePointsRequest.parse(query('most=3')));
  expect(answer.workloads).toBe(2);
  expect(answer.changes.length).toBeGreaterThan(0);
  expect(answer.changes[0]).toMatchObject({ workloads: 1, pairs: answer.pairs });
  expect(chokePointsAnswer(data, ChokePointsRequest.parse(query('target=secret:a/own'))).targets).toBe(1);
});

it('the overview tells of marked jewels, and is made once where nothing is marked', () => {
  expect(overviewAnswer(data)).toBe(overviewAnswer(data, []));
  const says = (jewels: readonly string[]): string[] => overviewAnswer(data, jewels).fixFirst.map(({ edge }) => edge.from.id);
  expect(says([])).not.toContain('sa:a/small');
  expect([...says(['secret:a/own'])].some((id) => id.includes('small'))).toBe(true);
});

describe('a mark of what is not there is told, and marks nothing', () => {
  const NONE = 'secret:nowhere/none';
  const body = 'change: delete\ntarget: { kind: RoleBinding, namespace: a, name: one }\n';
  const askCuts = async (jewels: string) => cutsAnswer(data, CutsRequest.parse(query(`from=pod:a/web&to=crown-jewels&${jewels}`)));
  const askChokePoints = async (jewels: string) => chokePointsAnswer(data, ChokePointsRequest.parse(query(jewels)));
  const askOverview = async (jewels: string) => overviewAnswer(data, new URLSearchParams(jewels).getAll('jewels'));
  it.each<[string, (jewels: string) => Promise<{ readonly jewelsNotFound?: readonly string[] }>]>([
    ['what-if', (jewels) => post(body, jewels)],
    ['cuts', askCuts],
    ['choke-points', askChokePoints],
    ['overview', askOverview],
  ])('%s', async (_name, ask) => {
    const marked = 'jewels=secret:a/own';
    const [without, with_] = [await ask(marked), await ask(`${marked}&jewels=${NONE}`)];
    expect(without).not.toHaveProperty('jewelsNotFound');
    expect(with_.jewelsNotFound).toEqual([NONE]);
    const { jewelsNotFound: _told, ...rest } = with_;
    expect({ ...rest, tookMs: 0 }).toEqual({ ...without, tookMs: 0 });
    expect((await ask(`jewels=${NONE}`)).jewelsNotFound).toEqual([NONE]);
  });

  it('but for one that is only in the changed world', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { namespace: a, name: new }\n';
    expect(await post(secret, 'jewels=secret:a/new')).not.toHaveProperty('jewelsNotFound');
    expect((await post(secret, 'jewels=secret:a/none')).jewelsNotFound).toEqual(['secret:a/none']);
  });
});

it('one id among several that is not there is named', () => {
  const ask = () => cutsAnswer(data, CutsRequest.parse(query('from=pod:a/web&from=pod:a/none&to=crown-jewels')));
  expect(ask).toThrow('`pod:a/none` is not in the data');
});

it('paths by ease come with their difficulty and every technique between', () => {
  const [hops, ease] = (['hops', 'ease'] as const).map((by) =>
    pathsAnswer(data, { from: 'pod:a/web', to: 'cluster-admin:cluster', k: 3, by }),
  );
  expect(hops?.paths[0]?.hops.map(({ technique }) => technique)).toEqual(['holds-token', 'cluster-admin']);
  expect(ease?.paths[0]?.cost).toBeGreaterThan(0);
  expect(hops?.techniques).toEqual(expect.arrayContaining(['holds-token', 'cluster-admin']));
});
