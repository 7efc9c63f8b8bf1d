import { describe, expect, it } from 'vitest';
import { cardText } from './card-text.ts';

describe('cardText', () => {
  it.each([
    { name: 'a pod', node: { kind: 'pod', label: 'api-0', namespace: 'shop', count: 1 }, text: ['api-0', 'shop'] },
    { name: 'without namespace', node: { kind: 'cluster-role', label: 'view', count: 1 }, text: ['view', 'Cluster role'] },
    {
      name: 'named after its namespace',
      node: { kind: 'namespace-admin', label: 'shop', namespace: 'shop', count: 1 },
      text: ['shop', 'Namespace admin'],
    },
    {
      name: 'everything of a namespace',
      node: { kind: 'all-secrets', label: 'shop', namespace: 'shop', count: 1 },
      text: ['All secrets', 'shop'],
    },
    { name: 'everything everywhere', node: { kind: 'all-secrets', label: '*', count: 1 }, text: ['All secrets', 'Whole cluster'] },
    {
      name: 'a stack of everythings',
      node: { kind: 'all-secrets', label: '6 × all secrets', count: 6 },
      text: ['6 × all secrets', 'All secrets'],
    },
    {
      name: 'a role by its ARN',
      node: { kind: 'aws-role', label: 'arn:aws:iam::111122223333:role/path/deploy', count: 1 },
      text: ['deploy', 'AWS role · 111122223333'],
    },
    { name: 'a bucket', node: { kind: 'aws-statement', label: 'arn:aws:s3:::logs', count: 1 }, text: ['logs', 'AWS permission'] },
    {
      name: 'an ARN that ends in a slash',
      node: { kind: 'aws-role', label: 'arn:aws:iam::1:role/', count: 1 },
      text: ['arn:aws:iam::1:role/', 'AWS role · 1'],
    },
    { name: 'nearly an ARN', node: { kind: 'aws-role', label: 'arn:deploy', count: 1 }, text: ['arn:deploy', 'AWS role'] },
  ] as const)('$name', ({ node, text }) => {
    const { name, caption } = cardText(node);
    expect([name, caption]).toEqual(text);
  });
});
