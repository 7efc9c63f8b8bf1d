import { describe, expect, it } from 'vitest';
import type { AwsAuthMapping } from '../../inventory/aws-auth.ts';
import { type ClusterFixture, user as kubernetesUser, rule, sa } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, type AccountParts, accountWith, role, roleArn } from '../testing/aws-account.ts';
import { accessEntry, awsNode, explanationsOf, nodegroup, user, userArn, withAwsAuth } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Mapping = Partial<AwsAuthMapping>;

const A = roleArn('a');
const BOTH = { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } };
const OTHER = '210987654321';
const FROM = `aws-role:${A} → `;
const GROUPS = (group: string, state = '') => [`${FROM}group:${group}${state}`, `${FROM}group:system:authenticated${state}`];
const map = (more: Mapping = {}): Mapping => ({ identity: A, username: 'ops', groups: ['ops'], ...more });
const world = (parts: AccountParts = {}) => accountWith({ roles: [role('a')], cluster: BOTH, ...parts });
const edges = (fixture: ClusterFixture, ...mappings: Mapping[]) => edgesOf(withAwsAuth(fixture.inventory(), mappings), 'aws-auth');
/** Somebody whom a binding names as a user. */
const bound = (name: string) =>
  world()
    .clusterRole('r', rule('get', '', 'pods'))
    .clusterRoleBinding('b', 'ClusterRole/r', kubernetesUser(name));

