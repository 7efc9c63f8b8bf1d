import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../api/contract.ts';
import { WorkloadsRequest } from '../../api/requests.ts';
import { ingress, service, webWorld } from '../../graph/testing/exposed.ts';
import { rule, sa } from '../../inventory/testing/cluster.ts';
import { datasetOf } from '../dataset.ts';
import { drawCanvas } from './canvas.ts';
import { overviewAnswer } from './overview.ts';
import { searchAnswer } from './search.ts';
import { workloadsAnswer } from './workloads.ts';

const labelled = (app: string) => ({ metadata: { labels: { app } }, container: { ports: [{ name: 'http', containerPort: 8080 }] } });

/** a/web behind an Ingress on the internet, a/api behind a private load balancer, a/db behind nothing; all are cluster admin. */
const WORLD = datasetOf(
  webWorld()
    .pod('a/api', labelled('api'))
    .pod('a/db', labelled('db'))
    .add(service('a/web'))
    .add(ingress('a/web', {}, {}, [{ ip: '203.0.113.7' }]))
    .add(service('a/api', { type: 'LoadBalancer', selector: { app: 'api' } }, {}, [{ ip: '10.0.0.7' }]))
    .clusterRole('cluster-admin', rule('*', '*', '*'))
    .clusterRoleBinding('all', 'ClusterRole/cluster-admin', sa('a/default'))
    .inventory(),
);
const ask = (query: object) => workloadsAnswer(WORLD, WorkloadsRequest.parse(query));

describe('workloads by exposure', () => {
  it.each<[string, object, string[]]>([
    ['from the internet', { exposed: 'internet' }, ['pod:a/web']],
    ['from the network of the nodes alone', { exposed: 'network' }, ['pod:a/api']],
    ['from the internet, reaching cluster admin', { exposed: 'internet', reaches: 'cluster-admin' }, ['pod:a/web']],
    ['from the internet, in another namespace', { exposed: 'internet', namespace: 'b' }, []],
    ['of any kind', {}, ['pod:a/web', 'pod:a/api', 'pod:a/db']],
  ])('lists those reached %s', (_name, query, expected) => {
    expect(ask(query).workloads.map(({ workload }) => workload.id)).toEqual(expected);
  });

  it('says from where and by what', () => {
    const rows = ask({}).workloads.map(({ exposed, exposedBy }) => [exposed, exposedBy?.map(({ id }) => id)]);
    expect(rows).toEqual([
      ['internet', ['ingress:a/web', 'service:a/web']],
      ['network', ['service:a/api']],
      [undefined, undefined],
    ]);
  });

  it('refuses what it does not know', () => {
    expect(WorkloadsRequest.safeParse({ exposed: 'office' }).success).toBe(false);
  });
});

describe('the canvas of what the internet reaches', () => {
  it('puts workloads that traffic comes to beside the services, and what falls later among the targets', () => {
    const drawn = new Map(
      ['internet:internet', 'ingress:a/web', 'service:a/web', 'pod:a/web', 'pod:a/db'].map((id, hops) => [
        WORLD.graph.nodes.indexOf(id) as number,
        { hops },
      ]),
    );
    const { nodes } = drawCanvas(WORLD.graph, drawn, { fold: (node) => node, picked: new Set() });
    expect(nodes.map(({ id, column }) => `${id} ${COLUMNS[column]}`)).toEqual([
      'internet:internet Exposure',
      'ingress:a/web Exposure',
      'service:a/web Exposure',
      'pod:a/web Workloads',
      'pod:a/db Targets',
    ]);
  });
});

describe('the overview', () => {
  it('counts what is reached from outside, and links to the list', () => {
    const { exposure, shares, sentence } = overviewAnswer(WORLD);
    expect(exposure).toEqual({ internet: 1, network: 1, internetToClusterAdmin: 1 });
    expect(shares.find(({ id }) => id === 'internet')).toMatchObject({
      count: 1,
      conditional: 0,
      of: 3,
      href: '/workloads?exposed=internet',
    });
    expect(sentence).toMatch(/^3 of 3 workloads reach cluster admin, 1 of them from the internet\./);
  });

  it('finds the internet as a start', () => {
    const { nodes } = searchAnswer(WORLD, { q: 'internet', kind: undefined, limit: 5 });
    expect(nodes[0]?.id).toBe('internet:internet');
  });
});
