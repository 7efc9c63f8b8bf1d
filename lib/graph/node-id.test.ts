import { describe, expect, it } from 'vitest';
import { candidateIds } from './node-id.ts';

describe('the ids that a person may mean', () => {
  it.each([
    ['Pod/shop/web', 'pod:shop/web'],
    ['deploy/shop/web', 'workload:shop/deployment/web'],
    ['node/n1', 'node:n1'],
    ['clusterrole//view', 'clusterrole:view'],
    ['system:serviceaccount:shop:api', 'sa:shop/api'],
    ['svc/shop/web', 'service:shop/web'],
    ['internet', 'internet:internet'],
    ['Cluster-Admin', 'cluster-admin:cluster'],
    ['arn:aws:iam::123456789012:role/x', 'aws-role:arn:aws:iam::123456789012:role/x'],
  ])('%s: %s', (text, id) => {
    expect(candidateIds(text)).toContain(id);
  });

  it.each(['web', 'what/shop/web', '/x', '', '__proto__', 'constructor/x'])('takes `%s` for nothing but itself', (text) => {
    expect(candidateIds(text)).toEqual([text]);
  });
});
