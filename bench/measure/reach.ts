/**
 * Reach of 1,000 random pods beside a bare breadth-first search over the same arrays, one after the other for each pod, and the summary
 * of every identity.
 *
 * Usage: node --expose-gc bench/measure/reach.ts FOLDER
 */
import { summariseIdentities } from '../../lib/analysis/identities.ts';
import { Walker } from '../../lib/analysis/walk.ts';
import { buildGraph } from '../../lib/graph/build.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import type { Graph } from '../../lib/graph/model.ts';
import { readSnapshot } from '../../lib/sources/snapshot/read.ts';
import { createRandom } from '../world/random.ts';
import { report } from './report-line.ts';

const QUESTIONS = 1000;

/** The least that a breadth-first search can be: a queue, a mark for each node, no distances, no reasons. */
function bareSearch({ forward, nodes }: Graph): (start: number) => number {
  const { offsets, walkedEnd, ends } = forward;
  const marks = new Int32Array(nodes.count);
  const queue = new Int32Array(nodes.count);
  let mark = 0;
  return (start) => {
    mark += 1;
    marks[start] = mark;
    queue[0] = start;
    let tail = 1;
    for (let head = 0; head < tail; head += 1) {
      const node = queue[head] as number;
      for (let place = offsets[node] as number, end = walkedEnd[node] as number; place < end; place += 1) {
        const next = ends[place] as number;
        if (marks[next] === mark) continue;
        marks[next] = mark;
        queue[tail++] = next;
      }
    }
    return tail;
  };
}

function nodesOf(graph: Graph, wanted: (kind: NodeKind) => boolean): readonly number[] {
  const found: number[] = [];
  for (let node = 0; node < graph.nodes.count; node += 1) if (wanted(graph.nodes.kinds[node] as NodeKind)) found.push(node);
  return found;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function timed(run: () => number): readonly [ms: number, reached: number] {
  const start = performance.now();
  const reached = run();
  return [performance.now() - start, reached];
}

function compare(graph: Graph): Record<string, number> {
  const walker = new Walker(graph);
  const bare = bareSearch(graph);
  const pods = nodesOf(graph, (kind) => kind === 'pod');
  const random = createRandom(1);
  const times: { reach: number[]; bare: number[]; reached: number[] } = { reach: [], bare: [], reached: [] };
  // Warms the compiler up for both, with the widest walk too: among random pods it is rare, and would be measured while it is compiled.
  const widest = graph.nodes.indexOf('cluster-admin:cluster');
  for (let round = 0; round < 20 && widest !== undefined; round += 1) {
    bare(widest);
    walker.glance([widest]);
  }
  for (let question = -50; question < QUESTIONS; question += 1) {
    const pod = random.pick(pods);
    const [bareMs, expected] = timed(() => bare(pod));
    const [reachMs, reached] = timed(() => walker.glance([pod]).count);
    if (reached !== expected) throw new Error(`reach found ${reached} nodes from ${graph.nodes.ids[pod]}, the bare search ${expected}`);
    if (question < 0) continue;
    times.reach.push(reachMs);
    times.bare.push(bareMs);
    times.reached.push(reached);
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  const both = (name: 'reach' | 'bare' | 'reached'): Record<string, number> => ({
    [`${name}P50`]: percentile(times[name], 0.5),
    [`${name}P99`]: percentile(times[name], 0.99),
  });
  return { ...both('reach'), ...both('bare'), ...both('reached') };
}

function allIdentities(graph: Graph): Record<string, number> {
  const start = performance.now();
  let identities = 0;
  let reached = 0;
  for (const { summary } of summariseIdentities(graph, new Walker(graph))) {
    identities += 1;
    reached += summary.total;
  }
  return { identities, identitiesMs: performance.now() - start, identitiesReached: reached };
}

const graph = buildGraph(await readSnapshot(process.argv[2] ?? ''));
globalThis.gc?.();
report({ nodes: graph.nodes.count, edges: graph.edges.count, ...compare(graph), ...allIdentities(graph) });
