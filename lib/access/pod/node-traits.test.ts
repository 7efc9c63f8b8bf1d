import { describe, expect, it, test } from 'vitest';
import type { Node } from '../../inventory/kubernetes.ts';
import { nodeTraits, UNKNOWN_NODE } from './node-traits.ts';

const node = (more: Partial<Node>): Node => ({ name: 'n', labels: new Map(), taints: [], ...more });

describe('nodeTraits', () => {
  it.each<[string, Partial<Node>, object]>([
    ['nothing known', {}, { controlPlane: false, eks: false }],
    ['its operating system', { operatingSystem: 'windows' }, { os: 'windows' }],
    ['by its label', { labels: new Map([['kubernetes.io/os', 'linux']]) }, { os: 'linux' }],
    [
      'the status before the label, which anybody may write',
      { operatingSystem: 'linux', labels: new Map([['kubernetes.io/os', 'windows']]) },
      { os: 'linux' },
    ],
    ['a runtime', { containerRuntimeVersion: 'containerd://2.1.0' }, { runtime: 'containerd' }],
    ['CRI-O', { containerRuntimeVersion: 'cri-o://1.30.1' }, { runtime: 'cri-o' }],
    ['a version without a runtime', { containerRuntimeVersion: '2.1.0' }, {}],
    ['a control plane', { labels: new Map([['node-role.kubernetes.io/control-plane', '']]) }, { controlPlane: true }],
    ['a control plane of old', { labels: new Map([['node-role.kubernetes.io/master', 'true']]) }, { controlPlane: true }],
    ['no control plane: another role', { labels: new Map([['node-role.kubernetes.io/worker', '']]) }, { controlPlane: false }],
    ['an EKS node', { labels: new Map([['eks.amazonaws.com/nodegroup', 'a']]) }, { eks: true }],
    ['an instance of AWS without EKS', { providerID: 'aws:///eu-west-1a/i-1' }, { eks: false }],
    ['Amazon Linux: SELinux only logs', { osImage: 'Amazon Linux 2023' }, {}],
    ['Fargate', { labels: new Map([['eks.amazonaws.com/compute-type', 'fargate']]) }, { eks: true, isVirtual: true }],
    ['Ubuntu', { osImage: 'Ubuntu 24.04.2 LTS' }, {}],
    [
      'Bottlerocket',
      { osImage: 'Bottlerocket OS 1.20.0 (aws-k8s-1.30)' },
      { enforcesSelinux: 'Bottlerocket', signsModules: 'Bottlerocket' },
    ],
    ['Red Hat', { osImage: 'Red Hat Enterprise Linux CoreOS 416.94' }, { enforcesSelinux: 'Red Hat Enterprise Linux' }],
    ['Google', { osImage: 'Container-Optimized OS from Google' }, { signsModules: 'Container-Optimized OS' }],
    ['a name that only holds one', { osImage: 'Not Talos' }, {}],
  ])('%s', (_name, more, expected) => {
    expect(nodeTraits()(node(more))).toEqual({ controlPlane: false, eks: false, ...expected });
  });

  test('nodes of which the same is known share one object; no node is unknown', () => {
    const traits = nodeTraits();
    expect(traits(node({ name: 'a' }))).toBe(traits(node({ name: 'b' })));
    expect(traits(node({ operatingSystem: 'linux' }))).not.toBe(traits(node({})));
    expect(traits(undefined)).toBe(UNKNOWN_NODE);
  });
});