describe('aws-auth', () => {
  it.each<[string, ClusterFixture, Mapping[], string[]]>([
    ['a role', world(), [map()], [...GROUPS('ops'), `${FROM}user:ops`]],
    [
      'system:masters',
      world(),
      [map({ groups: ['system:masters'] })],
      [`${FROM}group:system:authenticated`, `${FROM}group:system:masters`, `${FROM}user:ops`],
    ],
    [
      'a role in another case',
      world(),
      [map({ identity: A.toUpperCase().replace('ARN:AWS:IAM', 'arn:aws:iam').replace('ROLE/', 'role/') })],
      [...GROUPS('ops'), `${FROM}user:ops`],
    ],
    [
      'a role that has a path, named without it',
      world({ roles: [{ ...role('a'), Path: '/teams/', Arn: roleArn('teams/a') }] }),
      [map()],
      [
        `aws-role:${roleArn('teams/a')} → group:ops`,
        `aws-role:${roleArn('teams/a')} → group:system:authenticated`,
        `aws-role:${roleArn('teams/a')} → user:ops`,
      ],
    ],
    [
      'a role named with its path, which never matches',
      world({ roles: [{ ...role('a'), Path: '/teams/', Arn: roleArn('teams/a') }] }),
      [map({ identity: roleArn('teams/a') })],
      [
        `aws-role:${roleArn('teams/a')} → group:ops (broken)`,
        `aws-role:${roleArn('teams/a')} → group:system:authenticated (broken)`,
        `aws-role:${roleArn('teams/a')} → user:ops (broken)`,
      ],
    ],
    [
      'a user',
      world({ users: [user('u')] }),
      [map({ list: 'mapUsers', identity: userArn('u'), groups: [] })],
      [`aws-user:${userArn('u')} → group:system:authenticated`, `aws-user:${userArn('u')} → user:ops`],
    ],
    [
      'a role of an account that was not read',
      world(),
      [map({ identity: roleArn('x', OTHER), groups: [] })],
      [`aws-role:${roleArn('x', OTHER)} → group:system:authenticated`, `aws-role:${roleArn('x', OTHER)} → user:ops`],
    ],
    [
      'a role that is not there',
      world({ roles: [] }).aws({ Account: ACCOUNT, Arn: 'x', UserId: 'y' }),
      [map()],
      [...GROUPS('ops', ' (broken)'), `${FROM}user:ops (broken)`],
    ],
    ['the account in a name', world(), [map({ username: 'aws:{{AccountID}}' })], [...GROUPS('ops'), `${FROM}user:aws:${ACCOUNT}`]],
    [
      'a session name that fits a user of a binding',
      bound('ops:alice'),
      [map({ username: 'ops:{{SessionName}}' })],
      [...GROUPS('ops'), `${FROM}user:ops:alice (conditional)`],
    ],
    ['a service account', world(), [map({ username: 'system:serviceaccount:shop:api' })], [...GROUPS('ops'), `${FROM}sa:shop/api`]],
    [
      'nodes under the names of nodes',
      world()
        .add(awsNode('n1', 'i-0123456789abcdef0', { 'eks.amazonaws.com/nodegroup': 'g' }))
        .aws(nodegroup('g', A)),
      [map({ username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes'] })],
      [`${FROM}group:system:authenticated`, `${FROM}group:system:nodes`, `${FROM}user:system:node:n1 (conditional)`],
    ],
    ['a mode that is not known', world({ cluster: {} }), [map()], [...GROUPS('ops', ' (conditional)'), `${FROM}user:ops (conditional)`]],
    [
      'a mode that does not ask aws-auth',
      world({ cluster: { accessConfig: { authenticationMode: 'API' } } }),
      [map()],
      [...GROUPS('ops', ' (broken)'), `${FROM}user:ops (broken)`],
    ],
    ['an access entry that wins', accessEntry(world(), A), [map()], [...GROUPS('ops', ' (broken)'), `${FROM}user:ops (broken)`]],
    ['the last of two entries for one role', world(), [map({ groups: ['system:masters'] }), map()], [...GROUPS('ops'), `${FROM}user:ops`]],
    ['an account, for a user of a binding', bound(A), [map({ list: 'mapAccounts', identity: ACCOUNT })], [`${FROM}user:${A}`]],
  ])('finds %s', (_name, fixture, mappings, expected) => {
    expect(edges(fixture, ...mappings)).toEqual([...expected].sort());
  });

  it.each<[string, ClusterFixture, Mapping[]]>([
    ['no mapping', world(), []],
    ['what is no ARN', world(), [map({ identity: 'a' })]],
    ['a user among the roles', world({ users: [user('u')] }), [map({ identity: userArn('u') })]],
    ['a role among the users', world(), [map({ list: 'mapUsers' })]],
    ['the root of an account', world(), [map({ identity: `arn:aws:iam::${ACCOUNT}:root` })]],
    ['another account', bound(A), [map({ list: 'mapAccounts', identity: OTHER })]],
    ['an account whose users no binding names', world(), [map({ list: 'mapAccounts', identity: ACCOUNT })]],
    [
      'a binding of a service account',
      world().clusterRole('r').clusterRoleBinding('b', 'ClusterRole/r', sa('shop/api')),
      [map({ list: 'mapAccounts', identity: ACCOUNT })],
    ],
  ])('stays silent: %s', (_name, fixture, mappings) => {
    expect(edges(fixture, ...mappings)).toEqual([]);
  });

  it('says nothing where aws-auth was not read', () => {
    expect(edgesOf(world().inventory(), 'aws-auth')).toEqual([]);
  });

  it('points at the list, says why a mapping does not work, and how to close it', () => {
    const inventory = withAwsAuth(accessEntry(world(), A).inventory(), [map({ groups: [] })]);
    expect(evidenceOf(inventory, 'aws-auth')[0]).toBe('ConfigMap kube-system/aws-auth /data/mapRoles');
    expect(explanationsOf(inventory, 'aws-auth')[0]).toEqual({
      to: 'group:system:authenticated',
      hangsOn: 'the principal has an access entry, and EKS takes that instead of aws-auth',
      fix: 'kubectl edit configmap aws-auth -n kube-system',
    });
    expect(changesOfEdges(inventory, 'aws-auth')[0]).toBe(`${FROM}group:system:authenticated: aws-auth mapRoles ${A}`);
  });
});
