import { command } from '../shell.ts';

/**
 * Lets a member act as a Google service account, always. The account is named in full, as gcloud knows no project by an email, and in a policy with
 * conditions it asks for one where none is said. Source: https://cloud.google.com/sdk/gcloud/reference/iam/service-accounts/add-iam-policy-binding
 */
export const letActAs = (email: string, member: string): string =>
  command(
    'gcloud',
    'iam',
    'service-accounts',
    'add-iam-policy-binding',
    `projects/-/serviceAccounts/${email}`,
    '--role=roles/iam.workloadIdentityUser',
    `--member=${member}`,
    '--condition=None',
  );
