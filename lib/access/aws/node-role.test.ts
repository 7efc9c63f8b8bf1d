import { describe, expect, it } from 'vitest';
import type { AwsInstance } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import { EMPTY_INVENTORY } from '../../inventory/testing/empty-inventory.ts';
import { instanceOf, metadataReach, nodeRoles } from './node-role.ts';
import { ACCOUNT, CLUSTER_ARN, roleArn, world } from './testing/world.ts';

const ID = 'i-0123456789abcdef0';
const node = (providerID?: string, labels: readonly [string, string][] = []): Node => ({
  name: 'n1',
  labels: new Map(labels),
  taints: [],
  ...(providerID === undefined ? {} : { providerID }),
});
const NODE = node(`aws:///eu-central-1a/${ID}`);
const instance = (more: Partial<AwsInstance> = {}): AwsInstance => ({
  id: ID,
  account: ACCOUNT,
  region: 'eu-central-1',
  tags: new Map(),
  ...more,
});

describe('instanceOf', () => {
  it.each([
    [`aws:///eu-central-1a/${ID}`, 'eu-central-1', ID],
    ['aws:///us-gov-west-1b/i-0abc1234', 'us-gov-west-1', 'i-0abc1234'],
    ['aws:///us-west-2-lax-1a/i-0abc1234', 'us-west-2', 'i-0abc1234'],
  ])('%s', (providerID, region, id) => {
    expect(instanceOf(node(providerID))).toEqual({ region, id });
  });

  it.each([
    ['nothing', undefined],
    ['Fargate', 'aws:///eu-central-1a/0123-abc/fargate-ip-10-0-0-1.eu-central-1.compute.internal'],
    ['Google', 'gce://project/europe-west1-b/gke-1'],
    ['Azure', 'azure:///subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v'],
    ['a long text', `aws:///${'a-'.repeat(100_000)}/${ID}`],
  ])('is none: %s', (_name, providerID) => {
    expect(instanceOf(node(providerID))).toBeUndefined();
  });
});

describe('metadataReach', () => {
  it.each<[string, Partial<AwsInstance>, string]>([
    ['version 1', { httpTokens: 'optional', httpPutResponseHopLimit: 1 }, 'yes'],
    ['one hop', { httpTokens: 'required', httpPutResponseHopLimit: 1 }, 'no'],
    ['two hops', { httpTokens: 'required', httpPutResponseHopLimit: 2 }, 'yes'],
    ['switched off', { httpTokens: 'optional', httpEndpoint: 'disabled' }, 'no'],
    ['no hop limit known', { httpTokens: 'required' }, 'conditional'],
    ['nothing known', {}, 'conditional'],
  ])('%s', (_name, options, answer) => {
    expect(metadataReach(NODE, { instanceId: ID, instance: instance(options) }).answer).toBe(answer);
  });

  it('knows the default of Auto Mode, and names the right that is missing elsewhere', () => {
    const auto = node(NODE.providerID, [['eks.amazonaws.com/compute-type', 'auto']]);
    expect(metadataReach(auto, { instanceId: ID }).answer).toBe('no');
    expect(metadataReach(NODE, { instanceId: ID }).because).toContain('ec2:DescribeInstances');
  });
});

describe('nodeRoles', () => {
  const cluster = { arn: CLUSTER_ARN, account: ACCOUNT, region: 'eu-central-1', name: 'test' };
  const entry = (name: string, type: string) => ({
    arn: name,
    account: ACCOUNT,
    region: 'eu-central-1',
    clusterName: 'test',
    principalArn: roleArn(name),
    kubernetesGroups: [],
    type,
  });
  const group = {
    arn: 'g',
    account: ACCOUNT,
    region: 'eu-central-1',
    clusterName: 'test',
    name: 'g',
    nodeRole: roleArn('group'),
    labels: new Map(),
  };
  const profile = { arn: 'p', account: ACCOUNT, name: 'p', roleArns: [roleArn('profile')] };
  const labelled = node(NODE.providerID, [['eks.amazonaws.com/nodegroup', 'g']]);
  const inventory = (parts: Parameters<typeof world>[0]): Inventory => world({ eksClusters: [cluster], ...parts });

  it.each<[string, Inventory, Node, string | undefined]>([
    [
      'the profile before the group',
      inventory({ instances: [instance({ instanceProfileArn: 'p' })], instanceProfiles: [profile], nodegroups: [group] }),
      labelled,
      'profile',
    ],
    [
      'the group where the profile was not read',
      inventory({ instances: [instance({ instanceProfileArn: 'p' })], nodegroups: [group] }),
      labelled,
      'group',
    ],
    ['the group', inventory({ nodegroups: [group] }), labelled, 'group'],
    ['none of a group of another cluster', inventory({ nodegroups: [{ ...group, clusterName: 'other' }] }), labelled, undefined],
    ['none of an instance without a profile', inventory({ instances: [instance()], nodegroups: [group] }), labelled, undefined],
    ['the only entry of nodes', inventory({ accessEntries: [entry('only', 'EC2_LINUX'), entry('people', 'STANDARD')] }), NODE, 'only'],
    ['none of two entries', inventory({ accessEntries: [entry('one', 'EC2_LINUX'), entry('two', 'EC2')] }), NODE, undefined],
    ['none where the cluster is not known', { ...EMPTY_INVENTORY, aws: inventory({ nodegroups: [group] }).aws }, labelled, undefined],
    ['none of a machine of its own', inventory({ nodegroups: [group] }), node(), undefined],
  ])('%s', (_name, from, of, expected) => {
    expect(nodeRoles(from)(of)?.roleArn).toBe(expected === undefined ? undefined : roleArn(expected));
  });

  it('says that a guess is one, and nothing else', () => {
    expect(nodeRoles(inventory({ accessEntries: [entry('only', 'EC2_LINUX')] }))(NODE)?.hangsOn).toContain('the only role');
    expect(nodeRoles(inventory({ nodegroups: [group] }))(labelled)?.hangsOn).toBeUndefined();
  });

  it('guesses by aws-auth too', () => {
    const mapping = { list: 'mapRoles', index: 0, identity: roleArn('mapped'), groups: ['system:nodes'] } as const;
    const from = inventory({});
    const withAuth = { ...from, kubernetes: { ...from.kubernetes, awsAuth: [mapping] } };
    expect(nodeRoles(withAuth)(NODE)?.evidence).toMatchObject({ kind: 'ConfigMap', name: 'aws-auth', pointer: '/data/mapRoles' });
  });
});
