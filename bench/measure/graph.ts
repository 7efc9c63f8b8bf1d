/**
 * Snapshot to queryable graph, in a process of its own with a fresh heap.
 *
 * Usage: node bench/measure/graph.ts FOLDER → {"readMs", "buildMs", "totalMs", "pods", "nodes", "edges", "peakMiB"}
 */
import { buildGraph } from '../../lib/graph/build.ts';
import { readSnapshot } from '../../lib/sources/snapshot/read.ts';
import { report } from './report-line.ts';

const start = performance.now();
const inventory = await readSnapshot(process.argv[2] ?? '');
const read = performance.now();
const graph = buildGraph(inventory);
const built = performance.now();
report({
  readMs: read - start,
  buildMs: built - read,
  totalMs: built - start,
  pods: inventory.kubernetes.pods.length,
  nodes: graph.nodes.count,
  edges: graph.edges.count,
  gaps: graph.gaps.length,
});
