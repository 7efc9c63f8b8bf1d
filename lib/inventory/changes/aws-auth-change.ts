import type { AwsAuthMapping } from '../aws-auth.ts';
import type { Change, ObjectName } from './change.ts';

type AwsAuthChange = Extract<Change, { change: 'aws-auth' }>;

/** Whether a name means the ConfigMap that maps identities of AWS to users of the cluster. */
export const isAwsAuth = ({ kind, apiVersion, namespace, name }: ObjectName): boolean =>
  kind === 'ConfigMap' && (apiVersion ?? 'v1') === 'v1' && namespace === 'kube-system' && name === 'aws-auth';

export const AWS_AUTH_LISTS: ReadonlySet<AwsAuthMapping['list']> = new Set(['mapRoles', 'mapUsers', 'mapAccounts']);

/** The mappings after a change; lists that it leaves alone stay. `undefined` before: the map was not read. */
export function withAwsAuth(
  before: readonly AwsAuthMapping[] | undefined,
  { lists, mappings }: Pick<AwsAuthChange, 'lists' | 'mappings'>,
): { readonly mappings: readonly AwsAuthMapping[]; readonly note?: string } {
  const kept = (before ?? []).filter(({ list }) => !lists.has(list));
  const isPart = before === undefined && lists.size < AWS_AUTH_LISTS.size;
  return {
    mappings: [...kept, ...mappings],
    ...(isPart ? { note: 'the ConfigMap kube-system/aws-auth was not read: its other lists are taken as empty' } : {}),
  };
}
