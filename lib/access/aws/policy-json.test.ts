import { expect, test } from 'vitest';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import { policyJson, statementJson } from './policy-json.ts';

const written = (document: object) => {
  const { document: read } = readPolicyDocument(document);
  return policyJson(read, read.statements.map(statementJson));
};

test.each<[string, object]>([
  [
    'a trust policy',
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:p' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'i:sub': 'a', 'i:aud': ['b', 'c'] }, StringLike: { 'i:sub': 'x*' } },
    },
  ],
  ['everybody', { Sid: 'All', Effect: 'Deny', Principal: '*', Action: ['a:b', 'a:c'], Resource: '*' }],
  [
    'several kinds of principals',
    { Effect: 'Allow', Principal: { AWS: ['1', '2'], Service: 'pods.eks.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
  ['all but', { Effect: 'Allow', NotPrincipal: { AWS: '1' }, NotAction: 'a:b', NotResource: ['r', 's'] }],
])('%s is written as it was read', (_, statement) => {
  const document = { Version: '2012-10-17', Statement: [statement] };
  expect(written(document)).toEqual(document);
});

test('a document without a version, and one with a single statement', () => {
  const statement = { Effect: 'Allow', Action: 'a:b', Resource: '*' };
  expect(written({ Statement: statement })).toEqual({ Statement: [statement] });
});
