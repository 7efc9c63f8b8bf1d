import type { NodeKind } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import type { Walk } from './walk.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'none'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What reached nodes mean to people, worst first. */
export const GROUPS = [
  { group: 'cluster-admin', label: 'cluster admin', kinds: ['cluster-admin'], severity: 'critical' },
  { group: 'cloud-admins', label: 'cloud administrators', kinds: ['aws-admin', 'gcp-admin', 'azure-admin'], severity: 'critical' },
  { group: 'nodes', label: 'nodes', kinds: ['node'], severity: 'high' },
  { group: 'namespace-admin', label: 'namespace administrators', kinds: ['namespace-admin'], severity: 'high' },
  {
    group: 'cloud-roles',
    label: 'cloud identities',
    kinds: ['aws-role', 'aws-user', 'gcp-service-account', 'azure-identity', 'cloud-key'],
    severity: 'medium',
  },
  { group: 'secrets', label: 'secrets', kinds: ['secret'], severity: 'medium' },
  { group: 'service-accounts', label: 'service accounts', kinds: ['service-account'], severity: 'low' },
  { group: 'pods', label: 'pods', kinds: ['pod'], severity: 'low' },
] as const satisfies readonly { group: string; label: string; kinds: readonly NodeKind[]; severity: Severity }[];

export interface GroupSummary {
  readonly group: (typeof GROUPS)[number]['group'];
  readonly label: string;
  readonly kinds: readonly NodeKind[];
  readonly total: number;
  /** How many of them certain edges alone reach. */
  readonly certain: number;
  readonly minHops: number;
  /** How many of them lie beyond the first hop: a secret that a pod mounts is its own, another one is not. */
  readonly further: number;
}

export interface Summary {
  /** `cluster admin in 2 hops, 214 secrets, 3 cloud identities, 1 of them administrator` */
  readonly verdict: string;
  readonly severity: Severity;
  readonly clusterAdmin?: { readonly hops: number; readonly certainty: 'certain' | 'conditional' };
  readonly groups: readonly GroupSummary[];
  /** Reached nodes, the starts not counted. */
  readonly total: number;
}

const GROUP_OF = new Map<NodeKind, number>(GROUPS.flatMap(({ kinds }, index) => kinds.map((kind): [NodeKind, number] => [kind, index])));

/** The kind that a node of the cluster has. Plain manifests name none: there, all nodes are the one that stands for them. */
export const kindOfNodes = ({ nodes }: Graph): 'node' | 'all-nodes' => (nodes.kinds.includes('node') ? 'node' : 'all-nodes');

const groupsOfGraph = new WeakMap<Graph, Int8Array>();

export function groupCodes(graph: Graph): Int8Array {
  let codes = groupsOfGraph.get(graph);
  if (codes === undefined) {
    const { kinds } = graph.nodes;
    const standsForNodes = kindOfNodes(graph);
    const codeOf = (kind: NodeKind): number => GROUP_OF.get(kind === standsForNodes ? 'node' : kind) ?? -1;
    codes = Int8Array.from({ length: graph.nodes.count }, (_, node) => codeOf(kinds[node] as NodeKind));
    groupsOfGraph.set(graph, codes);
  }
  return codes;
}

/** Counts what a walk reached, by what it means. The starts themselves do not count. */
export function summarise(graph: Graph, walk: Walk): Summary {
  const codes = groupCodes(graph);
  const totals = new Int32Array(GROUPS.length);
  const certain = new Int32Array(GROUPS.length);
  const minHops = new Int32Array(GROUPS.length).fill(-1);
  const further = new Int32Array(GROUPS.length);
  let total = 0;
  for (let place = 0; place < walk.count; place += 1) {
    if (walk.hops[place] === 0) continue;
    total += 1;
    const code = codes[walk.order[place] as number] as number;
    if (code < 0) continue;
    totals[code] = (totals[code] as number) + 1;
    certain[code] = (certain[code] as number) + (walk.sure[place] as number);
    if ((walk.hops[place] as number) > 1) further[code] = (further[code] as number) + 1;
    if (minHops[code] === -1) minHops[code] = walk.hops[place] as number;
  }
  return summaryOfCounts({ totals, certain, minHops, further, total });
}

/** Counts by group, each list by the place in GROUPS; what they mean is said at GroupSummary. */
export interface Counts {
  readonly totals: Int32Array;
  readonly certain: Int32Array;
  readonly minHops: Int32Array;
  readonly further: Int32Array;
  readonly total: number;
}

/** The summary of counts; groups with none are left out. */
export function summaryOfCounts({ totals, certain, minHops, further, total }: Counts): Summary {
  const groups = GROUPS.flatMap(({ group, label, kinds }, code): GroupSummary[] => {
    const at = (counts: Int32Array): number => counts[code] as number;
    return at(totals) === 0
      ? []
      : [{ group, label, kinds, total: at(totals), certain: at(certain), minHops: at(minHops), further: at(further) }];
  });
  return summaryOf(groups, total);
}

/** The verdict and the severity of counted groups. */
function summaryOf(groups: readonly GroupSummary[], total: number): Summary {
  const admin = groups.find(({ group }) => group === 'cluster-admin');
  return {
    verdict: verdictOf(groups),
    severity: severityOf(groups),
    ...(admin === undefined
      ? {}
      : { clusterAdmin: { hops: admin.minHops, certainty: admin.certain > 0 ? ('certain' as const) : ('conditional' as const) } }),
    groups,
    total,
  };
}

/** One step below what the worst group says where nothing of it is certain. */
function severityOf(groups: readonly GroupSummary[]): Severity {
  let worst = SEVERITIES.length - 1;
  for (const { group, certain, further } of groups) {
    const { severity: usual } = GROUPS.find((one) => one.group === group) as (typeof GROUPS)[number];
    const severity = group === 'secrets' && further === 0 ? 'low' : usual;
    worst = Math.min(worst, SEVERITIES.indexOf(severity) + (certain > 0 ? 0 : 1));
  }
  return SEVERITIES[worst] as Severity;
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function verdictOf(groups: readonly GroupSummary[]): string {
  const find = (group: GroupSummary['group']): GroupSummary | undefined => groups.find((one) => one.group === group);
  const said = (group: GroupSummary | undefined, one: string, many: string): string[] => {
    if (group === undefined) return [];
    return [`${plural(group.total, one, many)}${group.certain === 0 ? ' (conditional)' : ''}`];
  };
  const admin = find('cluster-admin');
  const cloudAdmins = find('cloud-admins');
  const roles = said(find('cloud-roles'), 'cloud identity', 'cloud identities');
  const parts = [
    ...(admin === undefined
      ? []
      : [`cluster admin in ${plural(admin.minHops, 'hop', 'hops')}${admin.certain === 0 ? ' (conditional)' : ''}`]),
    ...said(find('nodes'), 'node', 'nodes'),
    ...(admin === undefined ? said(find('namespace-admin'), 'whole namespace', 'whole namespaces') : []),
    ...said(find('secrets'), 'secret', 'secrets'),
    ...roles,
    ...(cloudAdmins === undefined
      ? []
      : [
          `administrator of ${plural(cloudAdmins.total, 'cloud account', 'cloud accounts')}${cloudAdmins.certain === 0 ? ' (conditional)' : ''}`,
        ]),
    ...(admin === undefined ? said(find('service-accounts'), 'service account', 'service accounts') : []),
    ...(admin === undefined ? said(find('pods'), 'other pod', 'other pods') : []),
  ];
  return parts.length === 0 ? 'nothing beyond itself' : parts.join(', ');
}
