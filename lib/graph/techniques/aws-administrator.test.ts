import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, accountWith, federated, managed } from '../testing/aws-account.ts';
import { group, user, userArn } from '../testing/aws-onward.ts';
import { API, DENY, roleWorld, S3, SHARED } from '../testing/aws-role-world.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const ADMIN = [`aws-role:${API} → aws-admin:${ACCOUNT}`];
const MAYBE = [`aws-role:${API} → aws-admin:${ACCOUNT} (conditional)`];
const AWS_ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';

describe('aws-administrator', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['every action on every resource', roleWorld({ inline: [ALL] }), ADMIN],
    ['every action of every service', roleWorld({ inline: [{ ...ALL, Action: '*:*' }] }), ADMIN],
    ['among other statements', roleWorld({ inline: [S3, { ...ALL, Action: ['s3:*', '*'], Resource: ['arn:aws:s3:::x', '*'] }] }), ADMIN],
    ['AdministratorAccess', roleWorld({ attached: [AWS_ADMIN] }, [managed(AWS_ADMIN, ALL)]), ADMIN],
    ['any name of the policy', roleWorld({ attached: [SHARED] }, [managed(SHARED, ALL)]), ADMIN],
    ['a condition', roleWorld({ inline: [{ ...ALL, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } } }] }), MAYBE],
    ['a boundary that was not read', roleWorld({ inline: [ALL], boundary: SHARED }), MAYBE],
    ['a boundary of everything', roleWorld({ inline: [ALL], boundary: SHARED }, [managed(SHARED, ALL)]), ADMIN],
    ['a Deny beside it', roleWorld({ inline: [ALL, DENY] }), MAYBE],
    [
      'a free statement beside one under a condition',
      roleWorld({ inline: [{ ...ALL, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, ALL] }),
      ADMIN,
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'aws-administrator')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['every action on one resource', roleWorld({ inline: [{ ...ALL, Resource: 'arn:aws:s3:::assets' }] })],
    ['every action of one service', roleWorld({ inline: [{ ...ALL, Action: 's3:*' }] })],
    ['every reading action', roleWorld({ inline: [{ ...ALL, Action: ['*:Get*', '*:List*'] }] })],
    [
      'the two halves in two statements',
      roleWorld({
        inline: [
          { ...ALL, Action: 's3:*' },
          { ...ALL, Resource: 'arn:aws:s3:::x' },
        ],
      }),
    ],
    ['a boundary of one action', roleWorld({ inline: [ALL], boundary: SHARED }, [managed(SHARED, S3)])],
    ['a Deny of everything', roleWorld({ inline: [{ ...ALL, Effect: 'Deny' }] })],
    ['all but some actions', roleWorld({ inline: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] })],
    ['every action on all but some resources', roleWorld({ inline: [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x' }] })],
    ['a role that is only called so', roleWorld({ attached: [SHARED] }, [managed(SHARED, S3)])],
    ['a boundary of everything', roleWorld({ boundary: AWS_ADMIN, inline: [S3] }, [managed(AWS_ADMIN, ALL)])],
    ['a policy that is attached to nobody', roleWorld({}, [managed(AWS_ADMIN, ALL)])],
    ['a trust policy of everything', roleWorld({ trust: [federated(undefined, { Action: '*' })] })],
    ['a role without policies', roleWorld({})],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'aws-administrator')).toEqual([]);
  });

  it('points at the statement that allows everything', () => {
    expect(evidenceOf(roleWorld({ inline: [S3, ALL] }).inventory(), 'aws-administrator')).toContain(
      `AwsRole ${API} /RolePolicyList/0/PolicyDocument/Statement/1`,
    );
  });

  it('finds users, by their own policies and by those of their groups, and points at the group', () => {
    const own = accountWith({ users: [user('u', { inline: [ALL] })] }).inventory();
    expect(edgesOf(own, 'aws-administrator')).toEqual([`aws-user:${userArn('u')} → aws-admin:${ACCOUNT}`]);
    const member = accountWith({ users: [user('u', { groups: ['g'] })], groups: [group('g', [S3, ALL])] }).inventory();
    expect(edgesOf(member, 'aws-administrator')).toEqual([`aws-user:${userArn('u')} → aws-admin:${ACCOUNT}`]);
    expect(evidenceOf(member, 'aws-administrator')).toEqual([
      `AwsGroup arn:aws:iam::${ACCOUNT}:group/g /GroupPolicyList/0/PolicyDocument/Statement/1`,
    ]);
    expect(edgesOf(accountWith({ users: [user('u')], groups: [group('g', [ALL])] }).inventory(), 'aws-administrator')).toEqual([]);
  });
});
