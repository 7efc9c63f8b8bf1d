import { describe, expect, it } from 'vitest';
import type { ClusterFixture, PodOptions } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { edgeAt, techniqueAt } from '../read.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';
import { base } from '../testing/escapes.ts';

const LOOKS: PodOptions = {
  token: false,
  volumes: [{ name: 'host', hostPath: { path: '/var/lib/kubelet' } }],
  mounts: [{ name: 'host', mountPath: '/host', readOnly: true }],
};
const world = (options: PodOptions = LOOKS) =>
  base().serviceAccount('b/bot').secret('b/db').secret('b/other').secret('a/db').pod('a/web', options);
const bot = (options: PodOptions, more: PodOptions = LOOKS) => world(more).pod('b/bot', { serviceAccount: 'bot', ...options });
const ACCOUNT = 'kubelet-volumes:n1 → sa:b/bot';
const SECRET = 'kubelet-volumes:n1 → secret:b/db';
const audience = (name: string) => ({ name: 't', projected: { sources: [{ serviceAccountToken: { path: 't', audience: name } }] } });

describe('kubelet-volume-token', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a token of another pod', bot({}), [ACCOUNT]],
    ['once, of several pods', bot({}).pod('b/bot2', { serviceAccount: 'bot' }), [ACCOUNT]],
    ['a secret in a volume', bot({ token: false, volumes: [{ name: 'v', secret: { secretName: 'db' } }] }), [SECRET]],
    [
      'a secret in a projected volume',
      bot({ token: false, volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'db' } }] } }] }),
      [SECRET],
    ],
    ["a token in a volume of one's own", bot({ token: false, volumes: [audience('')] }), [ACCOUNT]],
    [
      'all nodes, where it is not known on which the pod will be',
      bot({}, { ...LOOKS, node: '', phase: 'Pending' }),
      [ACCOUNT, 'kubelet-volumes:* → kubelet-volumes:n1'].sort(),
    ],
  ])('finds %s', (_name, fixture, edges) => {
    expect(edgesOf(fixture.inventory(), 'kubelet-volume-token')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['nobody looks', bot({}, { token: false })],
    ['a pod on another node', bot({ node: 'n2' })],
    ['a pod that has ended', bot({ phase: 'Succeeded' })],
    ['a pod without a token', bot({ token: false })],
    ['a token for another audience', bot({ token: false, volumes: [audience('sts.amazonaws.com')] })],
    [
      'a secret in the environment, which lies nowhere',
      bot({ token: false, container: { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'db', key: 'k' } } }] } }),
    ],
    ['a secret for pulling images', bot({ token: false, spec: { imagePullSecrets: [{ name: 'db' }] } })],
    ['a secret that does not exist', bot({ token: false, volumes: [{ name: 'v', secret: { secretName: 'ghost' } }] })],
    ['a pod that no node has taken', bot({ node: '', phase: 'Pending' })],
    ['an emptyDir', bot({ token: false, volumes: [{ name: 'v', emptyDir: {} }] })],
  ])('stays silent: %s', (_name, fixture) => {
    expect(edgesOf(fixture.inventory(), 'kubelet-volume-token')).toEqual([]);
  });

  it("points into the other pod's volume", () => {
    expect(evidenceOf(bot({}).inventory(), 'kubelet-volume-token')).toEqual([
      'Pod b/bot /spec/volumes/0/projected/sources/0/serviceAccountToken',
    ]);
  });

  const closings = (fixture: ClusterFixture) => {
    const graph = buildGraph(fixture.inventory());
    const edges = [...Array(graph.edges.count).keys()].filter((edge) => techniqueAt(graph, edge) === 'kubelet-volume-token');
    return edges.map((edge) => [edgeAt(graph, edge).to, graph.closing(edge)]);
  };

  it('closes where every pod on the node loses its token: by the template, or by the flag of the account where that decides', () => {
    const one = { any: [{ change: 'automount of sa:b/bot' }, { change: 'token: template of pod:b/bot' }] };
    expect(closings(bot({}))).toEqual([['sa:b/bot', one]]);
    const own = { token: false, serviceAccount: 'bot', volumes: [audience('')] };
    expect(closings(bot({}).pod('b/own', own))).toEqual([['sa:b/bot', { all: [one, { change: 'token: template of pod:b/own' }] }]]);
    expect(closings(bot({}).pod('b/far', { ...own, node: 'n2' }))).toEqual([['sa:b/bot', one]]);
  });

  it('closes where every pod on the node loses the secret', () => {
    const volumes = [{ name: 'v', secret: { secretName: 'db' } }];
    const fixture = bot({ token: false, volumes }).pod('b/two', { token: false, serviceAccount: 'bot', volumes });
    const all = ['pod:b/bot', 'pod:b/two'].map((id) => ({ change: `secret:b/db out of template of ${id}` }));
    expect(closings(fixture)).toEqual([['secret:b/db', { all }]]);
  });
});
