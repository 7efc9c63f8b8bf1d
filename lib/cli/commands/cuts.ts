import { crownJewels } from '../../analysis/crown-jewels.ts';
import type { CutChange } from '../../analysis/cut-effects.ts';
import { cuts } from '../../analysis/cuts.ts';
import { Walker } from '../../analysis/walk.ts';
import type { Graph, NodeId } from '../../graph/model.ts';
import { edgeAt, techniqueAt } from '../../graph/read.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { nodeOf, readGraph, type WorldOptions } from '../world.ts';

const NAMESPACE = 'namespace:';
const JEWELS = 'crown-jewels';

/** The nodes that an argument stands for: one node, all pods of a namespace, or the crown jewels. */
function nodesOf(graph: Graph, text: string, marked: readonly number[]): readonly number[] {
  if (text === JEWELS) return crownJewels(graph, marked);
  if (!text.startsWith(NAMESPACE)) return [nodeOf(graph, text)];
  const name = text.slice(NAMESPACE.length);
  const { nodes } = graph;
  const pods: number[] = [];
  for (let node = 0; node < nodes.count; node += 1) if (nodes.kinds[node] === 'pod' && nodes.namespaces[node] === name) pods.push(node);
  if (pods.length === 0)
    throw new BadUse(`no pods in namespace \`${name}\`; name one that has some, or an id such as \`pod:NAMESPACE/NAME\``);
  return pods;
}

const idOf = (graph: Graph, node: number): NodeId => graph.nodes.ids[node] as NodeId;

/** A change with what it takes from whom, as the command line prints it. */
export function printedChange(graph: Graph, one: CutChange): object {
  return {
    change: one.change,
    fix: one.fix,
    closes: {
      from: idOf(graph, graph.edges.from[one.edge] as number),
      to: idOf(graph, graph.edges.to[one.edge] as number),
      technique: techniqueAt(graph, one.edge),
    },
    edges: one.edges,
    takesFrom: {
      nodes: one.losers,
      workloads: one.workloads,
      otherWorkloads: one.otherWorkloads,
      most: one.losses.map(({ node, edges, techniques }) => ({ id: idOf(graph, node), edges, techniques })),
      others: one.otherWorkloadNodes.map((node) => idOf(graph, node)),
    },
  };
}

/** `cuts FROM TO`: the smallest set of changes that separates them, with what each takes from whom, or the way that no change closes. */
export async function cutsCommand(
  ids: readonly string[],
  options: WorldOptions & { readonly certainty?: string | undefined; readonly jewel?: readonly string[] | undefined },
  out: Output,
): Promise<void> {
  const [first, second, ...rest] = ids;
  if (first === undefined || second === undefined || rest.length > 0)
    throw new BadUse('`cuts` needs two ids: `cuts FROM TO --snapshot PATH`');
  const { certainty = 'all' } = options;
  if (certainty !== 'certain' && certainty !== 'all') throw new BadUse(`\`--certainty ${certainty}\` is neither \`certain\` nor \`all\``);
  const graph = await readGraph(options);
  const marked = (options.jewel ?? []).map((id) => nodeOf(graph, id));
  const from = nodesOf(graph, first, marked);
  const to = nodesOf(graph, second, marked);
  const both = from.find((node) => to.includes(node));
  if (both !== undefined) throw new BadUse(`\`${idOf(graph, both)}\` is both a source and a target; name two that differ`);
  const cut = cuts(graph, new Walker(graph), { from, to, certainty });
  const sides = { from: from.map((node) => idOf(graph, node)), to: to.map((node) => idOf(graph, node)), certainty };
  await out.line(
    cut.separable
      ? {
          ...sides,
          separable: true,
          exact: cut.exact,
          suffices: cut.suffices,
          changes: cut.changes.map((one) => printedChange(graph, one)),
        }
      : { ...sides, separable: false, open: cut.open.map((edge) => edgeAt(graph, edge)) },
  );
}
