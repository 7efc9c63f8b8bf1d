import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, accountWith, managed, role, roleArn } from '../testing/aws-account.ts';
import { allow, awsNode, explanationsOf, nodegroup, REGION } from '../testing/aws-onward.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Json = Record<string, unknown>;

const A = roleArn('a');
const NODE = roleArn('node');
const ID = 'i-0123456789abcdef0';
const INSTANCE = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${ID}`;
const DOCUMENT = `arn:aws:ssm:${REGION}::document/AWS-RunShellScript`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const ALL = `aws-role:${A} → all-nodes:*`;
const ONE = `aws-role:${A} → node:n1`;
const maybe = (edge: string) => `${edge} (conditional)`;
const AGENT = allow(['ssmmessages:*', 'ssm:UpdateInstanceInformation']);
const GROUP = { 'eks.amazonaws.com/nodegroup': 'g' };

/** Role a, a node whose role may (or may not) run the agent. */
const world = (inline: Json[], { agent = [AGENT], boundary }: { agent?: Json[]; boundary?: string } = {}) =>
  accountWith({
    roles: [role('a', { inline, ...(boundary === undefined ? {} : { boundary }) }), role('node', { inline: agent })],
    policies: [managed(BOUNDARY, allow('s3:*'))],
  })
    .aws(nodegroup('g', NODE))
    .add(awsNode('n1', ID, GROUP));

describe('aws-node-command', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['commands to every instance', world([allow('ssm:SendCommand')]), [ALL]],
    ['sessions on every instance', world([allow('ssm:StartSession')]), [ALL]],
    [
      'commands to instances of the account',
      world([allow('ssm:SendCommand', [`arn:aws:ec2:*:${ACCOUNT}:instance/*`, 'arn:aws:ssm:*:*:document/*'])]),
      [ALL],
    ],
    ['commands to one instance', world([allow('ssm:SendCommand', [INSTANCE, DOCUMENT])]), [ONE]],
    ['a session on one instance', world([allow('ssm:StartSession', INSTANCE)]), [ONE]],
    ['a role of nodes that may not run the agent', world([allow('ssm:SendCommand')], { agent: [] }), [maybe(ALL)]],
    [
      'a condition on tags of the instance',
      world([allow('ssm:StartSession', '*', { Condition: { StringEquals: { 'ssm:resourceTag/env': 'dev' } } })]),
      [maybe(ALL)],
    ],
    [
      'user data of an instance that is started again',
      world([allow(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'])]),
      [maybe(ALL)],
    ],
    ['a key by EC2 Instance Connect', world([allow('ec2-instance-connect:SendSSHPublicKey')]), [maybe(ALL)]],
    ['a launch template', world([allow(['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'])]), [maybe(ALL)]],
    [
      'nodes of which some are no instances',
      world([allow('ssm:SendCommand')]).add(awsNode('f1', 'aws:///eu-central-1a/x/fargate-ip-10-0-0-1')),
      [maybe(ALL)],
    ],
    ['the administrator of the account', world([allow('*')]), [`aws-admin:${ACCOUNT} → all-nodes:*`]],
  ])('finds %s', (_name, fixture, expected) => {
    expect(edgesOf(fixture.inventory(), 'aws-node-command')).toEqual(expected);
  });

  it.each<[string, ClusterFixture]>([
    ['commands with a document and no instance', world([allow('ssm:SendCommand', DOCUMENT)])],
    ['commands to an instance and no document', world([allow('ssm:SendCommand', INSTANCE)])],
    ['an instance that is no node', world([allow('ssm:StartSession', INSTANCE.replace('def0', 'def1'))])],
    ['instances of another account', world([allow('ssm:StartSession', 'arn:aws:ec2:*:210987654321:instance/*')])],
    ['stopping and starting', world([allow(['ec2:StopInstances', 'ec2:StartInstances'])])],
    ['describing', world([allow(['ssm:Describe*', 'ec2:Describe*'])])],
    ['a Deny', world([allow('ssm:SendCommand'), { ...allow('ssm:*'), Effect: 'Deny' }])],
    ['a boundary', world([allow('ssm:SendCommand')], { boundary: BOUNDARY })],
    ['no nodes', accountWith({ roles: [role('a', { inline: [allow('ssm:SendCommand')] })] })],
    [
      'nodes of Fargate alone',
      accountWith({ roles: [role('a', { inline: [allow('ssm:SendCommand')] })] }).add(
        awsNode('f1', 'aws:///eu-central-1a/x/fargate-ip-10-0-0-1'),
      ),
    ],
    [
      'a role of another account',
      accountWith({ roles: [{ ...role('a', { inline: [allow('ssm:SendCommand')] }), Arn: roleArn('a', '210987654321') }] }).add(
        awsNode('n1', ID),
      ),
    ],
  ])('stays silent: %s', (_name, fixture) => {
    expect(edgesOf(fixture.inventory(), 'aws-node-command')).toEqual([]);
  });

  it('points at the statements and the node, says what the agent needs, and how to close it', () => {
    const inventory = world([allow('ssm:StartSession', INSTANCE)], { agent: [] }).inventory();
    expect(edgesOf(inventory, 'aws-node-command')).toEqual([maybe(ONE)]);
    expect(evidenceOf(inventory, 'aws-node-command')).toEqual([
      'Node n1 /spec/providerID',
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/0`,
    ]);
    const [told] = explanationsOf(inventory, 'aws-node-command');
    expect(told?.hangsOn).toContain(
      "default host management in the account: the node's role node is not allowed ssmmessages:CreateControlChannel",
    );
    expect(told?.fix).toBe('aws iam put-role-policy --role-name=a --policy-name=own --policy-document file://policy.json');
  });

  it('points at instances where all are meant', () => {
    const inventory = world([allow('ssm:SendCommand')])
      .add(awsNode('n2', `${ID}0`, GROUP))
      .inventory();
    expect(edgesOf(inventory, 'aws-node-command')).toEqual([ALL]);
    expect(evidenceOf(inventory, 'aws-node-command')).toEqual([
      'Node n1 /spec/providerID',
      'Node n2 /spec/providerID',
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/0`,
    ]);
  });
});
