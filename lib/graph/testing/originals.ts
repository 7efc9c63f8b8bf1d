import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../model.ts';

type Json = { readonly [key: string]: Json } & readonly Json[];

const identityOf = (kind: string, namespace: unknown, name: unknown): string => JSON.stringify([kind, namespace ?? '', name]);

/** The objects of a snapshot folder as their APIs print them, to look evidence up in: read without any of the product's code. */
export function readOriginals(folder: string): (evidence: Evidence) => unknown {
  const objects = new Map<string, unknown>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const answer = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as Json;
    for (const [identity, object] of objectsOf(answer)) objects.set(identity, object);
    // The answer does not say whose provider it is; its path does.
    const account = /(\d{12})[/\\]iam-get-open-id-connect-provider$/.exec(entry.parentPath)?.[1];
    if (account !== undefined)
      objects.set(identityOf('AwsOidcProvider', '', `arn:aws:iam::${account}:oidc-provider/${answer.Url}`), answer);
  }
  for (const [identity, object] of googlePolicies(folder, objects)) objects.set(identity, object);
  return ({ kind, namespace, name }) => objects.get(identityOf(kind, namespace, name));
}

function objectsOf(answer: Json): [string, unknown][] {
  const items = Array.isArray(answer.items) ? answer.items : [answer];
  const found: [string, unknown][] = items
    .filter(({ kind, metadata }: Json) => kind !== undefined && metadata !== undefined)
    .map((item: Json) => [identityOf(String(item.kind), item.metadata?.namespace, item.metadata?.name), item]);
  for (const role of answer.RoleDetailList ?? []) found.push([identityOf('AwsRole', '', role.Arn), role]);
  for (const policy of answer.Policies ?? []) found.push([identityOf('AwsManagedPolicy', '', policy.Arn), policy]);
  if (answer.association !== undefined) found.push([identityOf('PodIdentityAssociation', '', answer.association.associationArn), answer]);
  for (const user of answer.UserDetailList ?? []) found.push([identityOf('AwsUser', '', user.Arn), user]);
  for (const group of answer.GroupDetailList ?? []) found.push([identityOf('AwsGroup', '', group.Arn), group]);
  found.push(...eksObjectsOf(answer), ...azureObjectsOf(answer), ...googleObjectsOf(answer));
  for (const profile of answer.InstanceProfiles ?? []) found.push([identityOf('AwsInstanceProfile', '', profile.Arn), profile]);
  for (const { Instances } of answer.Reservations ?? [])
    for (const instance of Instances ?? []) found.push([identityOf('AwsInstance', '', instance.InstanceId), instance]);
  for (const repository of answer.repositories ?? []) found.push([identityOf('EcrRepository', '', repository.repositoryArn), repository]);
  return found;
}

function eksObjectsOf(answer: Json): [string, unknown][] {
  const { cluster, nodegroup, accessEntry, associatedAccessPolicies, clusterName, principalArn } = answer;
  return [
    ...(cluster === undefined ? [] : [[identityOf('EksCluster', '', cluster.arn), answer] as [string, unknown]]),
    ...(nodegroup === undefined ? [] : [[identityOf('EksNodegroup', '', nodegroup.nodegroupArn), answer] as [string, unknown]]),
    ...(accessEntry === undefined ? [] : [[identityOf('EksAccessEntry', '', accessEntry.accessEntryArn), answer] as [string, unknown]]),
    ...(associatedAccessPolicies === undefined
      ? []
      : [[identityOf('EksAssociatedAccessPolicies', '', `${clusterName}/${principalArn}`), answer] as [string, unknown]]),
  ];
}

/** Kinds of evidence by the type of a resource, as Azure Resource Manager prints it; Microsoft Graph prints none. */
const AZURE_KINDS = new Map([
  ['microsoft.managedidentity/userassignedidentities', 'AzureIdentity'],
  ['microsoft.managedidentity/userassignedidentities/federatedidentitycredentials', 'AzureFederatedCredential'],
  ['microsoft.authorization/roleassignments', 'AzureRoleAssignment'],
  ['microsoft.authorization/roledefinitions', 'AzureRoleDefinition'],
  ['microsoft.containerservice/managedclusters', 'AksCluster'],
]);

function azureObjectsOf({ value }: Json): [string, unknown][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json): [string, unknown][] => {
    const graph =
      item.issuer !== undefined ? 'AzureFederatedCredential' : item.signInAudience !== undefined ? 'AzureApplication' : undefined;
    const kind = AZURE_KINDS.get(String(item.type).toLowerCase()) ?? graph;
    return kind === undefined ? [] : [[identityOf(kind, '', item.id), item]];
  });
}

function googleObjectsOf(answer: Json): [string, unknown][] {
  const lists = [answer, ...['accounts', 'clusters', 'policies', 'workloadIdentityPoolProviders'].flatMap((key) => answer[key] ?? [])];
  return lists.flatMap((item: Json): [string, unknown][] => {
    if (typeof item !== 'object' || item === null) return [];
    const { projectId, email, selfLink, name } = item as unknown as Record<string, unknown>;
    if (email !== undefined) return [[identityOf('GcpServiceAccount', '', email), item]];
    if (projectId !== undefined) return [[identityOf('GcpProject', '', projectId), item]];
    if (String(selfLink).includes('container.googleapis.com')) return [[identityOf('GkeCluster', '', selfLink), item]];
    if (String(name).startsWith('policies/')) return [[identityOf('GcpDenyPolicy', '', name), item]];
    if (String(name).startsWith('folders/')) return [[identityOf('GcpFolder', '', name), item]];
    return String(name).includes('/providers/') ? [[identityOf('GcpPoolProvider', '', name), item]] : [];
  });
}

/** Where a policy's path says what it hangs on; a secret that says no project may be any project's of the data. */
const GOOGLE_POLICIES: readonly (readonly [RegExp, string])[] = [
  [/\.(projects|folders|organizations)\.getIamPolicy[/\\]([^/\\]+)\.json$/, '$1/$2'],
  [/\.serviceAccounts\.getIamPolicy[/\\]([^/\\]+)\.json$/, 'projects/-/serviceAccounts/$1'],
  [/\.buckets\.getIamPolicy[/\\]([^/\\]+)\.json$/, 'projects/_/buckets/$1'],
  [/\.secrets\.getIamPolicy[/\\]([^/\\]+)[/\\]([^/\\]+)\.json$/, 'projects/$1/secrets/$2'],
  [/\.secrets\.getIamPolicy[/\\]([^/\\]+)\.json$/, 'projects/*/secrets/$1'],
];

function googlePolicies(folder: string, objects: ReadonlyMap<string, unknown>): [string, unknown][] {
  const projects = [...objects.keys()].map((key) => JSON.parse(key) as string[]).filter(([kind]) => kind === 'GcpProject');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    for (const [pattern, template] of GOOGLE_POLICIES) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const name = template.replace(/\$(\d)/g, (_, place: string) => match[Number(place)] as string);
      const names = name.includes('*') ? projects.map(([, , id]) => name.replace('*', id as string)) : [name];
      const policy: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return names.map((one): [string, unknown] => [identityOf('GcpPolicy', '', one), policy]);
    }
    return [];
  });
}

/** Whether it is a JSON pointer at all. Source: RFC 6901, section 3. */
export const isPointer = (pointer: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer);

/** What a pointer points at; undefined: nothing. Source: RFC 6901, section 4. */
export function resolvePointer(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
