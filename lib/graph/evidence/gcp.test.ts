import { describe, expect, it } from 'vitest';
import { removeBinding } from './gcp.ts';

const PROJECT = 'projects/shop';
const POOL = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/shop.svc.id.goog';
const fix = (member: string, resource = PROJECT) => {
  const binding = { index: 0, role: 'roles/viewer', members: [member] };
  return removeBinding({ policy: { resource, bindings: [binding] }, binding, member });
};

describe('removeBinding', () => {
  it.each(['user:ann@example.com', 'serviceAccount:a@shop.iam.gserviceaccount.com', `principal:${POOL}/subject/ns/a/sa/b`])(
    'touches nobody else: %s',
    (member) => {
      expect(fix(member).sideEffect).toBe('tokens that were given out work until they end, an hour as a rule');
    },
  );

  it.each(['group:all@example.com', 'domain:example.com', 'allUsers', 'allAuthenticatedUsers', `principalSet:${POOL}/*`])(
    'says that everybody behind the member is touched: %s',
    (member) => {
      expect(fix(member).sideEffect).toMatch(/^everybody whom the member means loses the role; /);
    },
  );

  it('gives no command for a name that would be taken for an option', () => {
    expect(fix('allUsers', 'projects/--all').command).toBeUndefined();
    expect(fix('allUsers').command).toBe(
      'gcloud projects remove-iam-policy-binding shop --member=allUsers --role=roles/viewer --condition=None',
    );
  });

  it('says which of the bindings of a role is meant, as gcloud asks where any has a condition', () => {
    const binding = { index: 0, role: 'roles/viewer', members: ['allUsers'], condition: { expression: 'true' } };
    const { command } = removeBinding({ policy: { resource: PROJECT, bindings: [binding] }, binding, member: 'allUsers' });
    expect(command).toBe('gcloud projects remove-iam-policy-binding shop --member=allUsers --role=roles/viewer --all');
  });

  it('names a service account in full, as gcloud knows no project by an email', () => {
    const resource = 'projects/-/serviceAccounts/a@shop.iam.gserviceaccount.com';
    expect(fix('allUsers', resource).command).toMatch(`gcloud iam service-accounts remove-iam-policy-binding ${resource} `);
  });
});
