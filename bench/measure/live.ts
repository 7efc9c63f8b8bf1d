/**
 * Live collection to queryable graph.
 *
 * Usage: node bench/measure/live.ts KUBECONFIG → {"collectMs", "buildMs", "totalMs", …}
 */
import { buildGraph } from '../../lib/graph/build.ts';
import { collectKubernetes } from '../../lib/sources/kubernetes/collect.ts';
import { report } from './report-line.ts';

const kubeconfig = process.argv[2] ?? '';
const start = performance.now();
const inventory = await collectKubernetes({ kubeconfig, env: {} });
const collected = performance.now();
const graph = buildGraph(inventory);
const built = performance.now();
report({
  collectMs: collected - start,
  buildMs: built - collected,
  totalMs: built - start,
  pods: inventory.kubernetes.pods.length,
  nodes: graph.nodes.count,
  gaps: inventory.gaps.length,
});
