import { buildGraph } from '../../../graph/build.ts';
import { edgeAt } from '../../../graph/read.ts';
import type { Inventory } from '../../../inventory/inventory.ts';

const MANAGEMENT = '999988887777';

/**
 * The accounts of an inventory without the three things in which a live reading of the local API and shared/corpus/prod-eu/aws differ:
 * 1. the files hold nothing of the management account's own IAM, nor its place in the organisation;
 * 2. a bucket without a policy prints no answer that a file could hold, but live it is known to have none;
 * 3. the API makes up the address of a cluster whenever it creates one.
 */
export function accountsOf({ aws }: Inventory): unknown {
  const { organization } = aws;
  return {
    ...aws,
    accounts: aws.accounts.filter((id) => id !== MANAGEMENT),
    accountsWithProviders: aws.accountsWithProviders.filter((id) => id !== MANAGEMENT),
    resourcePolicies: aws.resourcePolicies.filter(({ document }) => document !== undefined),
    eksClusters: aws.eksClusters.map(({ endpoint: _madeUp, ...cluster }) => cluster),
    organization: organization && {
      ...organization,
      parents: new Map([...organization.parents].filter(([child]) => child !== MANAGEMENT)),
    },
  };
}

/** Every node and every edge with its certainty and its evidence, in an order of their own. */
export function graphOf(inventory: Inventory): { readonly nodes: readonly string[]; readonly edges: readonly string[] } {
  const graph = buildGraph(inventory);
  const edges = Array.from({ length: graph.edges.count }, (_, edge) => JSON.stringify([edgeAt(graph, edge), graph.explain(edge).hangsOn]));
  return { nodes: [...graph.nodes.ids].sort(), edges: edges.sort() };
}
