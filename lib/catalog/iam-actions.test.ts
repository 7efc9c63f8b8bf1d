import { describe, expect, it } from 'vitest';
import { formatOf } from '../access/aws/action-catalog.ts';
import { matchesPattern } from '../access/pattern.ts';
import { iamActions } from './iam-actions.ts';

describe('iamActions', () => {
  it.each([
    ['s3', 'GetObject', 'read'],
    ['s3', 'ListBucket', 'list'],
    ['s3', 'DeleteObject', 'write'],
    ['s3', 'PutBucketPolicy', 'permissions'],
    ['s3', 'PutObjectTagging', 'tagging'],
    ['iam', 'AttachRolePolicy', 'permissions'],
    ['secretsmanager', 'GetSecretValue', 'read'],
    ['sts', 'AssumeRole', 'write'],
  ])('knows %s:%s as %s', async (service, name, level) => {
    const { services } = await iamActions();
    expect(services.find((one) => one.service === service)?.actions.find((action) => action.name === name)?.level).toBe(level);
  });

  it.each([
    ['arn:aws:s3:::assets/x', 's3', ['bucket', 'object']],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/team-a-*', 'dynamodb', ['table']],
    ['arn:aws:kms:eu-west-1:111122223333:key/1', 'kms', ['key']],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf', 'secretsmanager', ['Secret']],
    ['arn:aws:sqs:eu-west-1:111122223333:orders', 'sqs', ['queue']],
    ['arn:aws:ssm:eu-west-1:111122223333:parameter/x', 'ssm', ['parameter']],
  ])('has %s among the ARNs of %s: %j', async (arn, service, types) => {
    const { services } = await iamActions();
    const known = services.find((one) => one.service === service)?.resourceTypes.filter((one) => matchesPattern(formatOf(one), arn));
    expect(known?.map(({ name }) => name)).toEqual(types);
  });

  it('has every service once, sorted, and is read once', async () => {
    const catalog = await iamActions();
    const names = catalog.services.map(({ service }) => service);
    expect(names.length).toBeGreaterThan(300);
    expect(names).toEqual([...new Set(names)].sort());
    expect(await iamActions()).toBe(catalog);
  });
});
