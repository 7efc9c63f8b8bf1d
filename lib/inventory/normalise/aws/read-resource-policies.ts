import { z } from 'zod';
import type { PolicyDocument } from '../../aws.ts';
import type { AwsOrigin } from '../aws-origin.ts';
import { readPolicyDocument } from '../aws-policy-document.ts';
import {
  type AwsReader,
  accountOfArn,
  homelessGap,
  isTruncated,
  malformedGap,
  readDocument,
  readEach,
  reader,
  recordArn,
} from './reader.ts';
import { namedResource } from './resource-arn.ts';
import { page, text } from './shapes.ts';
import type { AwsSink } from './sink.ts';

/** Commands that print a policy as JSON text under `Policy` and leave it to their arguments to say whose. */
const POLICY_COMMANDS = ['s3api-get-bucket-policy', 'kms-get-key-policy', 'lambda-get-policy'];

const ECR_POLICY = 'ecr-get-repository-policy';

/** Errors that say that the resource has no policy, by command. */
const NO_POLICY: ReadonlyMap<string, string> = new Map([
  ['s3api-get-bucket-policy', 'NoSuchBucketPolicy'],
  ['lambda-get-policy', 'ResourceNotFoundException'],
  [ECR_POLICY, 'RepositoryPolicyNotFoundException'],
]);

const repositoryShape = z.object({ repositoryArn: z.string(), repositoryUri: z.string(), imageTagMutability: text });

/** Policies that hang on resources, and ECR's repositories. Sources: the API references of S3, KMS, Secrets Manager, SQS, SNS, Lambda and ECR. */
export const RESOURCE_READERS: readonly AwsReader[] = [
  reader({
    keys: ['Policy'],
    commands: POLICY_COMMANDS,
    tells: (answer) => typeof (answer as { Policy?: unknown }).Policy === 'string' && isPolicyText((answer as { Policy: string }).Policy),
    everyday: true,
    shape: z.object({ Policy: z.string() }),
    read: (answer, origin, sink) => addNamedPolicy({ raw: answer.Policy, pointer: '/Policy' }, origin, sink),
  }),
  reader({
    keys: ['ARN', 'Name'],
    commands: ['secretsmanager-get-resource-policy'],
    tells: (answer) => Object.hasOwn(answer, 'ResourcePolicy'),
    shape: z.object({ ARN: z.string(), ResourcePolicy: z.unknown().optional() }),
    read: (answer, origin, sink) =>
      addPolicy(answer.ARN, { raw: answer.ResourcePolicy ?? undefined, pointer: '/ResourcePolicy' }, { origin, sink }),
  }),
  reader({
    keys: ['Attributes'],
    commands: ['sqs-get-queue-attributes', 'sns-get-topic-attributes'],
    tells: namesQueueOrTopic,
    everyday: true,
    shape: z.object({ Attributes: z.object({ QueueArn: text, TopicArn: text, Policy: text }).nullish() }),
    read({ Attributes: attributes }, origin, sink) {
      const policy = { raw: attributes?.Policy || undefined, pointer: '/Attributes/Policy' };
      const arn = attributes?.QueueArn ?? attributes?.TopicArn;
      if (arn == null) addNamedPolicy(policy, origin, sink);
      else addPolicy(arn, policy, { origin, sink });
    },
  }),
  reader({
    keys: ['repositoryName', 'policyText'],
    shape: z.object({ registryId: text, repositoryName: z.string(), policyText: z.string() }),
    read({ policyText, registryId, repositoryName }, origin, sink) {
      const account = registryId ?? origin.account;
      const policy = { raw: policyText, pointer: '/policyText' };
      const named = namedResource('ecr', origin.resource ?? '', account);
      if ('arn' in named) addPolicy(named.arn, policy, { origin, sink });
      else
        addNamedPolicy(policy, { ...origin, ...(account == null ? {} : { account }), command: ECR_POLICY, resource: repositoryName }, sink);
    },
  }),
  reader({
    keys: ['repositories'],
    commands: ['ecr-describe-repositories'],
    tells: namesRepository,
    shape: z.object({ repositories: z.array(z.unknown()), ...page }),
    read(answer, origin, sink) {
      let account = origin.account;
      const place = { file: origin.file, pointer: '/repositories', sink };
      readEach(answer.repositories, { shape: repositoryShape, what: 'ecr repository', place }, (repository, at) => {
        const arn = recordArn(repository.repositoryArn, 'ecr repository', { ...at, pointer: `${at.pointer}/repositoryArn` });
        if (arn === undefined) return;
        account = arn.account;
        // With exclusions some tags may still be overwritten; without the field they all may.
        const mutable = repository.imageTagMutability !== 'IMMUTABLE';
        sink.record('repositories', { arn: repository.repositoryArn, account: arn.account, uri: repository.repositoryUri, mutable });
      });
      sink.page({
        list: 'ecr repositories',
        ...(origin.resource === undefined ? {} : { of: `region ${origin.resource}` }),
        permission: 'ecr:DescribeRepositories',
        file: origin.file,
        truncated: isTruncated(answer),
        ...(account === undefined ? {} : { account }),
      });
    },
  }),
];

