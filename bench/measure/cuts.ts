/**
 * Cuts between the pods of each namespace and cluster admin, the first one with everything that is indexed once, and one of all pods.
 *
 * Usage: node bench/measure/cuts.ts FOLDER
 */
import { cuts } from '../../lib/analysis/cuts.ts';
import { Walker } from '../../lib/analysis/walk.ts';
import { buildGraph } from '../../lib/graph/build.ts';
import { CLUSTER_ADMIN } from '../../lib/graph/node-id.ts';
import { readSnapshot } from '../../lib/sources/snapshot/read.ts';
import { report } from './report-line.ts';

const graph = buildGraph(await readSnapshot(process.argv[2] ?? ''));
const admin = graph.nodes.indexOf(CLUSTER_ADMIN);
if (admin === undefined) throw new Error('the cluster has no cluster admin to cut from');
const pods = graph.nodes.kinds.flatMap((kind, node) => (kind === 'pod' ? [node] : []));
const namespaces = [...Map.groupBy(pods, (pod) => graph.nodes.namespaces[pod]).values()].sort((a, b) => b.length - a.length);
const walker = new Walker(graph);

function timed(from: readonly number[]): number {
  const start = performance.now();
  const cut = cuts(graph, walker, { from, to: [admin as number] });
  const ms = performance.now() - start;
  if (!cut.separable || !cut.exact || !cut.suffices) throw new Error('a cut of the generated cluster is not exact, or does not suffice');
  return ms;
}

const [firstMs, ...others] = namespaces.map(timed);
report({ namespaces: namespaces.length, firstMs, slowestMs: Math.max(...others), allMs: timed(pods) });
