import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNamedResources, namedResource } from './named-resources.ts';
import { ASSUME_ROLE, AWS_OPERATIONS } from './operations.ts';
import { type Disturbance, errorReply, json, type Replay, startReplay, xml } from './testing/replay.ts';
import { awsEnvironment, tryCollect } from './testing/try-collect.ts';

const ACCOUNT = '999988887777';
const arn = (service: string, rest: string, account = ACCOUNT): string => `arn:aws:${service}:eu-west-1:${account}:${rest}`;

describe('what an element of Resource names exactly', () => {
  const rows: [name: string, text: string, service: string, named: string][] = [
    ['a bucket', 'arn:aws:s3:::assets', 's3', 'arn:aws:s3:::assets'],
    ['the bucket of objects', 'arn:aws:s3:::assets/public/*', 's3', 'arn:aws:s3:::assets'],
    ['a bucket of China', 'arn:aws-cn:s3:::assets/*', 's3', 'arn:aws-cn:s3:::assets'],
    ['a key', arn('kms', 'key/1111-2222'), 'kms', arn('kms', 'key/1111-2222')],
    ['a secret', arn('secretsmanager', 'secret:db-AbCdEf'), 'secretsmanager', arn('secretsmanager', 'secret:db-AbCdEf')],
    ['a secret by its name', arn('secretsmanager', 'secret:prod/db-??????'), 'secretsmanager', arn('secretsmanager', 'secret:prod/db')],
    [
      'a secret with signs',
      arn('secretsmanager', 'secret:a/b_c+d=e.f@g-AbCdEf'),
      'secretsmanager',
      arn('secretsmanager', 'secret:a/b_c+d=e.f@g-AbCdEf'),
    ],
    ['a queue', arn('sqs', 'orders'), 'sqs', arn('sqs', 'orders')],
    ['a queue in order', arn('sqs', 'orders.fifo'), 'sqs', arn('sqs', 'orders.fifo')],
    [
      'a queue of the US government',
      `arn:aws-us-gov:sqs:us-gov-west-1:${ACCOUNT}:orders`,
      'sqs',
      `arn:aws-us-gov:sqs:us-gov-west-1:${ACCOUNT}:orders`,
    ],
    ['an old bucket', 'arn:aws:s3:::Old_Bucket.Example', 's3', 'arn:aws:s3:::Old_Bucket.Example'],
    ['a key of several regions', arn('kms', 'key/mrk-1234abcd'), 'kms', arn('kms', 'key/mrk-1234abcd')],
    ['a topic', arn('sns', 'alerts'), 'sns', arn('sns', 'alerts')],
    ['the topic of a subscription', arn('sns', 'alerts:1234'), 'sns', arn('sns', 'alerts')],
    ['a function', arn('lambda', 'function:resize'), 'lambda', arn('lambda', 'function:resize')],
    ['the function of all versions', arn('lambda', 'function:resize:*'), 'lambda', arn('lambda', 'function:resize')],
    ['a repository', arn('ecr', 'repository/shop/api'), 'ecr', arn('ecr', 'repository/shop/api')],
  ];
  test.each(rows)('%s', (_name, text, service, named) => {
    expect(namedResource(text, ACCOUNT)).toMatchObject({ service, arn: named });
  });

  const silent: [name: string, text: string][] = [
    ['everything', '*'],
    ['a pattern of buckets', 'arn:aws:s3:::acme-*'],
    ['a bucket with a variable', `arn:aws:s3:::home-$\{aws:username}/x`],
    ['an access point', 'arn:aws:s3:eu-west-1:999988887777:accesspoint/a'],
    ['an alias of a key', arn('kms', 'alias/x')],
    ['all keys', arn('kms', 'key/*')],
    ['secrets by a prefix', arn('secretsmanager', 'secret:prod/*')],
    ['a queue of any account', 'arn:aws:sqs:eu-west-1:*:orders'],
    ['a queue of any region', `arn:aws:sqs:*:${ACCOUNT}:orders`],
    ['a layer', arn('lambda', 'layer:x')],
    ['a role', `arn:aws:iam::${ACCOUNT}:role/x`],
    ['a table', arn('dynamodb', 'table/x')],
    ['no ARN', 'constructor'],
    ['a region that no host can have', `arn:aws:kms:-:${ACCOUNT}:key/1111`],
    ['a region longer than a host may be', `arn:aws:sqs:${'x'.repeat(100)}:${ACCOUNT}:orders`],
    ['a region that leads elsewhere', `arn:aws:sqs:fips:${ACCOUNT}:orders`],
    ['a bucket of half a character', 'arn:aws:s3:::x\ud800y'],
    ['a bucket that walks up', 'arn:aws:s3:::../x'],
    ['an alias of Outposts, which the SDK does not take for a bucket', `arn:aws:s3:::${'a'.repeat(60)}--op-s3`],
    ['a directory bucket, which the SDK opens a session for', 'arn:aws:s3:::foo--use1-az4--x-s3'],
    ['an alias of an access point', 'arn:aws:s3:::foo-s3alias'],
    ['a key of half a character', arn('kms', 'key/\ud800')],
    ['a function of half a character', arn('lambda', 'function:\ud800')],
    ['a queue that is a file', arn('sqs', 'file:///etc/passwd')],
    ['a queue that walks up', arn('sqs', 'a/../../b')],
    ['a topic with a line break', arn('sns', 'a\nb')],
    ['a secret with a line break', arn('secretsmanager', 'secret:a\nb')],
    ['a repository that is a file', arn('ecr', 'repository/file:///etc/passwd')],
    ['a text of a megabyte', `arn:aws:s3:::${'a'.repeat(1_000_000)}`],
  ];
  test.each(silent)('not %s', (_name, text) => {
    expect(namedResource(text, ACCOUNT)).toBeUndefined();
  });

  test('only what is allowed counts, each once, and no more than a bound', () => {
    const named = createNamedResources();
    const statement = (Effect: string, Resource: unknown) => ({ Statement: [{ Effect, Action: '*', Resource }] });
    named.add(statement('Deny', 'arn:aws:s3:::denied'), ACCOUNT);
    named.add(statement('Allow', ['arn:aws:s3:::one', 'arn:aws:s3:::one/*']), ACCOUNT);
    named.add('%7B this is no policy', ACCOUNT);
    expect(named.list().map(({ name }) => name)).toEqual(['one']);
    const many = Array.from({ length: 4100 }, (_, at) => `arn:aws:s3:::many-${at}`);
    named.add(statement('Allow', many), ACCOUNT);
    named.add(statement('Allow', many), ACCOUNT);
    expect(named.list()).toHaveLength(4000);
    expect(named.beyond()).toBe(101);
  });
});

