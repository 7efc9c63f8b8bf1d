import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { SourceError } from '../source-error.ts';
import { AWS_OPERATIONS, type AwsOperation } from './operations.ts';
import { accountOf, type Disturbance, errorReply, json, type Replay, startReplay, xml } from './testing/replay.ts';
import { awsEnvironment, SECRET, tryCollect } from './testing/try-collect.ts';

const CALLER = 'arn:aws:sts::111122223333:user/moto';
let replay: Replay;
let environment: ReturnType<typeof awsEnvironment>;
let disturb: Disturbance = () => undefined;

beforeEach(async () => {
  disturb = () => undefined;
  replay = await startReplay((request, recorded) => disturb(request, recorded) ?? alone(request, recorded));
  environment = awsEnvironment(replay.url);
});
afterEach(async () => {
  environment.close();
  await replay.close();
});

/** Where a test does not say otherwise, the accounts are in no organisation: what of it one member may not read are gaps of their own. */
const alone: Disturbance = (request) =>
  request.operation === 'organizations:DescribeOrganization' ? errorReply(request, 'AWSOrganizationsNotInUseException', 400) : undefined;

const failing =
  (operation: string, code: string, status = 400): Disturbance =>
  (request) =>
    request.operation === operation ? errorReply(request, code, status) : undefined;

function awsGaps({ gaps }: Inventory): Inventory['gaps'] {
  expect(JSON.stringify(gaps)).not.toContain('CANARY');
  return gaps.filter(({ source }) => source === 'aws');
}

async function failureOf(options: Parameters<typeof tryCollect>[0]): Promise<SourceError> {
  const error: unknown = await tryCollect(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SourceError);
  expect(String((error as SourceError).message)).not.toContain('CANARY');
  return error as SourceError;
}

