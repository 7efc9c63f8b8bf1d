import { describe, expect, test } from 'vitest';
import { ACCOUNT, collected } from './testing/collected.ts';

describe('an error in the place of an answer', () => {
  test.each([
    [
      'a denial of IAM',
      'iam-list-open-id-connect-providers',
      { Error: { Code: 'AccessDenied', Message: 'x' } },
      'iam:ListOpenIDConnectProviders',
    ],
    ['a denial of EKS', 'eks-list-access-entries.prod', { __type: 'x#AccessDeniedException', message: 'x' }, 'eks:ListAccessEntries'],
    ['a denial of EC2', 'ec2-describe-instances', { Error: { Code: 'UnauthorizedOperation' } }, 'ec2:DescribeInstances'],
    ['a denial of S3', 's3api-list-buckets', { Error: { Code: 'AccessDenied' } }, 's3:ListAllMyBuckets'],
    [
      'a denial of Organizations',
      'organizations-describe-organization',
      { __type: 'AccessDeniedException' },
      'organizations:DescribeOrganization',
    ],
    [
      'the message of the command, whose operation counts',
      'sqs-get-queue-attributes/q',
      { message: 'An error occurred (AccessDenied) when calling the GetQueueAttributes operation: …' },
      'sqs:GetQueueAttributes',
    ],
    ['words only', 'kms-get-key-policy/k', { message: 'User: arn:x is not authorized to perform: kms:GetKeyPolicy' }, 'kms:GetKeyPolicy'],
  ])('%s names the missing action', (_name, path, answer, permission) => {
    const { known, gaps } = collected([`${ACCOUNT}/${path}.json`, answer]);
    expect(known).toEqual([true]);
    expect(gaps).toMatchObject([{ permission, where: ACCOUNT, file: `${ACCOUNT}/${path}.json` }]);
  });

  test.each([
    ['not found', { __type: 'ResourceNotFoundException', message: 'No cluster found for name: x.' }, '(ResourceNotFoundException)'],
    ['throttled', { message: 'An error occurred (Throttling) when calling the DescribeCluster operation: Rate exceeded' }, '(Throttling)'],
    ['without a code', { message: 'something' }, 'an error of the API instead'],
  ])('%s is a gap without an action', (_name, answer, why) => {
    const { gaps } = collected([`${ACCOUNT}/eks-describe-cluster/x.json`, answer]);
    expect(gaps).toMatchObject([{ why: expect.stringContaining(why) }]);
    expect(gaps[0]).not.toHaveProperty('permission');
  });

  test('keeps what the message says of identities and values out of the gap', () => {
    const message = 'An error occurred (AccessDenied) when calling the ListRoles operation: CANARY is not authorized';
    expect(JSON.stringify(collected([`${ACCOUNT}/iam-list-roles.json`, { message }]).gaps)).not.toContain('CANARY');
  });

  test('is anybody\u2019s where no path says that it is AWS\u2019', () => {
    expect(collected(['x.json', { message: 'AccessDenied' }])).toMatchObject({ known: [false], gaps: [] });
  });
});
