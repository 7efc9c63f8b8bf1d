import type { Gap } from '../../gap.ts';
import type { GcpOrigin } from './gcp-origin.ts';
import { errorShape } from './gcp-shapes.ts';

type GcpGap = Omit<Gap, 'id'>;

/** The permissions that `gcloud` commands need, where the words do not say them. Source: the IAM permissions reference. */
const GCLOUD_PERMISSIONS = new Map([
  ['gcloud-projects-describe', 'resourcemanager.projects.get'],
  ['gcloud-projects-list', 'resourcemanager.projects.get'],
  ['gcloud-projects-get-iam-policy', 'resourcemanager.projects.getIamPolicy'],
  ['gcloud-projects-get-ancestors-iam-policy', 'resourcemanager.projects.getIamPolicy'],
  ['gcloud-resource-manager-folders-describe', 'resourcemanager.folders.get'],
  ['gcloud-resource-manager-folders-get-iam-policy', 'resourcemanager.folders.getIamPolicy'],
  ['gcloud-organizations-get-iam-policy', 'resourcemanager.organizations.getIamPolicy'],
  ['gcloud-iam-service-accounts-list', 'iam.serviceAccounts.list'],
  ['gcloud-iam-service-accounts-get-iam-policy', 'iam.serviceAccounts.getIamPolicy'],
  ['gcloud-iam-roles-describe', 'iam.roles.get'],
  ['gcloud-iam-roles-list', 'iam.roles.list'],
  ['gcloud-iam-policies-list', 'iam.denypolicies.list'],
  ['gcloud-iam-policies-get', 'iam.denypolicies.get'],
  ['gcloud-iam-workload-identity-pools-list', 'iam.googleapis.com/workloadIdentityPools.list'],
  ['gcloud-iam-workload-identity-pools-providers-list', 'iam.googleapis.com/workloadIdentityPoolProviders.list'],
  ['gcloud-container-clusters-list', 'container.clusters.list'],
  ['gcloud-container-clusters-describe', 'container.clusters.get'],
  ['gcloud-storage-buckets-list', 'storage.buckets.list'],
  ['gcloud-storage-buckets-get-iam-policy', 'storage.buckets.getIamPolicy'],
  ['gcloud-secrets-list', 'secretmanager.secrets.list'],
  ['gcloud-secrets-get-iam-policy', 'secretmanager.secrets.getIamPolicy'],
]);

/** Names of permissions, as `Permission 'iam.serviceAccounts.getIamPolicy' denied on …` and its like tell them. */
const PERMISSION = /(?:^|['"`\s(])([a-z]{2,40}(?:\.[A-Za-z]{2,60}){2})(?=['"`\s),.;]|$)/;
const REASON_MAX = 300;

/** What a method needs: `iam.v1.projects.serviceAccounts.getIamPolicy` needs `iam.serviceAccounts.getIamPolicy`. */
export function permissionOf(method: string): string | undefined {
  if (method.startsWith('gcloud-')) return GCLOUD_PERMISSIONS.get(method);
  const [service = '', , ...words] = method.split('.');
  const [collection, verb] = words.slice(-2);
  if (collection === undefined || verb === undefined) return undefined;
  if (collection === 'workloadIdentityPools') return `iam.googleapis.com/workloadIdentityPools.${verb}`;
  if (collection === 'providers') return `iam.googleapis.com/workloadIdentityPoolProviders.${verb}`;
  return `${service === 'cloudresourcemanager' ? 'resourcemanager' : service}.${collection}.${verb}`;
}

/**
 * An error answer as a gap; undefined: it is none. Google's errors have a number and a status word, which tells them from other clouds'.
 */
export function errorGap(answer: object, origin: GcpOrigin): GcpGap | undefined {
  const parsed = errorShape.safeParse(answer);
  if (!parsed.success) return undefined;
  const { code, message, status } = parsed.data.error;
  if (origin.method === undefined && typeof status !== 'string') return undefined;
  const said = (message ?? '').replace(/[\r\n]+/g, ' ').slice(0, REASON_MAX);
  const disabled = /has not been used|is disabled|SERVICE_DISABLED/.test(said);
  const permission = disabled || code !== 403 ? undefined : missingPermission(said, origin);
  const place = origin.resource?.slice(0, REASON_MAX);
  return {
    source: 'gcp',
    what: `answer of ${origin.method ?? 'a Google API'}${place === undefined ? '' : ` for \`${place}\``}`,
    ...(place === undefined ? {} : { where: place }),
    why: `Google answered ${[code, status].filter(Boolean).join(' ')}${said === '' ? '' : `: ${said}`}`,
    remedy: code === 401 ? SIGN_IN : remedyFor(permission, disabled),
    ...(permission === undefined ? {} : { permission }),
    file: origin.file,
  };
}

function missingPermission(said: string, { method }: GcpOrigin): string | undefined {
  return PERMISSION.exec(said)?.[1] ?? (method === undefined ? undefined : permissionOf(method));
}

const SIGN_IN = 'sign in again with `gcloud auth login`, and collect again';

function remedyFor(permission: string | undefined, disabled: boolean): string {
  if (disabled) return 'switch the API on in the project, or leave it: then there is nothing behind it to read';
  return permission === undefined
    ? 'run the command again when it succeeds'
    : `grant \`${permission}\` to whoever collects, and collect again`;
}
