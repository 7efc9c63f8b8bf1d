import { describe, expect, it } from 'vitest';
import type { ClusterFixture, PodOptions } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, accountWith, role, roleArn } from '../testing/aws-account.ts';
import { accessEntry, awsNode, explanationsOf, instance, nodegroup, profiles } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Json = Record<string, unknown>;

const ID = 'i-0123456789abcdef0';
const NODE_ROLE = roleArn('node');
const NODE = `node:n1 → aws-role:${NODE_ROLE}`;
const POD = `pod:shop/web → aws-role:${NODE_ROLE}`;
const maybe = (edge: string) => `${edge} (conditional)`;
const GENERAL = { 'eks.amazonaws.com/nodegroup': 'general' };
const V1 = { HttpTokens: 'optional', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' };
const HOPS = (HttpPutResponseHopLimit: number) => ({ HttpTokens: 'required', HttpPutResponseHopLimit, HttpEndpoint: 'enabled' });

/** A node and a pod on it; the role is known by what `more` adds. */
const base = (id = ID, labels: Json = {}, pod: PodOptions = {}) =>
  accountWith({ roles: [role('node')] })
    .add(awsNode('n1', id, labels))
    .pod('shop/web', pod);
const withInstance = (metadata: Json | undefined, pod: PodOptions = {}) =>
  base(ID, {}, pod)
    .aws(profiles(NODE_ROLE), { file: 'p.json', account: ACCOUNT })
    .aws(instance(ID, 'node', metadata), { file: 'i.json', account: ACCOUNT });
const withGroup = (pod: PodOptions = {}) => base(ID, GENERAL, pod).aws(nodegroup('general', NODE_ROLE));
const policy = (egress: unknown[], more: Json = {}): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'shop', name: 'deny' },
  spec: { podSelector: {}, policyTypes: ['Egress'], egress, ...more },
});
const HOST = { spec: { hostNetwork: true } };
const BUT_METADATA = [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }] }];

describe('aws-instance-metadata', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the role of the instance, by version 1', withInstance(V1), [NODE, POD]],
    ['a hop limit of 2', withInstance(HOPS(2)), [NODE, POD]],
    ['the node alone with a hop limit of 1', withInstance(HOPS(1)), [NODE]],
    ['a pod on the host network whatever the hop limit', withInstance(HOPS(1), HOST), [NODE, POD]],
    ['options that were not read', withInstance(undefined), [NODE, maybe(POD)]],
    ['the role of the node group, where the instance was not read', withGroup(), [NODE, maybe(POD)]],
    ['a pod on the host network of an instance that was not read', withGroup(HOST), [NODE, POD]],
    ['the only role of nodes, as a guess', accessEntry(base(), NODE_ROLE, { type: 'EC2_LINUX' }), [maybe(NODE), maybe(POD)]],
    ['a policy that blocks the address, which may not be enforced', withInstance(V1).add(policy(BUT_METADATA)), [NODE, maybe(POD)]],
    ['a policy for other pods', withInstance(V1).add(policy([], { podSelector: { matchLabels: { app: 'db' } } })), [NODE, POD]],
    ['a policy that lets out', withInstance(V1).add(policy([{}])), [NODE, POD]],
    ['a policy that blocks a pod on the host network, which it cannot', withInstance(V1, HOST).add(policy([])), [NODE, POD]],
    ['no edge of a pod that has ended', withInstance(V1, { phase: 'Succeeded' }), [NODE]],
    ['no edge of a pod on another node', withInstance(V1, { node: 'n2' }), [NODE]],
    [
      'a node of Auto Mode, whose hop limit is 1',
      base(ID, { ...GENERAL, 'eks.amazonaws.com/compute-type': 'auto' }).aws(nodegroup('general', NODE_ROLE)),
      [NODE],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'aws-instance-metadata')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a node of whose role nothing is known', base()],
    ['a node group of another name', base(ID, { 'eks.amazonaws.com/nodegroup': 'gpu' }).aws(nodegroup('general', NODE_ROLE))],
    [
      'an instance without a profile',
      base(ID, GENERAL)
        .aws(nodegroup('general', NODE_ROLE))
        .aws(instance(ID, undefined, V1), { file: 'i.json', account: ACCOUNT }),
    ],
    ['a metadata service that is off', withInstance({ ...V1, HttpEndpoint: 'disabled' }, HOST)],
    [
      'Fargate',
      base('aws:///eu-central-1a/0123456789-abc/fargate-ip-10-0-0-1.eu-central-1.compute.internal', GENERAL).aws(
        nodegroup('general', NODE_ROLE),
      ),
    ],
    ['a node of Google', base('gce://project/zone/name', GENERAL).aws(nodegroup('general', NODE_ROLE))],
    ['two roles of nodes', accessEntry(accessEntry(base(), NODE_ROLE, { type: 'EC2_LINUX' }), roleArn('other'), { type: 'EC2_LINUX' })],
    ['an entry of people', accessEntry(base(), NODE_ROLE)],
    [
      'a node that was not read',
      accountWith({ roles: [role('node')] })
        .pod('shop/web')
        .aws(nodegroup('general', NODE_ROLE)),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'aws-instance-metadata')).toEqual([]);
  });

  it('points at the pod, the instance, the policy, the profile and the node', () => {
    expect(evidenceOf(withInstance(V1).add(policy([])).inventory(), 'aws-instance-metadata')).toEqual([
      `AwsInstanceProfile arn:aws:iam::${ACCOUNT}:instance-profile/node /Roles/0/Arn`,
      'Node n1 /spec/providerID',
      'Pod shop/web /spec/nodeName',
      `AwsInstance ${ID} /MetadataOptions`,
      'NetworkPolicy shop/deny /spec/podSelector',
      `AwsInstanceProfile arn:aws:iam::${ACCOUNT}:instance-profile/node /Roles/0/Arn`,
      'Node n1 /spec/providerID',
    ]);
  });

  it('says what it hangs on, with the missing right, and how to close it', () => {
    const [, pod] = explanationsOf(withGroup().add(policy([])).inventory(), 'aws-instance-metadata');
    expect(pod?.hangsOn).toContain('which were not read (ec2:DescribeInstances)');
    expect(pod?.hangsOn).toContain('the network plugin not enforcing NetworkPolicy shop/deny');
    expect(pod?.fix).toBe(
      `aws ec2 modify-instance-metadata-options --instance-id=${ID} --http-tokens=required --http-put-response-hop-limit=1 --region=eu-central-1`,
    );
  });

  it('closes all pods of a node at once, but one on the host network by its template', () => {
    expect(changesOfEdges(withInstance(V1).inventory(), 'aws-instance-metadata')[1]).toBe(`${POD}: metadata options of node:n1`);
    expect(changesOfEdges(withInstance(V1, HOST).inventory(), 'aws-instance-metadata')[1]).toBe(`${POD}: template of pod:shop/web`);
  });
});
