import { describe, expect, it } from 'vitest';
import { group as kubernetesGroup, rule } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, accountWith, managed, type RoleParts, role, roleArn } from '../testing/aws-account.ts';
import { accessEntry, allow, CLUSTER, explanationsOf, user, userArn } from '../testing/aws-onward.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Json = Record<string, unknown>;

const A = roleArn('a');
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const TO_ADMIN = `aws-role:${A} → cluster-admin:cluster`;
const TO_GROUP = `aws-role:${A} → group:ops`;
const maybe = (edge: string) => `${edge} (conditional)`;
const mode = (authenticationMode: string) => ({ accessConfig: { authenticationMode } });
const GRANT = allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy']);
const account = (parts: RoleParts, cluster: Json = mode('API')) =>
  accountWith({ roles: [role('a', parts)], policies: [managed(BOUNDARY, allow('s3:*'))], cluster })
    .clusterRole('r', rule('get', '', 'pods'))
    .clusterRoleBinding('b', 'ClusterRole/r', kubernetesGroup('ops'), kubernetesGroup('system:authenticated'));
const edges = (inline: Json[], cluster?: Json) => edgesOf(account({ inline }, cluster).inventory(), 'eks-access-grant');
const withEntry = (inline: Json[], more: Json = {}) => edgesOf(accessEntry(account({ inline }), A, more).inventory(), 'eks-access-grant');

describe('eks-access-grant', () => {
  it.each<[string, string[], string[]]>([
    ['an entry and the policy of cluster admins', edges([GRANT]), [TO_ADMIN]],
    ['every action of EKS', edges([allow('eks:*')]), [TO_ADMIN]],
    [
      'the cluster and its entries by ARN',
      edges([allow('eks:*', [CLUSTER, `${CLUSTER.replace('cluster/', 'access-entry/')}/*`])]),
      [TO_ADMIN],
    ],
    ['an entry alone, with a group that a binding names', edges([allow('eks:CreateAccessEntry')]), [TO_GROUP]],
    ['a policy for its own entry', withEntry([allow('eks:AssociateAccessPolicy')]), [TO_ADMIN]],
    ['groups of its own entry', withEntry([allow('eks:UpdateAccessEntry')]), [TO_GROUP]],
    ['a mode that is not known', edges([GRANT], {}), [maybe(TO_ADMIN), maybe(TO_GROUP)]],
    ['a switch of the mode first', edges([GRANT, allow('eks:UpdateClusterConfig')], mode('CONFIG_MAP')), [TO_ADMIN]],
    [
      'a condition that nobody knows',
      edges([{ ...GRANT, Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }]),
      [maybe(TO_ADMIN), maybe(TO_GROUP)],
    ],
    [
      'the policy of cluster admins by name',
      edges([
        allow('eks:CreateAccessEntry'),
        allow('eks:AssociateAccessPolicy', '*', { Condition: { StringLike: { 'eks:policyArn': '*/AmazonEKSClusterAdminPolicy' } } }),
      ]),
      [TO_ADMIN],
    ],
    ['administrators once', edges([allow('*')]), [`aws-admin:${ACCOUNT} → cluster-admin:cluster`]],
  ])('finds %s', (_name, found, expected) => {
    expect(found).toEqual([...expected].sort());
  });

  it.each<[string, string[]]>([
    ['a policy without an entry', edges([allow('eks:AssociateAccessPolicy')])],
    ['reading', edges([allow(['eks:Describe*', 'eks:List*'])])],
    ['a change of the mode alone', edges([allow('eks:UpdateClusterConfig')])],
    ['no switch of the mode where aws-auth is asked alone', edges([GRANT], mode('CONFIG_MAP'))],
    ['another cluster', edges([allow('eks:*', CLUSTER.replace('test', 'other'))])],
    ['a Deny', edges([GRANT, { ...allow('eks:CreateAccessEntry'), Effect: 'Deny' }])],
    ['a boundary', edgesOf(account({ inline: [GRANT], boundary: BOUNDARY }).inventory(), 'eks-access-grant')],
    ['a second entry for whoever has one', withEntry([allow('eks:CreateAccessEntry')])],
    ['an own entry of a node', withEntry([allow(['eks:AssociateAccessPolicy', 'eks:UpdateAccessEntry'])], { type: 'EC2_LINUX' })],
    [
      'a policy that is not that of cluster admins',
      withEntry([allow('eks:AssociateAccessPolicy', '*', { Condition: { StringLike: { 'eks:policyArn': '*/AmazonEKSViewPolicy' } } })]),
    ],
    [
      'a role of another account',
      edgesOf(
        accountWith({
          roles: [{ ...role('a', { inline: [GRANT] }), Arn: roleArn('a', '210987654321') }],
          cluster: mode('API'),
        }).inventory(),
        'eks-access-grant',
      ),
    ],
  ])('stays silent: %s', (_name, found) => {
    expect(found).toEqual([]);
  });

  it('finds users', () => {
    const inventory = accountWith({ users: [user('u', { inline: [GRANT] })], cluster: mode('API') }).inventory();
    expect(edgesOf(inventory, 'eks-access-grant')).toEqual([`aws-user:${userArn('u')} → cluster-admin:cluster`]);
  });

  it('points at the cluster and the statement, and says how to take it away', () => {
    const inventory = account({ inline: [GRANT] }).inventory();
    expect(evidenceOf(inventory, 'eks-access-grant')).toEqual([
      `EksCluster ${CLUSTER} /cluster/arn`,
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/0`,
    ]);
    expect(explanationsOf(inventory, 'eks-access-grant')[0]?.fix).toBe(
      'aws iam put-role-policy --role-name=a --policy-name=own --policy-document file://policy.json',
    );
  });
});
