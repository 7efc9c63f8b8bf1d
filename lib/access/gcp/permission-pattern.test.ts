import { describe, expect, it } from 'vitest';
import { coversDenied, coversPermission } from './permission-pattern.ts';

describe('patterns of permissions', () => {
  it.each([
    ['iam.serviceAccounts.actAs', 'iam.serviceAccounts.actAs', true],
    ['iam.*', 'iam.serviceAccounts.actAs', true],
    ['iam.serviceAccounts.*', 'iam.serviceAccounts.actAs', true],
    ['*.*.setIamPolicy', 'storage.buckets.setIamPolicy', true],
    ['container.*.get', 'container.pods.get', true],
    ['container.*.get', 'container.pods.getLogs', false],
    ['iam.serviceAccounts.act', 'iam.serviceAccounts.actAs', false],
    ['iam.serviceAccounts', 'iam.serviceAccounts.actAs', false],
    ['iam.serviceAccounts.actAs', 'iam.serviceAccounts', false],
    ['iam.*', 'iam', false],
  ])('%s covers %s: %s', (pattern, permission, expected) => {
    expect(coversPermission(pattern, permission)).toBe(expected);
  });

  it.each([
    ['iam.googleapis.com/serviceAccountKeys.create', 'iam.serviceAccountKeys.create', true],
    ['iam.googleapis.com/serviceAccountKeys.*', 'iam.serviceAccountKeys.create', true],
    ['iam.googleapis.com/*.create', 'iam.serviceAccountKeys.create', true],
    ['iam.googleapis.com/*.*', 'iam.serviceAccountKeys.create', true],
    ['cloudresourcemanager.googleapis.com/projects.setIamPolicy', 'resourcemanager.projects.setIamPolicy', true],
    ['iam.googleapis.com/workloadIdentityPools.list', 'iam.googleapis.com/workloadIdentityPools.list', true],
    ['storage.googleapis.com/objects.get', 'iam.objects.get', false],
    ['iam.googleapis.com/serviceAccountKeys.get', 'iam.serviceAccountKeys.create', false],
    ['iam.serviceAccountKeys.create', 'iam.serviceAccountKeys.create', false],
  ])('the denied %s covers %s: %s', (denied, permission, expected) => {
    expect(coversDenied(denied, permission)).toBe(expected);
  });
});
