import { describe, expect, it } from 'vitest';
import { awsReview } from './review.ts';
import { ACCOUNT, role, roleArn, trusts, world } from './testing/world.ts';

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
const DECRYPTOR = role(roleArn('decryptor'), {
  trust: trusts(),
  inline: { decrypt: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY }] },
});
const inventory = world({ roles: [DECRYPTOR] });

const keyPolicy = (principal: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:*', Resource: '*' }],
});

describe('a supposed policy of the resource', () => {
  it.each([
    ['none: the key policy was not read', undefined, 'Conditional'],
    ['one that leaves it to IAM', keyPolicy(`arn:aws:iam::${ACCOUNT}:root`), 'Allowed'],
    ['the same as text', JSON.stringify(keyPolicy(`arn:aws:iam::${ACCOUNT}:root`)), 'Allowed'],
    ['one for somebody else', keyPolicy(`arn:aws:iam::${ACCOUNT}:role/other`), 'ImplicitlyDenied'],
    [
      'one that denies',
      { Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } },
      'ExplicitlyDenied',
    ],
  ])('%s', (_name, resourcePolicy, decision) => {
    const question = { identity: DECRYPTOR.arn, action: 'kms:Decrypt', resource: KEY, resourcePolicy };
    expect(awsReview(inventory, question)).toMatchObject({ decision });
  });

  it('that is none is an error with its place', () => {
    const question = {
      identity: DECRYPTOR.arn,
      action: 'kms:Decrypt',
      resource: KEY,
      resourcePolicy: { Statement: [{ Effect: 'allow' }] },
    };
    expect(awsReview(inventory, question)).toEqual({ error: expect.stringContaining('/Statement/0') });
  });

  it('is forgotten after the question', () => {
    awsReview(inventory, { identity: DECRYPTOR.arn, action: 'kms:Decrypt', resource: KEY, resourcePolicy: keyPolicy('*') });
    expect(awsReview(inventory, { identity: DECRYPTOR.arn, action: 'kms:Decrypt', resource: KEY })).toMatchObject({
      decision: 'Conditional',
    });
  });
});
