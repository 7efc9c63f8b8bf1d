import { certaintyAt } from '../../graph/read.ts';
import { adminFix } from '../finding-facts/admin-fix.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import type { FindingWorld, LiveWorkload } from '../finding-facts/world.ts';
import { defineFinding, type FindingRow } from './finding.ts';

const LINKS = ['assume-aws-role', 'pod-identity', 'gcp-workload-identity', 'azure-federated-identity', 'gcp-direct-grant'] as const;
const ADMINISTRATORS = ['aws-administrator', 'gcp-administrator', 'azure-administrator'] as const;

/** Edges by the node that they leave. */
function leaving(world: FindingWorld, ids: typeof LINKS | typeof ADMINISTRATORS): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const edge of ids.flatMap((id) => world.edgesBy(id))) {
    if (certaintyAt(world.graph, edge) === 'broken') continue;
    const from = world.graph.edges.from[edge] as number;
    const list = found.get(from);
    if (list === undefined) found.set(from, [edge]);
    else list.push(edge);
  }
  return found;
}

const isSure = (world: FindingWorld, edge: number): boolean => {
  const certainty = certaintyAt(world.graph, edge);
  return certainty === 'certain' || certainty === 'wired';
};

function rowOf(world: FindingWorld, workload: LiveWorkload, edges: { readonly link: number; readonly admin: number }): FindingRow {
  const { graph } = world;
  const { link, admin } = edges;
  const { kind, namespace, name, node } = workload;
  const identity = graph.edges.to[link] as number;
  const sure = isSure(world, link) && isSure(world, admin);
  const linked = graph.explain(link);
  const explained = graph.explain(admin);
  const { evidence, hangsOn } = explained;
  const on = linked.hangsOn ?? hangsOn ?? 'what the link depends on';
  return {
    subject: { kind, namespace, name, node },
    part: graph.nodes.ids[identity] as string,
    severity: sure ? 'critical' : 'high',
    whyHere: `its pods are ${graph.nodes.names[identity]}, which is administrator of ${graph.nodes.names[graph.edges.to[admin] as number]}${sure ? '' : `; it hangs on ${on}`}`,
    evidence: [...linked.evidence, ...evidence],
    fix: adminFix(world, graph.nodes.names[identity] as string, explained),
  };
}

export const cloudAdminWorkload = defineFinding({
  id: 'cloud-admin-workload',
  title: 'Workloads are administrators of a cloud account',
  severity: 'critical',
  class: 'cloud',
  why: 'Whoever gets into one of these pods has the account: its data, its machines, its other clusters, and a way to stay.',
  remediation: 'Give the identity the actions and resources that its workload uses.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    'https://cloud.google.com/iam/docs/using-iam-securely',
    'https://learn.microsoft.com/azure/role-based-access-control/best-practices',
  ],
  prevention: noPolicy(
    'what an identity may do is written in the cloud account; a permissions boundary, an organisation policy or a deny policy keeps workloads from being administrators',
  ),
  population: workloads,
  *find(world) {
    const links = leaving(world, LINKS);
    const admins = leaving(world, ADMINISTRATORS);
    for (const workload of world.workloads) {
      const pod = workload.nodes.find((one) => links.has(one));
      // Two links to one identity are one finding; the surer one tells it.
      const byIdentity = Map.groupBy(links.get(pod ?? -1) ?? [], (link) => world.graph.edges.to[link] as number);
      for (const [identity, same] of byIdentity) {
        const link = same.find((one) => isSure(world, one)) ?? same[0];
        const given = admins.get(identity) ?? [];
        const admin = given.find((one) => isSure(world, one)) ?? given[0];
        if (link !== undefined && admin !== undefined) yield rowOf(world, workload, { link, admin });
      }
    }
  },
});
