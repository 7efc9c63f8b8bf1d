import { describe, expect, it } from 'vitest';
import type { ClusterFixture, PodOptions } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, accountWith, managed, type RoleParts, role, roleArn } from '../testing/aws-account.ts';
import { allow, explanationsOf, REGION } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Json = Record<string, unknown>;

const A = roleArn('a');
const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const ARN = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/shop/api`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const ACTIONS = ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'];
const PUSH = `aws-role:${A} → aws-resource:push:${ARN}`;
const PULL = `aws-resource:push:${ARN} → pod:shop/web`;
const maybe = (edge: string) => `${edge} (conditional)`;
const repository = (imageTagMutability: string, name = 'shop/api'): Json => ({
  repositories: [
    {
      repositoryArn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`,
      registryId: ACCOUNT,
      repositoryName: name,
      repositoryUri: `${HOST}/${name}`,
      imageTagMutability,
    },
  ],
});
const world = (
  inline: Json[],
  { image = `${HOST}/shop/api:1.2`, boundary, ...options }: PodOptions & { image?: string; boundary?: string } = {},
) => {
  const parts: RoleParts = { inline, ...(boundary === undefined ? {} : { boundary }) };
  return accountWith({ roles: [role('a', parts)], policies: [managed(BOUNDARY, allow('s3:*'))] }).pod('shop/web', {
    container: { image },
    ...options,
  });
};
const mutable = (fixture: ClusterFixture) => fixture.aws(repository('MUTABLE'));

describe('ecr-push', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a push to the repository of a pod', mutable(world([allow(ACTIONS)])), [PUSH, PULL]],
    ['a push to that repository by name', mutable(world([allow(ACTIONS, ARN)])), [PUSH, PULL]],
    ['a repository that was not read', world([allow(ACTIONS)]), [PUSH, maybe(PULL)]],
    ['an image without a tag', mutable(world([allow('ecr:*')], { image: `${HOST}/shop/api` })), [PUSH, PULL]],
    [
      'a condition that nobody knows',
      mutable(world([allow(ACTIONS, '*', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })])),
      [maybe(PUSH), PULL],
    ],
    [
      'each pod of the repository once',
      mutable(world([allow(ACTIONS)]).pod('shop/web-2', { container: { image: `${HOST}/shop/api:2` } })),
      [PUSH, PULL, `${PULL}-2`],
    ],
    ['the administrator of the account', mutable(world([allow('*')])), [PUSH.replace(`aws-role:${A}`, `aws-admin:${ACCOUNT}`), PULL]],
    ['only that a pod pulls it, where nobody may push', mutable(world([])), [PULL]],
    ['only that a pod pulls it, where three of the four rights are there', mutable(world([allow(ACTIONS.slice(1))])), [PULL]],
    ['only that a pod pulls it, where a boundary forbids pushing', mutable(world([allow(ACTIONS)], { boundary: BOUNDARY })), [PULL]],
    ['only that a pod pulls it, where another repository may be pushed to', mutable(world([allow(ACTIONS, `${ARN}-2`)])), [PULL]],
  ])('finds %s', (_name, fixture, expected) => {
    expect(edgesOf(fixture.inventory(), 'ecr-push')).toEqual([...expected].sort());
  });

  it.each<[string, ClusterFixture]>([
    ['tags that cannot be moved', world([allow(ACTIONS)]).aws(repository('IMMUTABLE'))],
    ['an image by digest', mutable(world([allow(ACTIONS)], { image: `${HOST}/shop/api@sha256:${'0'.repeat(64)}` }))],
    ['an image of another registry', mutable(world([allow(ACTIONS)], { image: 'docker.io/shop/api:1' }))],
    [
      'a repository of an account that was not read',
      world([allow(ACTIONS)], { image: `602401143452.dkr.ecr.${REGION}.amazonaws.com/eks/coredns:1` }),
    ],
    ['a pod that has ended', mutable(world([allow(ACTIONS)], { phase: 'Succeeded' }))],
    ['no pod', accountWith({ roles: [role('a', { inline: [allow(ACTIONS)] })] }).aws(repository('MUTABLE'))],
  ])('stays silent: %s', (_name, fixture) => {
    expect(edgesOf(fixture.inventory(), 'ecr-push')).toEqual([]);
  });

  it('does not let whoever only reads the repository reach its pods', () => {
    const found = edgesOf(mutable(world([allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])])).inventory(), 'ecr-push');
    expect(found).toEqual([PULL]);
  });

  it('points at the statement, the image and the repository, and says how to close it', () => {
    const inventory = mutable(world([allow(ACTIONS)])).inventory();
    expect(evidenceOf(inventory, 'ecr-push')).toEqual([
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/0`,
      'Pod shop/web /spec/containers/0/image',
      `EcrRepository ${ARN} /imageTagMutability`,
    ]);
    expect(explanationsOf(inventory, 'ecr-push')[1]?.fix).toBe(
      `aws ecr put-image-tag-mutability --repository-name=shop/api --registry-id=${ACCOUNT} --image-tag-mutability=IMMUTABLE --region=${REGION}`,
    );
    expect(changesOfEdges(inventory, 'ecr-push')).toEqual([
      `${PULL}: image tags of aws-resource:push:${ARN}`,
      `${PUSH}: statement: ${A}/RolePolicyList/0/PolicyDocument/Statement/0 of ${A}`,
    ]);
  });
});
