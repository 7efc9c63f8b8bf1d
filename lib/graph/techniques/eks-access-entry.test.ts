import { describe, expect, it } from 'vitest';
import { type ClusterFixture, user as kubernetesUser, rule } from '../../inventory/testing/cluster.ts';
import { type AccountParts, accountWith, role, roleArn } from '../testing/aws-account.ts';
import { accessEntry, accessPolicy, explanationsOf, REGION, user, userArn } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const A = roleArn('a');
const FROM = `aws-role:${A} → `;
const EVERYBODY = `${FROM}group:system:authenticated`;
const SESSION = 'arn:aws:sts::123456789012:assumed-role/a/{{SessionName}}';
/** Namespaces with a pod, a secret and a service account each. */
const filled = (parts: AccountParts = {}) => {
  const fixture = accountWith({ roles: [role('a')], cluster: { accessConfig: { authenticationMode: 'API' } }, ...parts });
  for (const namespace of ['shop', 'pay'])
    fixture.namespace(namespace).pod(`${namespace}/web`).secret(`${namespace}/db`).serviceAccount(`${namespace}/default`);
  return fixture;
};
const entry = (more: object = {}, ...policies: object[]) => accessEntry(filled(), A, { ...more }, policies as never);

describe('eks-access-entry', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['an entry with nothing: it is let in', entry(), []],
    ['groups', entry({ kubernetesGroups: ['ops', 'devs'] }), [`${FROM}group:ops`, `${FROM}group:devs`]],
    ['a user name', entry({ username: 'ops' }), [`${FROM}user:ops`]],
    ['cluster admin', entry({}, accessPolicy('AmazonEKSClusterAdminPolicy')), [`${FROM}cluster-admin:cluster`]],
    ['cluster admin in a namespace', entry({}, accessPolicy('AmazonEKSClusterAdminPolicy', 'shop')), [`${FROM}namespace-admin:shop`]],
    [
      'admin of namespaces',
      entry({}, accessPolicy('AmazonEKSAdminPolicy', 'shop', 'pay')),
      [`${FROM}namespace-admin:shop`, `${FROM}namespace-admin:pay`],
    ],
    ['admin everywhere', entry({}, accessPolicy('AmazonEKSAdminPolicy')), [`${FROM}namespace-admin:*`]],
    ['namespaces by wildcard', entry({}, accessPolicy('AmazonEKSAdminPolicy', 's*')), [`${FROM}namespace-admin:shop`]],
    [
      'edit of a namespace',
      entry({}, accessPolicy('AmazonEKSEditPolicy', 'shop')),
      [`${FROM}all-pods:shop`, `${FROM}all-secrets:shop`, `${FROM}all-service-accounts:shop`],
    ],
    ['secrets of a namespace', entry({}, accessPolicy('AmazonEKSAdminViewPolicy', 'shop')), [`${FROM}all-secrets:shop`]],
    ['secrets everywhere', entry({}, accessPolicy('AmazonEKSAdminViewPolicy')), [`${FROM}all-secrets:*`]],
    [
      'nodes by privileged pods, which EKS lets in without a label',
      accessEntry(filled().node('n1'), A, {}, [accessPolicy('AmazonEKSEditPolicy', 'shop')]),
      [`${FROM}all-pods:shop`, `${FROM}all-secrets:shop`, `${FROM}all-service-accounts:shop`, `${FROM}all-nodes:*`],
    ],
    [
      'a session name that fits a user of a binding',
      accessEntry(
        filled()
          .clusterRole('r', rule('get', '', 'pods'))
          .clusterRoleBinding('b', 'ClusterRole/r', kubernetesUser(SESSION.replace('{{SessionName}}', 'bob'))),
        A,
        { username: SESSION },
      ),
      [`${FROM}user:arn:aws:sts::123456789012:assumed-role/a/bob (conditional)`],
    ],
  ])('finds %s', (_name, fixture, expected) => {
    expect(edgesOf(fixture.inventory(), 'eks-access-entry')).toEqual([...expected, EVERYBODY].sort());
  });

  it('finds users, and roles that were not read', () => {
    const fixture = accessEntry(filled({ users: [user('u')] }), userArn('u'));
    expect(edgesOf(fixture.inventory(), 'eks-access-entry')).toEqual([`aws-user:${userArn('u')} → group:system:authenticated`]);
    const far = roleArn('far', '210987654321');
    expect(edgesOf(accessEntry(filled(), far).inventory(), 'eks-access-entry')).toEqual([`aws-role:${far} → group:system:authenticated`]);
  });

  it.each<[string, ClusterFixture]>([
    ['no entry', filled()],
    ['an entry of nodes', entry({ type: 'EC2_LINUX', kubernetesGroups: ['system:nodes'] })],
    ['an entry of Fargate', entry({ type: 'FARGATE_LINUX' })],
    ['an entry of another cluster', entry({ clusterName: 'other' })],
    [
      'a cluster of that name in another region',
      entry({ accessEntryArn: A.replace('iam', 'eks').replace('::', ':us-east-1:').replace('role/', 'access-entry/test/role/') }),
    ],
    ['a cluster that asks aws-auth alone', accessEntry(filled({ cluster: { accessConfig: { authenticationMode: 'CONFIG_MAP' } } }), A)],
  ])('stays silent: %s', (_name, fixture) => {
    expect(edgesOf(fixture.inventory(), 'eks-access-entry')).toEqual([]);
  });

  it.each([
    ['view', accessPolicy('AmazonEKSViewPolicy')],
    ['a policy that nobody knows', accessPolicy('AmazonEKSSomethingPolicy')],
    ['edit of a namespace that is not there', accessPolicy('AmazonEKSEditPolicy', 'gone')],
  ])('gives nothing but being let in: %s', (_name, policy) => {
    expect(edgesOf(entry({}, policy).inventory(), 'eks-access-entry')).toEqual([EVERYBODY]);
  });

  it('points at the group, the name and the associated policy, and says how to take each away', () => {
    const inventory = entry({ kubernetesGroups: ['ops'] }, accessPolicy('AmazonEKSAdminPolicy', 'shop')).inventory();
    const arn = `arn:aws:eks:${REGION}:123456789012:access-entry/test/role/123456789012/a/1`;
    expect(evidenceOf(inventory, 'eks-access-entry')).toEqual([
      `EksAssociatedAccessPolicies test/${A} /associatedAccessPolicies`,
      `EksAccessEntry ${arn} /accessEntry/kubernetesGroups/0`,
      `EksAccessEntry ${arn} /accessEntry/principalArn`,
    ]);
    const fixes = explanationsOf(inventory, 'eks-access-entry').map(({ fix }) => fix);
    const where = `--cluster-name=test --principal-arn=${A} --region=${REGION}`;
    expect(fixes[0]).toBe(
      `aws eks disassociate-access-policy ${where} --policy-arn=arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy`,
    );
    expect(fixes[1]).toBe(`aws eks delete-access-entry ${where}`);
    expect(changesOfEdges(inventory, 'eks-access-entry')[0]).toBe(`${FROM}group:ops: access entry ${arn}`);
  });
});
