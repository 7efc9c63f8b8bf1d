import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { ingress, nodeWith, service, webWorld, withObjects } from '../graph/testing/exposed.ts';
import { type ClusterFixture, rule, sa } from '../inventory/testing/cluster.ts';
import { exposedPods } from './exposure.ts';
import { Walker } from './walk.ts';
import { workloadRisks } from './workloads.ts';

const LB = service('a/web', { type: 'LoadBalancer' }, {}, [{ ip: '203.0.113.7' }]);
const PRIVATE = service('a/web', { type: 'LoadBalancer' }, {}, [{ ip: '10.0.0.7' }]);
const PORT = service('a/web', { type: 'NodePort', ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }] });

/** `pod:a/web internet, surely: internet:internet service:a/web` */
function told(world: ClusterFixture): string[] {
  const graph = buildGraph(world.inventory());
  return [...exposedPods(graph, new Walker(graph))].map(([pod, { from, surely, way }]) => {
    const names = way.map((edge) => graph.nodes.ids[graph.edges.from[edge] as number]).join(' ');
    return `${graph.nodes.ids[pod]} ${from}${surely ? ', surely' : ''}: ${names}`;
  });
}

describe('exposedPods', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a load balancer', withObjects(LB), ['pod:a/web internet, surely: internet:internet service:a/web']],
    [
      'one without an address',
      withObjects(service('a/web', { type: 'LoadBalancer' })),
      ['pod:a/web internet: internet:internet service:a/web'],
    ],
    [
      'an Ingress',
      withObjects(service('a/web'), ingress('a/web', {}, {}, [{ ip: '203.0.113.7' }])),
      ['pod:a/web internet, surely: internet:internet ingress:a/web service:a/web'],
    ],
    ['an internal load balancer', withObjects(PRIVATE), ['pod:a/web network, surely: node-network:nodes service:a/web']],
    ['node ports', withObjects(PORT), ['pod:a/web network, surely: node-network:nodes service:a/web']],
    [
      'node ports of a public node',
      webWorld({}, nodeWith({ type: 'ExternalIP', address: '203.0.113.4' })).add(PORT),
      ['pod:a/web internet: internet:internet service:a/web'],
    ],
    ['a host port', webWorld({ container: { ports: [{ containerPort: 1, hostPort: 1 }] } }), ['pod:a/web network: node-network:nodes']],
    ['a service of the cluster', withObjects(service('a/web')), []],
    ['nothing', withObjects(), []],
    [
      'an exposed service without pods',
      withObjects({ ...LB, spec: { type: 'LoadBalancer', selector: { app: 'db' }, ports: [{ port: 80 }] } }),
      [],
    ],
  ])('%s', (_name, world, expected) => {
    expect(told(world)).toEqual(expected);
  });

  it('stops at the pod: what falls with it is reached, not exposed', () => {
    const world = withObjects(LB)
      .pod('a/db', { metadata: { labels: { app: 'db' } } })
      .role('a/exec', rule('create', '', 'pods/exec'), rule('get', '', 'pods'))
      .roleBinding('a/exec', 'Role/exec', sa('a/default'));
    expect(told(world)).toEqual(['pod:a/web internet, surely: internet:internet service:a/web']);
    const graph = buildGraph(world.inventory());
    const from = graph.nodes.indexOf('internet:internet') as number;
    const walk = new Walker(graph).walk([from]);
    expect([...walk.order].map((node) => graph.nodes.ids[node])).toContain('pod:a/db');
  });
});

describe('workloadRisks', () => {
  const powerful = (world: ClusterFixture) =>
    world.clusterRoleBinding('all', 'ClusterRole/cluster-admin', sa('a/default')).clusterRole('cluster-admin', rule('*', '*', '*'));
  const factors = (world: ClusterFixture) => {
    const graph = buildGraph(world.inventory());
    const [risk] = workloadRisks(graph, new Walker(graph));
    return {
      names: risk?.factors.map(({ name }) => name) ?? [],
      sum: risk?.factors.reduce((sum, { points }) => sum + points, 0),
      score: risk?.score,
    };
  };

  it.each<[string, ClusterFixture, string | undefined]>([
    ['from the internet', powerful(withObjects(LB)), 'reached from the internet'],
    ['from the network', powerful(withObjects(PRIVATE)), 'reached from the network of the nodes'],
    ['not at all', powerful(withObjects()), undefined],
  ])('names as a factor that it is reached %s', (_name, world, expected) => {
    const { names, sum, score } = factors(world);
    expect(names.find((name) => name.startsWith('reached from'))).toBe(expected);
    expect(score).toBe(sum);
  });

  it('adds nothing where compromising it leads nowhere', () => {
    expect(factors(webWorld({ token: false }).add(LB)).names).toEqual([]);
  });
});
