import { describe, expect, it } from 'vitest';
import type { ClusterFixture, PodOptions } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { nodeWith, webWorld } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const NETWORK = ['node-network:nodes → pod:a/web (conditional)'];
const BOTH = ['internet:internet → pod:a/web (conditional)', ...NETWORK];
const PUBLIC = nodeWith({ type: 'ExternalIP', address: '203.0.113.4' });
const world = (port: Json, options: PodOptions = {}, node: Json = {}) =>
  webWorld({ container: { ports: [{ containerPort: 8080, ...port }] }, ...options }, node);
const onHost = (port: Json = {}, node: Json = {}) => world(port, { spec: { hostNetwork: true } }, node);
const policy = (one: ClusterFixture, ingress: Json[]) => one.networkPolicy('a/p', { podSelector: {}, policyTypes: ['Ingress'], ingress });
const init = (more: Json) =>
  webWorld({ spec: { initContainers: [{ name: 'i', image: 'x', ports: [{ containerPort: 1, hostPort: 1 }], ...more }] } });

describe('host-port', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a host port', world({ hostPort: 80 }), NETWORK],
    ['a host port of UDP', world({ hostPort: 53, protocol: 'UDP' }), NETWORK],
    ['bound to every address', world({ hostPort: 80, hostIP: '0.0.0.0' }), NETWORK],
    ['bound to one address of the node', world({ hostPort: 80, hostIP: '10.0.0.4' }), NETWORK],
    ['a node with a public address', world({ hostPort: 80 }, {}, PUBLIC), BOTH],
    ['bound to the private address of such a node', world({ hostPort: 80, hostIP: '10.0.0.4' }, {}, PUBLIC), NETWORK],
    ['bound to a public address', world({ hostPort: 80, hostIP: '203.0.113.4' }), BOTH],
    ["a port of a pod on the host's network", onHost(), NETWORK],
    ['the same on a node with a public address', onHost({}, PUBLIC), BOTH],
    ['a sidecar', init({ restartPolicy: 'Always' }), NETWORK],
    ['a policy that lets the network in', policy(world({ hostPort: 80 }), [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]), NETWORK],
    [
      'a policy that lets private networks in, on a public node',
      policy(world({ hostPort: 80 }, {}, PUBLIC), [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]),
      NETWORK,
    ],
    ["a default deny, and a pod on the host's network", policy(onHost(), []), NETWORK],
  ])('finds %s', (_name, one, edges) => {
    expect(edgesOf(one.inventory(), 'host-port')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a port of the container alone', world({})],
    ['a port of the container on a public node', world({}, {}, PUBLIC)],
    ['host port 0, which is none', world({ hostPort: 0 })],
    ['bound to the loopback address', world({ hostPort: 80, hostIP: '127.0.0.1' })],
    ['bound to the loopback address of IPv6', world({ hostPort: 80, hostIP: '::1' }, {}, PUBLIC)],
    ["the host's network, bound to the loopback address", onHost({ hostIP: '127.0.0.1' })],
    ["the host's network without a declared port", webWorld({ container: {}, spec: { hostNetwork: true } })],
    ['an init container that has ended', init({})],
    ['a pod that ended', world({ hostPort: 80 }, { phase: 'Failed' })],
    ['a pod that no node has taken', world({ hostPort: 80 }, { node: '', phase: 'Pending' })],
    ['a template', webWorld().workload('DaemonSet', 'a/web', { container: { ports: [{ containerPort: 1, hostPort: 1 }] } })],
    ['a default deny', policy(world({ hostPort: 80 }), [])],
    ['a policy that lets pods in alone', policy(world({ hostPort: 80 }), [{ from: [{ namespaceSelector: {} }] }])],
    ['a policy that lets the port of the node in, which is none of the pod', policy(world({ hostPort: 80 }), [{ ports: [{ port: 80 }] }])],
  ])('stays silent: %s', (_name, one) => {
    expect(edgesOf(one.inventory(), 'host-port')).toEqual([]);
  });

  it('points at the port, and at the address of the node', () => {
    expect(evidenceOf(world({ hostPort: 80 }, {}, PUBLIC).inventory(), 'host-port')).toEqual([
      'Pod a/web /spec/containers/0/ports/0',
      'Pod a/web /spec/containers/0/ports/0',
      'Node n1 /status/addresses/0',
    ]);
    expect(evidenceOf(onHost().inventory(), 'host-port')).toEqual(['Pod a/web /spec/hostNetwork', 'Pod a/web /spec/containers/0/ports/0']);
  });

  it('is closed by the template, and by a policy but on the host network', () => {
    const line = 'node-network:nodes → pod:a/web';
    expect(changesOfEdges(world({ hostPort: 80 }).inventory(), 'host-port')).toEqual([
      `${line}: hostPort: template of pod:a/web, isolate template of pod:a/web`,
    ]);
    expect(changesOfEdges(onHost().inventory(), 'host-port')).toEqual([`${line}: hostNetwork: template of pod:a/web`]);
  });

  it('tells the command for a workload', () => {
    const owner = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web', controller: true, uid: 'u' }] };
    const commandOf = (one: ClusterFixture): string | undefined => {
      const graph = buildGraph(one.inventory());
      const edge = [...Array(graph.edges.count).keys()].find((at) => techniqueAt(graph, at) === 'host-port') as number;
      return graph.explain(edge).fix.command;
    };
    expect(commandOf(world({ hostPort: 80 }, { metadata: owner }))).toBe(
      `kubectl patch daemonset web --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/ports/0/hostPort"}]' -n a`,
    );
    expect(commandOf(world({}, { metadata: owner, spec: { hostNetwork: true } }))).toBe(
      `kubectl patch daemonset web --type=merge -p '{"spec":{"template":{"spec":{"hostNetwork":false}}}}' -n a`,
    );
  });
});