describe('the policies of what the policies of an account name', () => {
  const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
  const resources = {
    bucket: 'arn:aws:s3:::assets/*',
    key: arn('kms', 'key/1111-2222'),
    secret: arn('secretsmanager', 'secret:db-AbCdEf'),
    queue: arn('sqs', 'orders'),
    topic: arn('sns', 'alerts'),
    function: arn('lambda', 'function:resize'),
    repository: arn('ecr', 'repository/shop/api'),
    elsewhere: arn('sqs', 'orders', '121212121212'),
  };
  const role =
    `<member><Path>/</Path><RoleName>r</RoleName><Arn>arn:aws:iam::${ACCOUNT}:role/r</Arn><AssumeRolePolicyDocument>%7B%22Statement%22%3A%5B%5D%7D</AssumeRolePolicyDocument>` +
    `<RolePolicyList><member><PolicyName>p</PolicyName><PolicyDocument>${encodeURIComponent(
      JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: Object.values(resources) }] }),
    )}</PolicyDocument></member></RolePolicyList><AttachedManagedPolicies/><Tags/></member>`;
  const details = `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><RoleDetailList>${role}</RoleDetailList><IsTruncated>false</IsTruncated></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;
  const attribute = (key: string, value: string): string =>
    `<entry><key>${key}</key><value>${value.replaceAll('"', '&quot;')}</value></entry>`;
  const answers: Disturbance = ({ operation, subject }) => {
    switch (operation) {
      case 'organizations:DescribeOrganization':
        return errorReply({ operation }, 'AWSOrganizationsNotInUseException', 400);
      case 'iam:GetAccountAuthorizationDetails':
        return xml(200, details);
      case 's3:GetBucketPolicy':
        return { status: 200, type: 'application/xml', body: policy };
      case 'kms:GetKeyPolicy':
        return json({ Policy: policy, PolicyName: 'default' });
      case 'secretsmanager:GetResourcePolicy':
        return json({ ARN: subject, Name: 'db', ResourcePolicy: policy });
      case 'sqs:GetQueueAttributes':
        return json({ Attributes: { QueueArn: resources.queue, Policy: policy } });
      case 'sns:GetTopicAttributes':
        return xml(
          200,
          `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes>${attribute('TopicArn', subject)}${attribute('Policy', policy)}</Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`,
        );
      case 'lambda:GetPolicy':
        return json({ Policy: policy, RevisionId: 'r' });
      case 'ecr:GetRepositoryPolicy':
        return json({ registryId: ACCOUNT, repositoryName: 'shop/api', policyText: policy });
      default:
        return undefined;
    }
  };
  let replay: Replay;
  let environment: ReturnType<typeof awsEnvironment>;
  let disturb: Disturbance;
  beforeEach(async () => {
    disturb = () => undefined;
    replay = await startReplay((request, recorded) => disturb(request, recorded) ?? answers(request, recorded));
    environment = awsEnvironment(replay.url);
  });
  afterEach(async () => {
    environment.close();
    await replay.close();
  });
  const owned = [
    'arn:aws:s3:::assets',
    resources.key,
    resources.secret,
    resources.queue,
    resources.topic,
    resources.function,
    resources.repository,
  ].sort();

  test('all seven kinds, and nothing of an account that is not read', async () => {
    const { aws, gaps } = await tryCollect({ profiles: ['management'] });
    expect(gaps.filter(({ source }) => source === 'aws')).toEqual([]);
    expect(aws.resourcePolicies.map(({ arn: of }) => of)).toEqual(owned);
    expect(aws.resourcePolicies.map(({ document }) => document?.statements[0]?.effect)).toEqual(owned.map(() => 'Allow'));
    expect(replay.requests.filter(({ subject }) => subject.includes('121212121212'))).toEqual([]);
  });

  test('where a service says that there is none, that is known', async () => {
    const none: Readonly<Record<string, [string, number]>> = {
      's3:GetBucketPolicy': ['NoSuchBucketPolicy', 404],
      'lambda:GetPolicy': ['ResourceNotFoundException', 404],
      'ecr:GetRepositoryPolicy': ['RepositoryPolicyNotFoundException', 400],
    };
    disturb = (request) => {
      const [code, status] = none[request.operation] ?? [];
      return code === undefined || status === undefined ? undefined : errorReply(request, code, status);
    };
    const { aws, gaps } = await tryCollect({ profiles: ['management'] });
    expect(gaps.filter(({ source }) => source === 'aws')).toEqual([]);
    const without = aws.resourcePolicies.filter(({ document }) => document === undefined).map(({ arn: of }) => of);
    expect(without).toEqual(['arn:aws:s3:::assets', resources.repository, resources.function].sort());
  });

  const refused: [operation: string, code: string][] = [
    ['secretsmanager:GetResourcePolicy', 'AccessDeniedException'],
    ['sqs:GetQueueAttributes', 'AccessDenied'],
    ['sns:GetTopicAttributes', 'AuthorizationError'],
    ['lambda:GetPolicy', 'AccessDeniedException'],
    ['ecr:GetRepositoryPolicy', 'AccessDeniedException'],
  ];
  test.each(refused)('%s refused is a gap', async (operation, code) => {
    disturb = (request) => (request.operation === operation ? errorReply(request, code, 403) : undefined);
    const { aws, gaps } = await tryCollect({ profiles: ['management'] });
    const ofAws = gaps.filter(({ source }) => source === 'aws');
    expect(ofAws.map(({ permission, where }) => [permission, where])).toEqual([[operation, ACCOUNT]]);
    expect(aws.resourcePolicies).toHaveLength(6);
  });
});

test('docs/aws-permissions.md allows what is called, and nothing else', () => {
  const text = readFileSync(new URL('../../../docs/aws-permissions.md', import.meta.url), 'utf8');
  const policies = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, body = '']) => JSON.parse(body) as { Statement: { Action: string[]; Resource: string }[] },
  );
  const actions = policies[0]?.Statement.flatMap(({ Action }) => Action) ?? [];
  // GetCallerIdentity needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  const needed = Object.keys(AWS_OPERATIONS).filter((operation) => operation !== 'sts:GetCallerIdentity');
  expect(actions.sort()).toEqual(needed.sort());
  expect(policies[1]?.Statement.flatMap(({ Action }) => Action)).toEqual([ASSUME_ROLE]);
});