describe('what is refused is a gap with the action that is missing', () => {
  /** The code by which each service refuses, where it is not `AccessDeniedException`. */
  const codes: Readonly<Record<string, string>> = {
    iam: 'AccessDenied',
    s3: 'AccessDenied',
    ec2: 'UnauthorizedOperation',
    sns: 'AuthorizationError',
  };
  const recorded = (Object.keys(AWS_OPERATIONS) as AwsOperation[]).filter(
    (operation) => !/^(sts|secretsmanager|sqs|sns|lambda):|ecr:GetRepositoryPolicy/.test(operation),
  );
  test.each(recorded)('%s', async (operation) => {
    const code = codes[operation.split(':')[0] ?? ''] ?? 'AccessDeniedException';
    const refuse = failing(operation, code, operation.startsWith('ec2') || operation.startsWith('s3') ? 403 : 400);
    disturb = (request, recorded) => refuse(request, recorded) ?? (request.operation.startsWith('organizations:') ? recorded : undefined);
    const gaps = awsGaps(await tryCollect({ profiles: ['prod', 'management'] }));
    const refused = gaps.filter(({ permission, why }) => permission === operation && why.startsWith('AWS refuses'));
    expect(refused.length).toBeGreaterThan(0);
    for (const gap of refused) {
      expect(gap.where).toMatch(/^\d{12}$/);
      expect(`${gap.why}; ${gap.remedy}`).toMatch(/^AWS refuses `arn:aws:sts::\d{12}:[^`]+` the action .+ \(\w+\); .*\S$/);
      expect(`${gap.what} ${gap.why}`).toContain(operation);
    }
    // What hangs on it may be a gap too, but no other call was refused.
    expect(gaps.filter(({ permission, why }) => why.startsWith('AWS refuses') && permission !== operation)).toEqual([]);
  });

  test('the rest is read all the same', async () => {
    disturb = failing('iam:GetAccountAuthorizationDetails', 'AccessDenied', 403);
    const { aws, ...rest } = await tryCollect({ profiles: ['prod'] });
    expect(aws.roles).toEqual([]);
    expect(aws.accounts).toEqual([]);
    expect(aws.podIdentityAssociations).toHaveLength(16);
    expect(awsGaps({ aws, ...rest }).map(({ what, where, permission }) => ({ what, where, permission }))).toEqual([
      {
        what: 'iam roles, users, groups and policies of account 111122223333',
        where: '111122223333',
        permission: 'iam:GetAccountAuthorizationDetails',
      },
    ]);
  });

  test('sixteen refusals of one action are one gap', async () => {
    disturb = failing('eks:DescribePodIdentityAssociation', 'AccessDeniedException', 403);
    const gaps = awsGaps(await tryCollect({ profiles: ['prod'] })).filter(({ why }) => why.startsWith('AWS refuses'));
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.what).toMatch(/^pod identity associations of account 111122223333 in eu-west-1 \(`.+` and 6 more\)$/);
  });

  test('of an organisation that none of the accounts may read there is one gap, which says who may', async () => {
    disturb = (request, recorded) =>
      request.operation.startsWith('organizations:List') ? errorReply(request, 'AccessDeniedException', 400) : recorded;
    const gaps = awsGaps(await tryCollect({ profiles: ['prod', 'data'] }));
    expect(gaps.filter(({ why }) => why.startsWith('AWS refuses')).map(({ permission }) => permission)).toEqual([
      'organizations:ListPolicies',
    ]);
    expect(gaps.find(({ permission }) => permission === 'organizations:ListPolicies')?.remedy).toContain('999988887777');
  });

  test('the account that may read the organisation reads it for all', async () => {
    disturb = (request, recorded) =>
      request.operation.startsWith('organizations:List') && accountOf(request) !== '999988887777'
        ? errorReply(request, 'AccessDeniedException', 400)
        : recorded;
    const { aws, gaps } = await tryCollect({ profiles: ['prod', 'data', 'management'] });
    expect(gaps).toEqual([]);
    expect(aws.organization?.attachments.get('111122223333')).toHaveLength(2);
  });

  test('an account without an organisation misses nothing', async () => {
    const { aws, gaps } = await tryCollect({ profiles: ['prod'] });
    expect(gaps).toEqual([]);
    expect(aws.organization?.policies ?? []).toEqual([]);
  });

  test('a cluster that knows aws-auth alone is not asked for access entries', async () => {
    const cluster = {
      name: 'prod-eu',
      arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod-eu',
      accessConfig: { authenticationMode: 'CONFIG_MAP' },
    };
    disturb = (request) => {
      if (request.operation === 'eks:ListClusters') return json({ clusters: ['prod-eu'] });
      if (request.operation === 'eks:DescribeCluster') return json({ cluster });
      return request.operation === 'eks:ListAccessEntries' ? errorReply(request, 'InvalidRequestException', 400) : undefined;
    };
    const inventory = await tryCollect({ profiles: ['prod'] });
    expect(awsGaps(inventory)).toEqual([]);
    expect(inventory.aws.eksClusters.map(({ authenticationMode }) => authenticationMode)).toEqual(['CONFIG_MAP']);
  });

  test('the bucket of somebody else is theirs to read, and that is said', async () => {
    disturb = (request) =>
      request.operation === 's3:GetBucketPolicy' && request.subject.includes('acme-tenants')
        ? errorReply(request, 'MethodNotAllowed', 405)
        : undefined;
    const gaps = awsGaps(await tryCollect({ profiles: ['prod', 'data'] }));
    expect(gaps.map(({ what, why }) => ({ what, why }))).toEqual([
      {
        what: 'bucket policies of account 111122223333 (`acme-tenants`)',
        why: expect.stringContaining('the bucket is of another account'),
      },
    ]);
  });
});

describe('what fails for a while or for ever', () => {
  test('a throttled call is tried again, and nothing is missing', async () => {
    let times = 0;
    disturb = (request) => {
      if (request.operation !== 'iam:ListInstanceProfiles' || times === 1) return undefined;
      times += 1;
      return errorReply(request, 'Throttling', 400);
    };
    const inventory = await tryCollect({ profiles: ['prod'], attempts: 4 });
    expect(times).toBe(1);
    expect(awsGaps(inventory)).toEqual([]);
    expect(inventory.aws.instanceProfiles).toHaveLength(2);
  });

  const rows: { name: string; disturb: Disturbance; says: string }[] = [
    {
      name: 'throttling without end',
      disturb: failing('ecr:DescribeRepositories', 'TooManyRequestsException', 429),
      says: 'AWS throttled ecr:DescribeRepositories to the end of all tries',
    },
    {
      name: 'a server error without end',
      disturb: failing('ecr:DescribeRepositories', 'ServerException', 500),
      says: 'ecr:DescribeRepositories failed (ServerException, status 500)',
    },
    {
      name: 'a connection that breaks',
      disturb: ({ operation }) => (operation === 'ecr:DescribeRepositories' ? 'hang up' : undefined),
      says: 'the endpoint of ecr in eu-west-1 cannot be reached (ECONNRESET)',
    },
    {
      name: 'a page of a proxy instead of an answer',
      disturb: ({ operation }) =>
        operation === 'ecr:DescribeRepositories' ? { status: 200, type: 'text/html', body: '<h1>CANARY</h1>' } : undefined,
      says: 'ecr:DescribeRepositories failed (SyntaxError, status 200)',
    },
    {
      name: 'a list whose next page is always the same',
      disturb: ({ operation }) => (operation === 'ecr:DescribeRepositories' ? json({ repositories: [], nextToken: 'again' }) : undefined),
      says: 'ecr:DescribeRepositories failed (EndlessList)',
    },
    {
      name: 'credentials that a region does not know',
      disturb: failing('ecr:DescribeRepositories', 'UnrecognizedClientException', 403),
      says: 'AWS does not accept the credentials of',
    },
  ];
  test.each(rows)('$name', async ({ disturb: with_, says }) => {
    disturb = with_;
    const { aws, ...rest } = await tryCollect({ profiles: ['prod'] });
    const gaps = awsGaps({ aws, ...rest }).filter(({ what }) => what.startsWith('image repositories of account 111122223333 in eu-west-1'));
    expect(gaps.map(({ why }) => why)).toEqual([expect.stringContaining(says)]);
    expect(aws.roles).toHaveLength(60);
  });

  test('the pages before one that fails are kept, and the account does not count as whole', async () => {
    disturb = (request) =>
      request.operation === 'iam:GetAccountAuthorizationDetails' && request.subject === '50'
        ? errorReply(request, 'ServiceFailure', 500)
        : undefined;
    const { aws } = await tryCollect({ profiles: ['prod'] });
    expect(aws.roles.length).toBeGreaterThan(20);
    expect(aws.roles.length).toBeLessThan(60);
    expect(aws.accounts).toEqual([]);
  });

  test('a cluster that is gone by now is a gap of its own', async () => {
    disturb = (request) => (request.operation === 'eks:ListClusters' ? json({ clusters: ['prod-eu', 'nope'] }) : undefined);
    const gone = awsGaps(await tryCollect({ profiles: ['prod'] })).find(({ what }) => what.startsWith('eks clusters'));
    expect(gone?.what).toBe('eks clusters of account 111122223333 in eu-west-1 (`nope`)');
    expect(gone?.why).toContain('ResourceNotFoundException');
  });

  test('the deadline keeps what came before it', async () => {
    disturb = ({ operation }) => (operation === 'iam:ListInstanceProfiles' ? 'hang' : undefined);
    const inventory = await tryCollect({ profiles: ['prod'], deadlineMs: 5000 });
    const [gap] = awsGaps(inventory).filter(({ why }) => why.startsWith('the deadline of 5 s passed'));
    expect(gap?.what).toContain('instance profiles of account 111122223333');
    expect(inventory.aws.roles).toHaveLength(60);
  });

  test('an abort ends it with the reason that was given, and asks nothing more', async () => {
    const controller = new AbortController();
    disturb = ({ operation, subject }) => {
      if (operation === 'iam:GetAccountAuthorizationDetails' && subject === '25') controller.abort(new Error('enough'));
      return undefined;
    };
    await expect(tryCollect({ profiles: ['prod'], signal: controller.signal })).rejects.toThrow('enough');
    expect(replay.requests.filter(({ subject }) => subject === '50')).toEqual([]);
  });
});

describe('credentials', () => {
  test('none at all', async () => {
    const error = await failureOf({});
    expect(error.message).toMatch(/^the default credential chain gives no AWS credentials; sign in .*aws sts get-caller-identity`$/);
    expect(error.retryable).toBe(false);
    expect(replay.requests).toEqual([]);
  });

  test('a profile that is not there', async () => {
    expect((await failureOf({ profiles: ['nobody'] })).message).toContain('profile `nobody` gives no AWS credentials');
  });

  test('the default chain takes the usual variables', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA444455556666TEST');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    expect((await tryCollect({})).aws.roles).toHaveLength(6);
  });

  test('a bundle of certificates that is not there', async () => {
    vi.stubEnv('AWS_CA_BUNDLE', '/no/such/bundle.pem');
    expect((await failureOf({ profiles: ['prod'] })).message).toBe(
      'AWS_CA_BUNDLE=`/no/such/bundle.pem` cannot be read (ENOENT); correct the variable or unset it',
    );
  });

  test('AWS does not know them', async () => {
    disturb = failing('sts:GetCallerIdentity', 'InvalidClientTokenId', 403);
    expect((await failureOf({ profiles: ['prod'] })).message).toContain(
      'AWS does not accept the credentials of profile `prod` (InvalidClientTokenId)',
    );
  });

  test('no connection', async () => {
    await replay.close();
    const error = await failureOf({ profiles: ['prod'] });
    expect(error.message).toContain('the endpoint of AWS STS cannot be reached (ECONNREFUSED)');
    expect(error.retryable).toBe(true);
    replay = await startReplay();
  });

  test('one of two accounts does not open: a gap, and the other is read', async () => {
    const inventory = await tryCollect({ profiles: ['prod', 'nobody'] });
    expect(awsGaps(inventory).map(({ what }) => what)).toEqual(['the AWS account of profile `nobody`']);
    expect(inventory.aws.roles).toHaveLength(60);
  });

  test('two ways into one account read it once', async () => {
    const inventory = await tryCollect({ profiles: ['prod'], roles: [role('111122223333')] });
    expect(awsGaps(inventory)).toEqual([]);
    expect(replay.requests.filter(({ operation }) => operation === 'eks:ListClusters')).toHaveLength(1);
  });

  const role = (account: string): string => `arn:aws:iam::${account}:role/podreach`;
  const session = (account: string): string =>
    `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIA${account}TEST</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey>` +
    `<SessionToken>${SECRET}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

  beforeEach(() => {
    disturb = (request) => {
      const account = /::(\d{12}):role\//.exec(request.subject)?.[1] ?? '';
      return request.operation === 'sts:AssumeRole' ? xml(200, session(account)) : undefined;
    };
  });

  test('a role is assumed once, with the credentials of the first profile', async () => {
    const inventory = await tryCollect({ profiles: ['prod'], roles: [role('444455556666')] });
    expect(inventory.aws.accounts).toEqual(['111122223333', '444455556666']);
    const assumed = replay.requests.filter(({ operation }) => operation === 'sts:AssumeRole');
    expect(assumed.map(({ subject, accessKey }) => [subject, accessKey])).toEqual([[role('444455556666'), 'AKIA111122223333TEST']]);
  });

  test('roles alone: the account of the chain is not read', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA111122223333TEST');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    expect((await tryCollect({ roles: [role('444455556666')] })).aws.accounts).toEqual(['444455556666']);
  });

  test('a role that may not be assumed', async () => {
    disturb = failing('sts:AssumeRole', 'AccessDenied', 403);
    const [gap] = awsGaps(await tryCollect({ profiles: ['prod'], roles: [role('444455556666')] }));
    expect(gap?.permission).toBe(`sts:AssumeRole on ${role('444455556666')}`);
    expect(gap?.why).toContain('may not be assumed (AccessDenied)');
  });
});

describe('regions', () => {
  test('those of the options are read besides the one of the environment', async () => {
    await tryCollect({ profiles: ['prod'], regions: ['eu-central-1', 'eu-west-1'] });
    const asked = replay.requests.filter(({ operation }) => operation === 'eks:ListClusters').map(({ region }) => region);
    expect(asked.sort()).toEqual(['eu-central-1', 'eu-west-1']);
  });

  test('AWS_DEFAULT_REGION counts where AWS_REGION is not set', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', 'ap-south-1');
    await tryCollect({ profiles: ['prod'] });
    expect(replay.requests.find(({ operation }) => operation === 'eks:ListClusters')?.region).toBe('ap-south-1');
  });

  test('none: IAM is read, and a gap says what is not', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    const inventory = await tryCollect({ profiles: ['prod'] });
    expect(inventory.aws.roles).toHaveLength(60);
    expect(awsGaps(inventory).map(({ what, remedy }) => [what, remedy])).toEqual([
      ['eks clusters of account 111122223333', 'name it with --aws-region, or set AWS_REGION'],
    ]);
  });
});

test('the caller in the gaps is who the credentials are', async () => {
  disturb = failing('iam:ListInstanceProfiles', 'AccessDenied', 403);
  expect(awsGaps(await tryCollect({ profiles: ['prod'] }))[0]?.why).toContain(`\`${CALLER}\``);
});
