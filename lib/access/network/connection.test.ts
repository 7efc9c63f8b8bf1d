import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { type Connection, connection, networkOf } from './connection.ts';
import type { End, PodEnd } from './policy-rules.ts';

type Json = Record<string, unknown>;
const labels = (text = ''): Map<string, string> =>
  new Map(text === '' ? [] : text.split(',').map((one) => one.split('=') as [string, string]));
const pod = (path: string, text = '', more: Partial<PodEnd> = {}): { pod: PodEnd } => {
  const [namespace = '', name = ''] = path.split('/');
  return { pod: { namespace, name, labels: labels(text), hostNetwork: false, ports: [], ...more } };
};
const address = (...within: string[]): End => ({ addresses: { within } });
const WEB = pod('shop/web', 'app=web');
const API = pod('shop/api', 'app=api', {
  ports: [{ name: 'http', protocol: 'TCP', containerPort: 8080 }],
  address: '10.1.0.9',
  node: 'n1',
});
const MONITOR = pod('mon/prom', 'app=prom', { address: '10.1.0.7', node: 'n2' });
const OUTSIDE = address('203.0.113.9');
const base = () => cluster().namespace('shop', { team: 'shop' }).namespace('mon', { team: 'ops' });
const isolated = (ingress: Json[], more: Json = {}) =>
  base().networkPolicy('shop/p', { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress'], ingress, ...more });
const sealed = (egress: Json[], more: Json = {}) =>
  base().networkPolicy('shop/p', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress, ...more });
const from = (...peers: Json[]): Json[] => [{ from: peers }];
const ns = (matchLabels: Json) => ({ namespaceSelector: { matchLabels } });
const pods = (matchLabels: Json) => ({ podSelector: { matchLabels } });
const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
const ask = (world: ClusterFixture, asked: Partial<Connection> = {}) =>
  connection(networkOf(world.inventory().kubernetes), { from: WEB, to: API, port: 8080, protocol: 'TCP', ...asked });

describe('connection', () => {
  it.each<[string, ClusterFixture, Partial<Connection>]>([
    ['no policy', base(), {}],
    [
      'a policy for other pods',
      base().networkPolicy('shop/p', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] }),
      {},
    ],
    ['a default deny of another namespace', base().networkPolicy('pay/p', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }), {}],
    ['a policy for egress of the pod that is connected to', isolated([], { policyTypes: ['Egress'] }), {}],
    ['a rule of nothing lets in everybody', isolated([{}]), {}],
    ['a rule of nothing lets in the internet', isolated([{}]), { from: OUTSIDE }],
    ['pods of the policy’s namespace by podSelector', isolated(from(pods({ app: 'web' }))), {}],
    ['an empty podSelector: every pod of the namespace', isolated(from({ podSelector: {} })), {}],
    ['pods of a namespace by its label', isolated(from(ns({ team: 'ops' }))), { from: MONITOR }],
    ['an empty namespaceSelector: every namespace', isolated(from({ namespaceSelector: {} })), { from: MONITOR }],
    ['a namespace by the label that every one has', isolated(from(ns({ 'kubernetes.io/metadata.name': 'mon' }))), { from: MONITOR }],
    ['the same of a namespace that was not read', isolated(from(ns({ 'kubernetes.io/metadata.name': 'new' }))), { from: pod('new/x') }],
    ['both selectors in one peer, both fit', isolated(from({ ...ns({ team: 'ops' }), ...pods({ app: 'prom' }) })), { from: MONITOR }],
    ['one of two peers', isolated(from(pods({ app: 'no' }), ns({ team: 'ops' }))), { from: MONITOR }],
    ['the port by number', isolated([{ ports: [{ port: 8080 }] }]), {}],
    ['the port by name', isolated([{ ports: [{ port: 'http' }] }]), {}],
    ['a range of ports', isolated([{ ports: [{ port: 8000, endPort: 8080 }] }]), {}],
    ['one of two ports', isolated([{ ports: [{ port: 1 }, { port: 8080, protocol: 'TCP' }] }]), {}],
    ['any port of UDP', isolated([{ ports: [{ protocol: 'UDP' }] }]), { protocol: 'UDP', port: 53 }],
    ['SCTP', isolated([{ ports: [{ protocol: 'SCTP', port: 7 }] }]), { protocol: 'SCTP', port: 7 }],
    ['an address in a block', isolated(from(block('203.0.113.0/24'))), { from: OUTSIDE }],
    ['an address beside the exception', isolated(from(block('203.0.113.0/24', '203.0.113.128/25'))), { from: OUTSIDE }],
    [
      'two blocks that only together hold the addresses',
      isolated([{ from: [block('0.0.0.0/1')] }, { from: [block('128.0.0.0/1')] }]),
      { from: address('0.0.0.0/0') },
    ],
    ['policies add up', isolated([]).networkPolicy('shop/q', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }), {}],
    ['egress to a pod', sealed([{ to: [pods({ app: 'api' })] }]), {}],
    ['egress to a port by the name that the other pod gives it', sealed([{ ports: [{ port: 'http' }] }]), {}],
    [
      'egress without types is not limited by a policy for ingress',
      sealed([], { policyTypes: ['Ingress'], ingress: [{}] }),
      { to: MONITOR },
    ],
    ['egress to an address', sealed([{ to: [block('203.0.113.9/32')] }]), { to: OUTSIDE }],
    ['a pod with itself', isolated([]), { from: API }],
    [
      'the node of the pod: a pod on its host’s network',
      isolated([]),
      { from: pod('kube-system/proxy', '', { hostNetwork: true, node: 'n1' }) },
    ],
    [
      'a pod on the host’s network is not subject to policies',
      base().networkPolicy('shop/p', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      { from: OUTSIDE, to: pod('shop/api', 'app=api', { hostNetwork: true }) },
    ],
    [
      'policies of other engines that are about something else',
      base().add({ apiVersion: 'kyverno.io/v1', kind: 'Policy', metadata: { name: 'p', namespace: 'shop' }, spec: {} }),
      {},
    ],
  ])('is open: %s', (_name, world, asked) => {
    expect(ask(world, asked)).toMatchObject({ state: 'open', because: [] });
  });

  it.each<[string, ClusterFixture, Partial<Connection>]>([
    ['a default deny', isolated([]), {}],
    ['a default deny without types', isolated([], { policyTypes: [] }), {}],
    ['a default deny for the internet', isolated([]), { from: OUTSIDE }],
    ['other pods of the namespace alone', isolated(from(pods({ app: 'db' }))), {}],
    ['a podSelector selects in the policy’s namespace alone', isolated(from(pods({ app: 'prom' }))), { from: MONITOR }],
    ['an empty podSelector as well', isolated(from({ podSelector: {} })), { from: MONITOR }],
    ['a namespace of another label', isolated(from(ns({ team: 'shop' }))), { from: MONITOR }],
    [
      'a namespace that was not read, of another name',
      isolated(from(ns({ 'kubernetes.io/metadata.name': 'mon', x: 'y' }))),
      { from: pod('new/x') },
    ],
    ['both selectors in one peer, one fits', isolated(from({ ...ns({ team: 'ops' }), ...pods({ app: 'web' }) })), { from: MONITOR }],
    [
      'both selectors in one peer: the pod fits in its own namespace',
      isolated(from({ ...ns({ team: 'ops' }), ...pods({ app: 'web' }) })),
      {},
    ],
    ['the internet is no pod', isolated(from({ namespaceSelector: {} }, { podSelector: {} })), { from: OUTSIDE }],
    [
      'peer and port in two rules',
      isolated([
        { from: [pods({ app: 'web' })], ports: [{ port: 1 }] },
        { from: [pods({ app: 'db' })], ports: [{ port: 8080 }] },
      ]),
      {},
    ],
    ['another port', isolated([{ ports: [{ port: 80 }] }]), {}],
    ['a name that the pod gives another port', isolated([{ ports: [{ port: 'http' }] }]), { port: 9090 }],
    ['a name that the pod does not have', isolated([{ ports: [{ port: 'metrics' }] }]), {}],
    ['a name of another protocol', isolated([{ ports: [{ port: 'http', protocol: 'UDP' }] }]), { protocol: 'UDP' }],
    ['a range beside the port', isolated([{ ports: [{ port: 8081, endPort: 9000 }] }]), {}],
    ['a port of TCP is none of UDP', isolated([{ ports: [{ port: 8080 }] }]), { protocol: 'UDP' }],
    ['an address in the exception', isolated(from(block('0.0.0.0/0', '203.0.113.0/24'))), { from: OUTSIDE }],
    ['a block that does not hold the pod', isolated(from(block('192.168.0.0/16'))), { from: MONITOR }],
    ['a peer of nothing, which the API server refuses', isolated(from({})), {}],
    [
      'two policies that both block',
      isolated([]).networkPolicy('shop/q', { podSelector: {}, policyTypes: ['Ingress'], ingress: from(pods({ app: 'db' })) }),
      {},
    ],
    [
      'egress of the pod that connects, though it would be let in',
      sealed([]).networkPolicy('shop/q', { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress'], ingress: [{}] }),
      {},
    ],
    ['egress to other pods', sealed([{ to: [pods({ app: 'db' })] }]), {}],
    ['egress by rules, without types', sealed([{ to: [pods({ app: 'db' })] }], { policyTypes: [] }), {}],
    ['egress to a named port of an address', sealed([{ ports: [{ port: 'http' }] }]), { to: OUTSIDE }],
    ['egress to pods alone', sealed([{ to: [{ namespaceSelector: {} }] }]), { to: OUTSIDE }],
    [
      'a pod of the host’s network on another node, which nothing lets in',
      isolated(from(ns({ team: 'ops' }))),
      { from: pod('shop/proxy', '', { hostNetwork: true, node: 'n2' }) },
    ],
    ['another pod of the same name', isolated([]), { from: pod('mon/api', 'app=api') }],
  ])('is blocked: %s', (_name, world, asked) => {
    expect(ask(world, asked).state).toBe('blocked');
  });

  it.each<[string, ClusterFixture, Partial<Connection>, string]>([
    ['some of the addresses alone', isolated(from(block('203.0.113.0/25'))), { from: address('203.0.113.0/24') }, 'shop/p'],
    ['a block that holds a pod', isolated(from(block('10.1.0.0/16'))), { from: MONITOR }, 'shop/p'],
    ['a block, and the address of the pod is not known', isolated(from(block('10.1.0.0/16'))), { from: pod('mon/x') }, 'shop/p'],
    ['a namespace whose labels were not read', isolated(from(ns({ team: 'ops' }))), { from: pod('new/x') }, 'shop/p'],
    [
      'a selector that selects a pod on the host’s network',
      isolated(from(ns({ team: 'ops' }))),
      { from: pod('mon/x', '', { hostNetwork: true, node: 'n2' }) },
      'shop/p',
    ],
    [
      'a policy of Cilium',
      base().add({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'c', namespace: 'shop' }, spec: {} }),
      {},
      'CiliumNetworkPolicy shop/c',
    ],
    [
      'a policy of Calico for the whole cluster',
      base().add({ apiVersion: 'crd.projectcalico.org/v1', kind: 'GlobalNetworkPolicy', metadata: { name: 'c' }, spec: {} }),
      {},
      'GlobalNetworkPolicy c',
    ],
    [
      'a policy that blocks, and an engine that may let in',
      isolated([]).add({ apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'a' }, spec: {} }),
      {},
      'AdminNetworkPolicy a',
    ],
  ])('is unknown: %s', (_name, world, asked, because) => {
    const answer = ask(world, asked);
    expect(answer.state).toBe('unknown');
    expect(answer.because.join('; ')).toContain(because);
  });

  it.each<[string, ClusterFixture, string[]]>([
    ['the rule that lets in', isolated([{ from: [pods({ app: 'db' })] }, { from: [pods({ app: 'web' })] }]), ['shop/p /spec/ingress/1']],
    ['the selector of a policy that does not', isolated([]), ['shop/p /spec/podSelector']],
    [
      'the rules of both sides',
      isolated([{}]).networkPolicy('shop/q', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] }),
      ['shop/q /spec/egress/0', 'shop/p /spec/ingress/0'],
    ],
    [
      'of two sides the one that blocks',
      isolated([{}]).networkPolicy('shop/q', { podSelector: {}, policyTypes: ['Egress'] }),
      ['shop/q /spec/podSelector'],
    ],
  ])('points at %s', (_name, world, expected) => {
    expect(ask(world).policies.map(({ policy, pointer }) => `${policy.namespace}/${policy.name} ${pointer}`)).toEqual(expected);
  });

  it('takes names that attackers choose for names', () => {
    const world = cluster().networkPolicy('__proto__/p', { podSelector: {}, policyTypes: ['Ingress'] });
    expect(ask(world, { to: pod('__proto__/x') }).state).toBe('blocked');
    expect(ask(world, { to: pod('constructor/x') }).state).toBe('open');
  });
});
