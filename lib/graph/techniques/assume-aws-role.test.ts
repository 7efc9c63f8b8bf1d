import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { type AccountParts, accountWith, federated, ISSUER, PROVIDER, role, roleArn, tokenFor } from '../testing/aws-account.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const API = roleArn('api');
const sub = (operator: string, value: string) => ({ [operator]: { [`${ISSUER}:sub`]: value } });
const EXACT = federated(sub('StringEquals', 'system:serviceaccount:shop:api'));
const trusting = (...trust: Record<string, unknown>[]) => [role('api', { trust })];
/** Two accounts, of which `shop/api` may be annotated, and the role. */
const world = (roles: AccountParts['roles'] = trusting(EXACT), more: AccountParts = {}, annotations?: object) =>
  accountWith({ roles, ...more })
    .serviceAccount('shop/api', annotations === undefined ? {} : { metadata: { namespace: 'shop', name: 'api', annotations } })
    .serviceAccount('dev/api');
const ANNOTATED = { 'eks.amazonaws.com/role-arn': API };
const STS = tokenFor('sts.amazonaws.com');
const pod = (fixture: ClusterFixture, options: object) => fixture.pod('shop/api-1', { serviceAccount: 'api', ...options });
const SA = `sa:shop/api → aws-role:${API}`;
const POD = `pod:shop/api-1 → aws-role:${API}`;

