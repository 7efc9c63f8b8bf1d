import type { SnapshotGap } from './input.ts';
import type { SeenLists } from './seen-lists.ts';

/** Every cluster has some of each, and without them nobody can say who somebody is and what they may do. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  'namespaces',
  'pods',
  'serviceaccounts',
  'rolebindings',
  'clusterroles',
  'clusterrolebindings',
  'roles',
  'nodes',
]);
const CONTROLLERS: ReadonlySet<string> = new Set(['replicasets', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']);

/** Names of keys and no values, as docs/kubernetes.md has it: without jq nothing is written. */
export const EXPORT_SECRETS = `kubectl get secrets -A -o json | jq 'del(.items[].stringData, .items[].metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]) | .items[].data |= ((. // {}) | map_values(""))' > secrets.json`;

/**
 * What a snapshot does not hold, as gaps: one of the lists that every cluster has some of, one of the others. A folder of manifests has one that
 * says that they are not the cluster.
 */
export function missingListsGaps(seen: SeenLists): readonly SnapshotGap[] {
  const missing = seen.missing();
  if (missing.length === 0) return [];
  if (!seen.isOfCluster) return [manifestsGap(missing)];
  const [essential, others] = [missing.filter((list) => ESSENTIAL.has(list)), missing.filter((list) => !ESSENTIAL.has(list))];
  const unknown = `whether there are any is not known${unknownGroups(others)}, and what could stop a way is said as its condition`;
  return [
    ...(essential.length === 0 ? [] : [missingGap(essential, ALWAYS_THERE)]),
    ...(others.length === 0 ? [] : [missingGap(others, unknown, seen.hangsOnVersion)]),
  ];
}

const ALWAYS_THERE = 'every cluster has some: who is who, and who may do what, is known only as far as other lists tell';

/** What says which kinds the server does not have: of those kubectl prints nothing that could be added. */
const EXPORT_VERSION = 'kubectl version -o json > version.json';

function missingGap(lists: readonly string[], consequence: string, hangsOnVersion = false): SnapshotGap {
  const one = lists.length === 1;
  const exports = exportsOf(lists);
  const exported = exports.map((command) => `\`${command}\``).join(' and, without the values of secrets, ');
  const ofVersion = hangsOnVersion ? `; and, as its server may be older than some of them, \`${EXPORT_VERSION}\`` : '';
  return {
    source: 'snapshot',
    what: one ? `${lists[0]}` : `${lists.length} lists of the cluster`,
    resources: lists,
    why: `the snapshot holds ${one ? 'no such list' : `no list of ${named(lists)}`}, not even an empty one; ${consequence}`,
    remedy: `add ${one ? 'it' : 'them'} to the snapshot's folder with ${exported}${ofVersion}`,
    command: [...exports, ...(hangsOnVersion ? [EXPORT_VERSION] : [])].join('\n'),
  };
}

/** Where nobody listed definitions, nobody can miss the lists of what they define. */
const unknownGroups = (lists: readonly string[]): string =>
  lists.includes('customresourcedefinitions') ? ', nor whether the cluster has the Gateway API or a policy engine' : '';

/** What kubectl refuses leaves no empty file, which would be one more gap. */
function exportsOf(lists: readonly string[]): readonly string[] {
  const plain = lists.filter((list) => list !== 'secrets');
  const loop = `for list in ${plain.join(' ')}; do kubectl get "$list" -A -o json > "$list.json" || rm "$list.json"; done`;
  return [...(plain.length === 0 ? [] : [loop]), ...(plain.length === lists.length ? [] : [EXPORT_SECRETS])];
}

/** Manifests stand for what they would make, so that of controllers no pod is missed. */
function manifestsGap(missing: readonly string[]): SnapshotGap {
  const lists = [...CONTROLLERS].some((list) => !missing.includes(list)) ? missing.filter((list) => list !== 'pods') : missing;
  return {
    source: 'snapshot',
    what: 'the cluster that these manifests are for',
    resources: lists.filter((list) => !CONTROLLERS.has(list)),
    why: 'manifests say nothing of what is there already: who else is bound, and which admission policies, webhooks and network policies could stop a way',
    remedy: 'to see what they would open in a cluster, collect a snapshot of it and run `podreach preview FILE --snapshot FOLDER`',
  };
}

/** Ten names, and how many more. */
function named(lists: readonly string[]): string {
  const shown = lists.slice(0, 10).map((list) => `\`${list}\``);
  return lists.length > 10 ? `${shown.join(', ')} and ${lists.length - 10} more` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
