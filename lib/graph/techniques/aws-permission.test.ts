import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { accountWith, federated, managed, role } from '../testing/aws-account.ts';
import { API, DENY, roleWorld, S3, SHARED } from '../testing/aws-role-world.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const own = (index: number) => `aws-role:${API} → aws-statement:${API}/own#${index}`;
const shared = (index: number) => `aws-role:${API} → aws-statement:${SHARED}#${index}`;

describe('aws-permission', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['an inline statement', roleWorld({ inline: [S3] }), [own(0)]],
    ['each statement by its place', roleWorld({ inline: [S3, S3] }), [own(0), own(1)]],
    ['a statement of an attached policy', roleWorld({ attached: [SHARED] }, [managed(SHARED, S3)]), [shared(0)]],
    ['inline and attached', roleWorld({ inline: [S3], attached: [SHARED] }, [managed(SHARED, S3)]), [shared(0), own(0)].sort()],
    ['all but some actions', roleWorld({ inline: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }), [own(0)]],
    [
      'a statement under a condition',
      roleWorld({ inline: [{ ...S3, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }] }),
      [`${own(0)} (conditional)`],
    ],
    ['a statement within a boundary', roleWorld({ inline: [S3], boundary: SHARED }, [managed(SHARED, S3)]), [own(0)]],
    [
      'a statement of which a boundary leaves a part',
      roleWorld({ inline: [{ ...S3, Action: 's3:*' }], boundary: SHARED }, [managed(SHARED, S3)]),
      [`${own(0)} (conditional)`],
    ],
    ['a statement within a boundary that was not read', roleWorld({ inline: [S3], boundary: SHARED }), [`${own(0)} (conditional)`]],
    ['a statement beside a Deny of another service, and not the Deny', roleWorld({ inline: [{ ...DENY, Action: 'sqs:*' }, S3] }), [own(1)]],
    [
      'a statement beside a Deny of some of its resources',
      roleWorld({ inline: [S3, { ...DENY, Resource: 'arn:aws:s3:::assets/private/*' }] }),
      [`${own(0)} (conditional)`],
    ],
    [
      'a statement beside a Deny under a condition',
      roleWorld({ inline: [S3, { ...DENY, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }] }),
      [`${own(0)} (conditional)`],
    ],
    ['a statement beside a Deny of other resources', roleWorld({ inline: [S3, { ...DENY, Resource: 'arn:aws:s3:::other/*' }] }), [own(0)]],
    [
      'a statement beside a Deny of another action of the service',
      roleWorld({ inline: [S3, { ...DENY, Action: 's3:PutObject' }] }),
      [own(0)],
    ],
    ['a role that no service account can be', accountWith({ roles: [role('api', { inline: [S3] })] }).serviceAccount('shop/api'), [own(0)]],
    [
      'the default version of a policy alone',
      roleWorld({ attached: [SHARED] }, [
        {
          ...managed(SHARED, S3),
          PolicyVersionList: [
            { VersionId: 'v2', IsDefaultVersion: false, Document: { Statement: [S3, S3] } },
            { VersionId: 'v1', IsDefaultVersion: true, Document: { Statement: [S3] } },
          ],
        },
      ]),
      [shared(0)],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'aws-permission')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a role without policies', roleWorld({})],
    [
      'a statement that asks for MFA, which a web identity session never has',
      roleWorld({ inline: [{ ...S3, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }] }),
    ],
    ['a statement beside a Deny of the same action', roleWorld({ inline: [S3, DENY] })],
    ['a statement beside a Deny by wildcard', roleWorld({ inline: [S3, { ...DENY, Action: 's3:Get*' }] })],
    [
      'a statement beside a Deny of all but other actions',
      roleWorld({ inline: [S3, { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }] }),
    ],
    [
      'a statement of which the boundary leaves nothing',
      roleWorld({ inline: [S3], boundary: SHARED }, [managed(SHARED, { ...S3, Action: 'sqs:*' })]),
    ],
    ['a Deny', roleWorld({ inline: [DENY] })],
    ['a policy that is attached to nobody', roleWorld({}, [managed(SHARED, S3)])],
    ['an attached policy that was not read', roleWorld({ attached: [SHARED] })],
    ['a boundary, which gives nothing', roleWorld({ boundary: SHARED }, [managed(SHARED, S3)])],
    ['the trust policy', roleWorld({ trust: [federated(), { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] })],
    ['a document that cannot be read', roleWorld({ inline: [{ Effect: 'Perhaps', Action: '*', Resource: '*' }] })],
    ['an empty document', roleWorld({ inline: [] })],
    [
      'a version that is not the default',
      roleWorld({ attached: [SHARED] }, [
        {
          ...managed(SHARED),
          PolicyVersionList: [
            { VersionId: 'v2', IsDefaultVersion: false, Document: { Statement: [S3] } },
            { VersionId: 'v1', IsDefaultVersion: true, Document: { Statement: [] } },
          ],
        },
      ]),
    ],
    ['no role', accountWith({ policies: [managed(SHARED, S3)] }).serviceAccount('shop/api')],
    ['an association of a role without policies', roleWorld({}).serviceAccount('dev/api')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'aws-permission')).toEqual([]);
  });

  it('points at the statement where the role or the policy prints it', () => {
    expect(
      evidenceOf(
        roleWorld({ inline: [{ ...DENY, Resource: 'arn:aws:s3:::other/*' }, S3], attached: [SHARED] }, [managed(SHARED, S3)]).inventory(),
        'aws-permission',
      ),
    ).toEqual(
      expect.arrayContaining([
        `AwsRole ${API} /RolePolicyList/0/PolicyDocument/Statement/1`,
        `AwsManagedPolicy ${SHARED} /PolicyVersionList/0/Document/Statement/0`,
      ]),
    );
  });
});
