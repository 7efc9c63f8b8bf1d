import type { GcpOrigin } from './gcp-origin.ts';
import type { PolicyAnswer } from './gcp-shapes.ts';

type Namer = (resource: string) => string | undefined;

const PLAIN = /^[^/]+$/;

/** `P` or `projects/P`; a whole name of another collection is none. */
const under =
  (collection: string): Namer =>
  (resource) => {
    const name = resource.startsWith(`${collection}/`) ? resource.slice(collection.length + 1) : resource;
    return PLAIN.test(name) ? `${collection}/${name}` : undefined;
  };

const serviceAccount: Namer = (resource) => {
  const email = resource.slice(resource.lastIndexOf('/') + 1);
  return email.includes('@') ? `projects/-/serviceAccounts/${email}` : undefined;
};

const bucket: Namer = (resource) => {
  const name = resource.replace(/^(?:gs:\/\/|projects\/_\/buckets\/|b\/)/, '');
  return PLAIN.test(name) ? `projects/_/buckets/${name}` : undefined;
};

/** `S` (nothing says whose it is), `P/S` or `projects/P/secrets/S`. */
const secret: Namer = (resource) => {
  const [project, name, ...rest] = resource
    .replace(/^projects\//, '')
    .replace('/secrets/', '/')
    .split('/');
  if (project === undefined || project === '' || rest.length > 0) return undefined;
  return name === undefined ? `projects/-/secrets/${project}` : `projects/${project}/secrets/${name}`;
};

/** A policy of a kind that has no rule of its own is told by the whole name of its resource. */
const whole: Namer = (resource) =>
  /^(?:projects|folders|organizations)\/[^/]+(?:\/[^/]+\/[^/]+){0,6}$/.test(resource) ? resource : undefined;

const NAMERS: readonly { readonly method: RegExp; readonly name: Namer }[] = [
  { method: /\.serviceAccounts\.getIamPolicy$|^gcloud-iam-service-accounts-get-iam-policy$/, name: serviceAccount },
  { method: /^storage\..*\.buckets\.getIamPolicy$|^gcloud-storage-buckets-get-iam-policy$/, name: bucket },
  { method: /\.secrets\.getIamPolicy$|^gcloud-secrets-get-iam-policy$/, name: secret },
  { method: /^cloudresourcemanager\..*\.projects\.getIamPolicy$|^gcloud-projects-get-iam-policy$/, name: under('projects') },
  { method: /\.folders\.getIamPolicy$|^gcloud-resource-manager-folders-get-iam-policy$/, name: under('folders') },
  { method: /\.organizations\.getIamPolicy$|^gcloud-organizations-get-iam-policy$/, name: under('organizations') },
  { method: /\.getIamPolicy$|-get-iam-policy$/, name: whole },
];

/** Whether the method asks for an allow policy. */
export const asksForPolicy = (method: string): boolean => /\.getIamPolicy$|-get-iam-policy$/.test(method);

/** The name of the policy's resource: by the method's rule, else by what the answer says of itself (buckets do). */
export function policyResource(policy: PolicyAnswer, { method, resource }: GcpOrigin): string | undefined {
  const own = policy.resourceId ?? undefined;
  if (own?.startsWith('projects/_/buckets/') === true && own.split('/').length === 4) return own;
  if (method === undefined || resource === undefined) return undefined;
  return NAMERS.find((namer) => namer.method.test(method))?.name(resource);
}