describe('assume-aws-role', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['annotation and trust', world(undefined, {}, ANNOTATED), [`${SA} (wired)`]],
    ['trust alone', world(), [`${SA} (possible)`]],
    [
      'an annotation alone',
      world(trusting(federated(sub('StringEquals', 'system:serviceaccount:shop:web'))), {}, ANNOTATED),
      [`${SA} (broken)`],
    ],
    ['a role that does not exist', world([], {}, ANNOTATED), [`${SA} (broken)`]],
    ['no provider in the account', world(undefined, { provider: false }, ANNOTATED), [`${SA} (broken)`]],
    // The pods that its annotation makes get nothing; pods that ask for the other audience get in. Whichever of the two sorts first.
    [
      'a broken annotation and another audience that works: sorting first',
      world(undefined, { audiences: ['a.example.com'] }, ANNOTATED),
      [`${SA} (possible)`],
    ],
    [
      'a broken annotation and another audience that works: sorting last',
      world(undefined, { audiences: ['vault'] }, ANNOTATED),
      [`${SA} (possible)`],
    ],
    [
      'an audience condition that the provider does not meet',
      world(
        trusting(
          federated({ StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:shop:api', [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }),
        ),
        { audiences: ['vault'] },
        ANNOTATED,
      ),
      [`${SA} (broken)`],
    ],
    ['a Deny that wins', world(trusting(EXACT, federated(undefined, { Effect: 'Deny' })), {}, ANNOTATED), [`${SA} (broken)`]],
    [
      'a condition on what nobody knows',
      world(
        trusting(federated({ ...sub('StringEquals', 'system:serviceaccount:shop:api'), IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
        {},
        ANNOTATED,
      ),
      [`${SA} (conditional)`],
    ],
    ['a pattern over one namespace', world(trusting(federated(sub('StringLike', 'system:serviceaccount:shop:*')))), [`${SA} (possible)`]],
    [
      'a role that does not look at the subject',
      world(trusting(federated())),
      [`sa:dev/api → aws-role:${API} (possible)`, `${SA} (possible)`],
    ],
    ['a pod with the token', pod(world(undefined, {}, ANNOTATED), STS), [`${POD} (wired)`, `${SA} (wired)`]],
    ['a pod that mounts the token itself', pod(world(), STS), [`${POD} (wired)`, `${SA} (possible)`]],
    [
      'a pod with the token of a conditional link',
      pod(world(trusting(federated({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })), {}, ANNOTATED), STS),
      [`${POD} (conditional)`, `sa:dev/api → aws-role:${API} (conditional)`, `${SA} (conditional)`],
    ],
    ['no pod edge of a broken link', pod(world([], {}, ANNOTATED), STS), [`${SA} (broken)`]],
    ['no pod edge without the token', pod(world(undefined, {}, ANNOTATED), {}), [`${SA} (wired)`]],
    ['no pod edge with a token for somebody else', pod(world(undefined, {}, ANNOTATED), tokenFor('vault')), [`${SA} (wired)`]],
    ['no pod edge of a pod that has ended', pod(world(undefined, {}, ANNOTATED), { ...STS, phase: 'Succeeded' }), [`${SA} (wired)`]],
    ['no pod edge for a token that nobody mounts', pod(world(undefined, {}, ANNOTATED), { volumes: STS.volumes }), [`${SA} (wired)`]],
    [
      'no pod edge for a pod of another account',
      world(undefined, {}, ANNOTATED).pod('dev/api-1', { serviceAccount: 'api', ...STS }),
      [`${SA} (wired)`],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'assume-aws-role')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['trust of another account', world(trusting(federated(sub('StringEquals', 'system:serviceaccount:shop:web'))))],
    ['trust of the same name in another namespace', world(trusting(federated(sub('StringEquals', 'system:serviceaccount:prod:api'))))],
    ['a value in other letters', world(trusting(federated(sub('StringEquals', 'system:serviceaccount:Shop:api'))))],
    ['a pattern under StringEquals, which knows none', world(trusting(federated(sub('StringEquals', 'system:serviceaccount:shop:*'))))],
    ['another issuer', world(trusting(federated(undefined, { Principal: { Federated: PROVIDER.replace('TEST', 'OTHER') } })))],
    ['another action', world(trusting(federated(undefined, { Action: 'sts:AssumeRole' })))],
    ['the issuer as a service', world(trusting(federated(undefined, { Principal: { Service: 'ec2.amazonaws.com' } })))],
    ['a Deny', world(trusting(EXACT, federated(sub('StringLike', '*'), { Effect: 'Deny' })))],
    [
      'two statements, each with half of it',
      world(
        trusting(
          federated(undefined, { Action: 'sts:TagSession' }),
          federated(undefined, { Principal: { Federated: PROVIDER.replace('TEST', 'OTHER') } }),
        ),
      ),
    ],
    ['an audience condition for somebody else', world(trusting(federated({ StringEquals: { [`${ISSUER}:aud`]: 'vault' } })))],
    ['no provider', world(undefined, { provider: false })],
    ['a provider without the audience', world(undefined, { audiences: [] })],
    ['an annotation of nothing', world([], {}, { 'eks.amazonaws.com/role-arn': '' })],
    ['an annotation of another tool', world([], {}, { 'iam.amazonaws.com/role': API })],
    ['an account that no role knows', accountWith({ roles: trusting(EXACT) }).serviceAccount('dev/api')],
    [
      'trust of Pod Identity',
      world(trusting({ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] })),
    ],
    [
      'a pod with the token and a role that does not let it in',
      pod(world(trusting(federated(sub('StringEquals', 'system:serviceaccount:shop:web')))), STS),
    ],
    ['no role at all', pod(world([]), STS)],
    [
      'a pod of an account that was not read',
      accountWith({ roles: [] })
        .serviceAccount('dev/api')
        .pod('shop/api-1', { serviceAccount: 'api', ...STS }),
    ],
    [
      'an Allow for the account beside a Deny for its namespace',
      world(trusting(EXACT, federated(sub('StringLike', 'system:serviceaccount:shop:*'), { Effect: 'Deny' }))),
    ],
    [
      'a subject condition on the key of another issuer',
      world(trusting(federated({ StringEquals: { 'other.example.com:sub': 'system:serviceaccount:shop:api' } }))),
    ],
    ['an empty list of subjects', world(trusting(federated({ StringEquals: { [`${ISSUER}:sub`]: [] } })))],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'assume-aws-role')).toEqual([]);
  });

  it('points at the token, the annotation and the statement', () => {
    expect(evidenceOf(pod(world(undefined, {}, ANNOTATED), STS).inventory(), 'assume-aws-role')).toEqual(
      expect.arrayContaining([
        'Pod shop/api-1 /spec/volumes/0/projected/sources/0/serviceAccountToken',
        'ServiceAccount shop/api /metadata/annotations/eks.amazonaws.com~1role-arn',
        `AwsRole ${API} /AssumeRolePolicyDocument/Statement/0`,
      ]),
    );
  });
});
