import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { edgeAt, techniqueAt } from '../read.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () =>
  cluster().serviceAccount('a/bot').serviceAccount('b/bot').secret('a/db').secret('a/other').secret('b/db').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', { serviceAccount: 'bot', ...options });
const NODES = [
  'node:n1 → group:system:authenticated',
  'node:n1 → group:system:nodes',
  'node:n1 → user:system:node:n1',
  'node:n2 → group:system:authenticated',
  'node:n2 → group:system:nodes',
  'node:n2 → user:system:node:n2',
];
const of = (...edges: string[]) => [...NODES, ...edges].sort();
const ACCOUNT = 'node:n1 → sa:a/bot';
const DB = 'node:n1 → secret:a/db';
const env = { env: [{ name: 'PW', valueFrom: { secretKeyRef: { name: 'db', key: 'pw' } } }] };

describe('node-identity', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ["the kubelet's user and group", base(), of()],
    [
      'the account of a pod without a token before 1.33: the kubelet asks for one',
      pod({ token: false }).about({ version: 'v1.32.4' }),
      of(ACCOUNT),
    ],
    ['the same where the version is not known', pod({ token: false }).about({}), of(`${ACCOUNT} (conditional)`)],
    [
      'a token that no container mounts: the volume is enough',
      pod({ token: false, volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }] }),
      of(ACCOUNT),
    ],
    ['a manifest that will be given one', pod({ token: false, metadata: { uid: undefined } }), of(ACCOUNT)],
    ['the surest of two pods', pod({ token: false }).about({}).pod('a/web2', { serviceAccount: 'bot' }), of(ACCOUNT)],
    ['a secret in a volume', pod({ volumes: [{ name: 'v', secret: { secretName: 'db' } }] }), of(ACCOUNT, DB)],
    [
      'a secret in a projected volume',
      pod({ volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'db' } }] } }] }),
      of(ACCOUNT, DB),
    ],
    ['a secret in the environment', pod({ container: env }), of(ACCOUNT, DB)],
    ['an image pull secret', pod({ spec: { imagePullSecrets: [{ name: 'db' }] } }), of(ACCOUNT, DB)],
    [
      'a secret of an init container that has ended: the authorizer looks at the spec',
      pod({ spec: { initContainers: [{ name: 'i', image: 'x', ...env }] } }),
      of(ACCOUNT, DB),
    ],
    ['one edge for an account of several pods', pod({}).pod('a/web2', { serviceAccount: 'bot' }), of(ACCOUNT)],
    ['each node its own pods', pod({}).pod('b/web', { serviceAccount: 'bot', node: 'n2' }), of(ACCOUNT, 'node:n2 → sa:b/bot')],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'node-identity')).toEqual(edges);
  });

  // The kubelet's own user and group are there in every row, and nothing beside them.
  it.each<[string, ClusterFixture]>([
    [
      'a pod without a token from 1.33 on: its kubelet may not ask for another audience',
      pod({ token: false }).about({ version: 'v1.33.0' }),
    ],
    ['the same of today', pod({ token: false })],
    [
      'a token for another audience alone',
      pod({ token: false, volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 't', audience: 'vault' } }] } }] }),
    ],
    [
      'the picture of a static pod: it has no account and no secrets',
      pod({ container: env, metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'u', controller: true }] } }),
    ],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: env })],
    ['a template', base().workload('Deployment', 'a/web', { serviceAccount: 'bot', container: env })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: env })],
    ['a pod that failed', pod({ phase: 'Failed', container: env })],
    ['an account that no pod of the node uses', base().serviceAccount('a/idle')],
    ['a secret that no pod of the node uses', base().secret('a/idle')],
    [
      'a binding of the account',
      base()
        .role('a/r', rule('get', '', 'secrets'))
        .roleBinding('a/rb', 'Role/r', sa('a/bot')),
    ],
    [
      'a right to the node object',
      base()
        .clusterRole('r', rule('get', '', 'nodes'))
        .clusterRoleBinding('rb', 'ClusterRole/r', sa('a/bot')),
    ],
    ['a name of the node in a namespace', base().namespace('n1')],
    ['a node selector', pod({ node: '', phase: 'Pending', spec: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } }, container: env })],
    [
      'a binding of the nodes to a role',
      base()
        .clusterRole('r', rule('get', '', 'secrets'))
        .clusterRoleBinding('rb', 'ClusterRole/r', sa('b/bot')),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'node-identity')).toEqual(NODES);
  });

  it('finds no secret that does not exist', () => {
    expect(edgesOf(pod({ spec: { imagePullSecrets: [{ name: 'ghost' }] } }).inventory(), 'node-identity')).toEqual(of(ACCOUNT));
  });

  it('points at the pod that lets the kubelet in', () => {
    expect(evidenceOf(pod({ container: env }).inventory(), 'node-identity')).toEqual(
      expect.arrayContaining(['Pod a/web /spec/serviceAccountName', 'Pod a/web /spec/containers/0/env/0/valueFrom/secretKeyRef']),
    );
  });

  it('closes from 1.33 on where every pod of the account on the node loses its token, and before by nothing', () => {
    const closings = (world: ClusterFixture) => {
      const graph = buildGraph(world.inventory());
      const edges = [...Array(graph.edges.count).keys()].filter((edge) => techniqueAt(graph, edge) === 'node-identity');
      return edges.filter((edge) => edgeAt(graph, edge).to === 'sa:a/bot').map((edge) => graph.closing(edge));
    };
    expect(closings(pod({}))).toEqual([{ any: [{ change: 'automount of sa:a/bot' }, { change: 'token: template of pod:a/web' }] }]);
    expect(closings(pod({}).about({ version: 'v1.32.0' }))).toEqual([{ any: [] }]);
  });
});
