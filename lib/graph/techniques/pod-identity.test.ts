import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, type AccountParts, accountWith, association, federated, role, roleArn, tokenFor } from '../testing/aws-account.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const API = roleArn('api');
const TRUST = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
const trusting = (more: object = {}): AccountParts => ({ roles: [role('api', { trust: [{ ...TRUST, ...more }] })] });
/** The agent, an account and its association. */
const world = (parts: AccountParts = trusting(), more: Record<string, unknown> = {}) =>
  accountWith(parts)
    .workload('DaemonSet', 'kube-system/eks-pod-identity-agent')
    .serviceAccount('shop/api')
    .serviceAccount('dev/api')
    .aws(association('shop/api', API, more));
const without = (parts: AccountParts = trusting()) =>
  accountWith(parts).workload('DaemonSet', 'kube-system/eks-pod-identity-agent').serviceAccount('shop/api');
const TOKEN = tokenFor('pods.eks.amazonaws.com');
const pod = (fixture: ClusterFixture, options: object) => fixture.pod('shop/api-1', { serviceAccount: 'api', ...options });
const when = (key: string, value: string) => trusting({ Condition: { StringEquals: { [key]: value } } });
const SA = `sa:shop/api → aws-role:${API}`;
const POD = `pod:shop/api-1 → aws-role:${API}`;

describe('pod-identity', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['an association and a role that trusts the service', world(), [`${SA} (wired)`]],
    ['both actions by a wildcard', world(trusting({ Action: 'sts:*' })), [`${SA} (wired)`]],
    ['the namespace as a tag', world(when('aws:RequestTag/kubernetes-namespace', 'shop')), [`${SA} (wired)`]],
    ['the account as the source', world(when('aws:SourceAccount', ACCOUNT)), [`${SA} (wired)`]],
    ['a pod with the token', pod(world(), TOKEN), [`${POD} (wired)`, `${SA} (wired)`]],
    ['no pod edge without the token', pod(world(), {}), [`${SA} (wired)`]],
    ['no pod edge with the token of IRSA', pod(world(), tokenFor('sts.amazonaws.com')), [`${SA} (wired)`]],
    ['no pod edge of a pod that has ended', pod(world(), { ...TOKEN, phase: 'Failed' }), [`${SA} (wired)`]],
    [
      'no pod edge for the same name in another namespace',
      world().pod('dev/api-1', { serviceAccount: 'api', ...TOKEN }),
      [`${SA} (wired)`],
    ],
    ['no TagSession', world(trusting({ Action: 'sts:AssumeRole' })), [`${SA} (broken)`]],
    ['no AssumeRole', world(trusting({ Action: 'sts:TagSession' })), [`${SA} (broken)`]],
    ['a tag of another namespace', world(when('aws:RequestTag/kubernetes-namespace', 'dev')), [`${SA} (broken)`]],
    ['another service', world(trusting({ Principal: { Service: 'eks.amazonaws.com' } })), [`${SA} (broken)`]],
    ['a role that does not exist', world({}), [`${SA} (broken)`]],
    ['a Deny', world({ roles: [role('api', { trust: [TRUST, { ...TRUST, Effect: 'Deny' }] })] }), [`${SA} (broken)`]],
    ['a broken link and no pod edge', pod(world({}), TOKEN), [`${SA} (broken)`]],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'pod-identity')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['trust without an association', without()],
    ['a pod with the token and no association', pod(without(), TOKEN)],
    ['an association of another cluster', without().aws(association('shop/api', API, { clusterName: 'other' }))],
    ['the wiring of IRSA', without({ roles: [role('api', { trust: [federated()] })] })],
    [
      'an annotation',
      accountWith(trusting()).serviceAccount('shop/api', {
        metadata: { namespace: 'shop', name: 'api', annotations: { 'eks.amazonaws.com/role-arn': API } },
      }),
    ],
    ['a role of that name alone', without({ roles: [role('api')] })],
    ['no role and no association', without({})],
    ['the agent alone', accountWith({}).workload('DaemonSet', 'kube-system/eks-pod-identity-agent')],
    ['a list of associations that was never described', without().aws({ associations: [] })],
    ['trust with a tag of the account', without(when('aws:RequestTag/kubernetes-namespace', 'shop'))],
    ['trust of two services', without(trusting({ Principal: { Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] } }))],
    ['trust of everybody', without(trusting({ Principal: '*' }))],
    ['a pod with the token of IRSA', pod(without(), tokenFor('sts.amazonaws.com'))],
    ['a pod that ended and had the token', pod(without(), { ...TOKEN, phase: 'Succeeded' })],
    ['a token that nobody mounts', pod(without(), { volumes: TOKEN.volumes })],
    [
      'a malformed association',
      without().aws({ association: { associationArn: 'x', clusterName: 'test', namespace: 'shop', serviceAccount: 'api', roleArn: API } }),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'pod-identity')).toEqual([]);
  });

  it('reaches the target of a chain and not the role that it passes through', () => {
    const target = roleArn('target');
    const roles = [
      role('api', { trust: [TRUST], inline: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: target }] }),
      role('target', { trust: [{ Effect: 'Allow', Principal: { AWS: API }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] }),
    ];
    const found = edgesOf(pod(world({ roles }, { targetRoleArn: target }), TOKEN).inventory(), 'pod-identity');
    expect(found).toEqual([`pod:shop/api-1 → aws-role:${target} (wired)`, `sa:shop/api → aws-role:${target} (wired)`]);
  });

  it('points at the token, the association and the statement', () => {
    const evidence = evidenceOf(pod(world(), TOKEN).inventory(), 'pod-identity');
    expect(evidence).toContain('Pod shop/api-1 /spec/volumes/0/projected/sources/0/serviceAccountToken');
    expect(evidence).toContain(`AwsRole ${API} /AssumeRolePolicyDocument/Statement/0`);
    expect(evidence.some((line) => line.startsWith('PodIdentityAssociation '))).toBe(true);
  });
});