/** Whether an error says that the resource has no policy; if so, that is told. `code` is the API's error code. */
export function readNoPolicy(code: string, origin: AwsOrigin, sink: AwsSink): boolean {
  const { command, resource } = origin;
  if (command === undefined || resource === undefined || NO_POLICY.get(command) !== code) return false;
  addNamedPolicy({ raw: undefined, pointer: '' }, origin, sink);
  return true;
}

interface RawPolicy {
  /** Undefined: the resource has none. */
  readonly raw: unknown;
  readonly pointer: string;
}

function addNamedPolicy(policy: RawPolicy, origin: AwsOrigin, sink: AwsSink): void {
  const service = serviceOf(origin.command);
  if (service === undefined || origin.resource === undefined) {
    sink.gap(
      homelessGap(
        'policy of a resource',
        origin,
        'ACCOUNT/COMMAND/RESOURCE.json, for example 111122223333/s3api-get-bucket-policy/BUCKET.json',
      ),
    );
    return;
  }
  const named = namedResource(service, origin.resource, origin.account);
  if ('arn' in named) {
    addPolicy(named.arn, policy, { origin, sink });
    return;
  }
  const document = documentOf(policy, `${service} ${named.resource}`, { origin, sink });
  sink.policyOfUnknownArn({ ...named, ...(document === undefined ? {} : { document }), file: origin.file });
}

function addPolicy(arn: string, policy: RawPolicy, { origin, sink }: { readonly origin: AwsOrigin; readonly sink: AwsSink }): void {
  const account = accountOfArn(arn) ?? origin.account;
  const document = documentOf(policy, arn, { origin, sink });
  if (!arn.startsWith('arn:')) {
    sink.gap(malformedGap('policy of a resource', { file: origin.file, pointer: '', why: 'no ARN' }));
    return;
  }
  sink.record('resourcePolicies', {
    arn,
    ...(account === undefined ? {} : { account }),
    ...(document === undefined ? {} : { document }),
  });
}

function documentOf(
  { raw, pointer }: RawPolicy,
  of: string,
  { origin, sink }: { readonly origin: AwsOrigin; readonly sink: AwsSink },
): PolicyDocument | undefined {
  return raw === undefined ? undefined : readDocument(raw, `resource policy of ${of}`, { file: origin.file, pointer, sink });
}

function serviceOf(command: string | undefined): string | undefined {
  const service = command?.slice(0, command.indexOf('-'));
  return service === 's3api' ? 's3' : service;
}

function namesQueueOrTopic(answer: object): boolean {
  const { Attributes: attributes } = answer as { Attributes?: { QueueArn?: unknown; TopicArn?: unknown } | null };
  return typeof attributes?.QueueArn === 'string' || typeof attributes?.TopicArn === 'string';
}

function namesRepository({ repositories }: { readonly repositories?: unknown }): boolean {
  const first: unknown = Array.isArray(repositories) ? repositories[0] : undefined;
  return typeof (first as { repositoryArn?: unknown } | null | undefined)?.repositoryArn === 'string';
}

function isPolicyText(raw: string): boolean {
  return /^\s*\{/.test(raw) && readPolicyDocument(raw).problem === undefined;
}
