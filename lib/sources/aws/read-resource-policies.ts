import { type Account, ask, fail, keep, keepNothing, type Reading, type Run } from './account.ts';
import type { AwsFault } from './fault.ts';
import type { NamedResource } from './named-resources.ts';

/** How the policy of one kind of resource is read. */
interface Way {
  readonly reading: (resource: NamedResource) => Reading & { readonly about: string };
  /** The code by which the service says that there is no policy. */
  readonly none?: string;
}

/** Source: the API reference of each service. */
const WAYS: Readonly<Record<NamedResource['service'], Way>> = {
  s3: {
    reading: ({ name }) => ({ operation: 's3:GetBucketPolicy', input: { Bucket: name }, about: name }),
    none: 'NoSuchBucketPolicy',
  },
  kms: {
    reading: ({ arn, region }) => ({
      operation: 'kms:GetKeyPolicy',
      region,
      input: { KeyId: arn, PolicyName: 'default' },
      about: arn,
    }),
  },
  secretsmanager: {
    reading: ({ arn, region, name }) => ({
      operation: 'secretsmanager:GetResourcePolicy',
      region,
      // A name that ends like the six random characters of an ARN is taken for them; a whole ARN is not.
      input: { SecretId: /-[A-Za-z0-9]{6}$/.test(name) ? arn : name },
      about: arn,
    }),
  },
  sqs: {
    reading: ({ arn, region, account, name }) => ({
      operation: 'sqs:GetQueueAttributes',
      region,
      input: { QueueUrl: `https://sqs.${region}.${suffixOf(arn)}/${account}/${name}`, AttributeNames: ['Policy', 'QueueArn'] },
      about: arn,
    }),
  },
  sns: { reading: ({ arn, region }) => ({ operation: 'sns:GetTopicAttributes', region, input: { TopicArn: arn }, about: arn }) },
  lambda: {
    reading: ({ arn, region }) => ({ operation: 'lambda:GetPolicy', region, input: { FunctionName: arn }, about: arn }),
    none: 'ResourceNotFoundException',
  },
  ecr: {
    reading: ({ arn, region, account, name }) => ({
      operation: 'ecr:GetRepositoryPolicy',
      region,
      input: { registryId: account, repositoryName: name },
      about: arn,
    }),
    none: 'RepositoryPolicyNotFoundException',
  },
};

/** By which a bucket of another account answers its policy's readers; nobody but the owner may. */
const NOT_THE_OWNER = new Set(['MethodNotAllowed', 'AccessDenied', 'AllAccessDisabled']);

/**
 * The policies of all resources that policies of the accounts name exactly, where the resource's account is among them. Of a bucket, whose
 * ARN has no account, the account that named it is asked first, then the others.
 */
export async function readResourcePolicies(run: Run, accounts: readonly Account[]): Promise<void> {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  await Promise.all(
    run.named.list().map((resource) => {
      if (resource.service === 's3')
        return readBucketPolicy(
          resource,
          [byId.get(resource.namedBy), ...accounts].filter((one) => one !== undefined),
        );
      const owner = byId.get(resource.account);
      return owner === undefined ? undefined : readPolicy(owner, resource);
    }),
  );
  if (run.named.beyond() > 0) run.builder.addGap(beyondGap(run.named.beyond()));
}

async function readBucketPolicy(resource: NamedResource, accounts: readonly Account[]): Promise<void> {
  let first: { readonly account: Account; readonly fault: AwsFault } | undefined;
  for (const account of new Set(accounts)) {
    const fault = await tryPolicy(account, resource);
    if (fault === undefined) return;
    first ??= { account, fault };
    if (!NOT_THE_OWNER.has(fault.code)) break;
  }
  if (first !== undefined) tellOf(first.account, resource, first.fault);
}

async function readPolicy(account: Account, resource: NamedResource): Promise<void> {
  const fault = await tryPolicy(account, resource);
  if (fault !== undefined) tellOf(account, resource, fault);
}

/** The fault by which nothing is known; undefined: the policy, or that there is none, was kept. */
async function tryPolicy(account: Account, resource: NamedResource): Promise<AwsFault | undefined> {
  const { reading, none } = WAYS[resource.service];
  const { about, ...call } = reading(resource);
  const { answer, fault } = await ask(account, call);
  if (answer !== undefined) keep(account, call.operation, answer, about);
  else if (fault.code === none) keepNothing(account, call.operation, fault.code, about);
  else return fault;
  return undefined;
}

/** A resource that does not exist has no policy to miss; one of another owner is theirs to read. */
function tellOf(account: Account, resource: NamedResource, fault: AwsFault): void {
  if (fault.kind === 'absent') return;
  const seen = fault.code === 'MethodNotAllowed' ? ({ kind: 'denied', code: 'the bucket is of another account' } as const) : fault;
  fail(account, WAYS[resource.service].reading(resource), seen);
}

/** Where the services of a partition live. Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function suffixOf(arn: string): string {
  return arn.startsWith('arn:aws-cn:') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

function beyondGap(count: number): Parameters<Run['builder']['addGap']>[0] {
  return {
    source: 'aws',
    what: `resource policies of ${count} more resources that policies name`,
    why: 'so many resources are named that only the first of them were read',
    remedy: 'add the answers of the commands that `podreach collect-script --aws` lists for them to a snapshot',
  };
}
