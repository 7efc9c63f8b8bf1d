import { describe, expect, test } from 'vitest';
import { ACCOUNT, collected, OTHER_ACCOUNT, type StoredAnswer } from './testing/collected.ts';

const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'one', Effect: 'Allow', Principal: '*', Action: 'x:y', Resource: '*' }],
};
const TEXT = JSON.stringify(DOCUMENT);
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1a-2b`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:news`;
const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db-AbCdEf`;
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:mover`;
const REPOSITORY = `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/shop/api`;
/** Something else of the account, which names its region. */
const CLUSTER: StoredAnswer = ['cluster.json', { cluster: { name: 'prod', arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/prod` } }];
const ABROAD: StoredAnswer = ['abroad.json', { cluster: { name: 'us', arn: `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/us` } }];
const encoded = encodeURIComponent;

describe('a resource policy belongs to', () => {
  test.each<[string, StoredAnswer, string]>([
    ['the bucket of the path', [`${ACCOUNT}/s3api-get-bucket-policy/b.json`, { Policy: TEXT }], 'arn:aws:s3:::b'],
    ['a bucket with dots', [`${ACCOUNT}/s3api-get-bucket-policy/logs.example.com.json`, { Policy: TEXT }], 'arn:aws:s3:::logs.example.com'],
    ['a bucket by its ARN', [`${ACCOUNT}/s3api-get-bucket-policy/${encoded('arn:aws:s3:::b')}.json`, { Policy: TEXT }], 'arn:aws:s3:::b'],
    ['a key by its encoded ARN', [`${ACCOUNT}/kms-get-key-policy/${encoded(KEY)}.json`, { Policy: TEXT }], KEY],
    ['a key by its ARN with folders', [`${ACCOUNT}/kms-get-key-policy/${KEY}.json`, { Policy: TEXT, PolicyName: 'default' }], KEY],
    ['a key by its flat ARN', [`${ACCOUNT}/kms-get-key-policy/${KEY.replace(/[:/]/g, '_')}.json`, { Policy: TEXT }], KEY],
    ['a key by its id, in the only region', [`${ACCOUNT}/kms-get-key-policy/1a-2b.json`, { Policy: TEXT }], KEY],
    ['a queue that names itself', ['q.json', { Attributes: { QueueArn: QUEUE, Policy: TEXT } }], QUEUE],
    ['a queue by its ARN', [`${ACCOUNT}/sqs-get-queue-attributes/${encoded(QUEUE)}.json`, { Attributes: { Policy: TEXT } }], QUEUE],
    [
      'a queue by its URL',
      [
        `${ACCOUNT}/sqs-get-queue-attributes/${encoded(`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`)}.json`,
        { Attributes: { Policy: TEXT } },
      ],
      QUEUE,
    ],
    ['a topic that names itself', ['t.json', { Attributes: { TopicArn: TOPIC, Owner: ACCOUNT, Policy: TEXT } }], TOPIC],
    ['a secret that names itself', ['s.json', { ARN: SECRET, Name: 'db', ResourcePolicy: TEXT }], SECRET],
    ['a function by its name', [`${ACCOUNT}/lambda-get-policy/mover.json`, { Policy: TEXT, RevisionId: 'x' }], FUNCTION],
    ['a function by its flat ARN', [`${ACCOUNT}/lambda-get-policy/${FUNCTION.replace(/:/g, '_')}.json`, { Policy: TEXT }], FUNCTION],
    [
      'a repository that names itself in part',
      ['r.json', { registryId: ACCOUNT, repositoryName: 'shop/api', policyText: TEXT }],
      REPOSITORY,
    ],
  ])('%s', (_name, answer, arn) => {
    const { aws, gaps } = collected(answer, CLUSTER);
    expect(gaps).toEqual([]);
    expect(aws.resourcePolicies).toMatchObject([{ arn, account: ACCOUNT, document: { statements: [{ sid: 'one' }] } }]);
  });

  test('the region of the repository that was described, where the account has several', () => {
    const described = { repositories: [{ repositoryArn: REPOSITORY, repositoryUri: 'x' }] };
    const policy: StoredAnswer = ['r.json', { registryId: ACCOUNT, repositoryName: 'shop/api', policyText: TEXT }];
    expect(collected(policy, CLUSTER, ABROAD, ['d.json', described]).aws.resourcePolicies).toMatchObject([{ arn: REPOSITORY }]);
  });

  test('nobody where the region is not sure, or the resource is not named at all: a gap', () => {
    const key: StoredAnswer = [`${ACCOUNT}/kms-get-key-policy/1a-2b.json`, { Policy: TEXT }];
    expect(collected(key, CLUSTER, ABROAD)).toMatchObject({
      aws: { resourcePolicies: [] },
      gaps: [{ what: 'resource policy of kms key/1a-2b' }],
    });
    expect(collected(key)).toMatchObject({ aws: { resourcePolicies: [] }, gaps: [{ file: key[0] }] });
    expect(collected([`${ACCOUNT}/s3api-get-bucket-policy.json`, { Policy: TEXT }]).gaps).toMatchObject([{ what: 'policy of a resource' }]);
    expect(collected(['policy.json', { Policy: TEXT }])).toMatchObject({ known: [true], gaps: [{ what: 'policy of a resource' }] });
  });

  test('the partition of its account', () => {
    const china: StoredAnswer = ['c.json', { cluster: { name: 'x', arn: `arn:aws-cn:eks:cn-north-1:${OTHER_ACCOUNT}:cluster/x` } }];
    expect(collected(china, [`${OTHER_ACCOUNT}/s3api-get-bucket-policy/b.json`, { Policy: TEXT }]).aws.resourcePolicies).toMatchObject([
      { arn: 'arn:aws-cn:s3:::b' },
    ]);
  });
});

describe('no policy', () => {
  test.each<[string, StoredAnswer, string]>([
    ['a bucket', [`${ACCOUNT}/s3api-get-bucket-policy/b.json`, { Error: { Code: 'NoSuchBucketPolicy' } }], 'arn:aws:s3:::b'],
    [
      'a bucket, in the words of the command',
      [
        `${ACCOUNT}/s3api-get-bucket-policy/b.json`,
        { message: 'An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist' },
      ],
      'arn:aws:s3:::b',
    ],
    [
      'a function',
      [`${ACCOUNT}/lambda-get-policy/mover.json`, { __type: 'com.amazonaws.lambda#ResourceNotFoundException', message: 'x' }],
      FUNCTION,
    ],
    [
      'a repository',
      [`${ACCOUNT}/ecr-get-repository-policy/${encoded(REPOSITORY)}.json`, { __type: 'RepositoryPolicyNotFoundException' }],
      REPOSITORY,
    ],
    ['a queue', ['q.json', { Attributes: { QueueArn: QUEUE } }], QUEUE],
    ['a secret', ['s.json', { ARN: SECRET, Name: 'db', ResourcePolicy: null }], SECRET],
    ['a secret whose answer leaves it out', [`${ACCOUNT}/secretsmanager-get-resource-policy/db.json`, { ARN: SECRET, Name: 'db' }], SECRET],
  ])('of %s was read, and is no gap', (_name, answer, arn) => {
    expect(collected(answer, CLUSTER)).toMatchObject({ aws: { resourcePolicies: [{ arn, account: ACCOUNT }] }, gaps: [] });
    expect(collected(answer, CLUSTER).aws.resourcePolicies[0]).not.toHaveProperty('document');
  });

  test('is another thing than a bucket that is not there, or may not be asked', () => {
    const error = (Code: string): StoredAnswer => [`${ACCOUNT}/s3api-get-bucket-policy/b.json`, { Error: { Code } }];
    expect(collected(error('NoSuchBucket'))).toMatchObject({
      aws: { resourcePolicies: [] },
      gaps: [{ what: 'answer of s3api-get-bucket-policy about b' }],
    });
    expect(collected(error('AccessDenied')).gaps).toMatchObject([{ permission: 's3:GetBucketPolicy' }]);
  });

  test('a document that cannot be read is a gap, and the policy stays unreadable', () => {
    const { aws, gaps } = collected([`${ACCOUNT}/s3api-get-bucket-policy/b.json`, { Policy: '{"Statement":1}' }]);
    expect(gaps).toMatchObject([{ pointer: '/Policy/Statement' }]);
    expect(aws.resourcePolicies[0]?.document?.unreadable).toBeTypeOf('string');
  });
});

describe('repositories', () => {
  test.each([
    ['MUTABLE', true],
    ['IMMUTABLE', false],
    ['IMMUTABLE_WITH_EXCLUSION', true],
    [undefined, true],
  ])('with tags %s may be overwritten: %s', (imageTagMutability, mutable) => {
    const repository = {
      repositoryArn: REPOSITORY,
      repositoryUri: 'u',
      ...(imageTagMutability === undefined ? {} : { imageTagMutability }),
    };
    expect(collected(['a.json', { repositories: [repository] }])).toMatchObject({
      aws: { repositories: [{ arn: REPOSITORY, account: ACCOUNT, uri: 'u', mutable }] },
      gaps: [],
    });
  });

  test('that are malformed are a gap each, and the others count', () => {
    const good = { repositoryArn: REPOSITORY, repositoryUri: 'u' };
    const { aws, gaps } = collected(['a.json', { repositories: [good, { repositoryUri: 'x' }, { ...good, repositoryArn: 'x' }] }]);
    expect(aws.repositories).toHaveLength(1);
    expect(gaps.map(({ pointer }) => pointer)).toEqual(['/repositories/1/repositoryArn', '/repositories/2/repositoryArn']);
  });

  test('of a page that is cut off are a gap, and somebody\u2019s repositories are none', () => {
    expect(collected([`${ACCOUNT}/ecr-describe-repositories.json`, { repositories: [], nextToken: 'x' }]).gaps).toMatchObject([
      { permission: 'ecr:DescribeRepositories' },
    ]);
    expect(collected(['helm.json', { repositories: [{ name: 'stable', url: 'https://x' }] }])).toMatchObject({ known: [false], gaps: [] });
  });
});
