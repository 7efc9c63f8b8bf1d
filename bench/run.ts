/**
 * Measures speed and memory on generated clusters and prints one Markdown table of ratios. Every measurement is a process of its own, and
 * what is measured alternates with what it is held against, so that the machine's noise hits both.
 *
 * Usage: npm run bench [-- --quick]; --quick leaves out 100,000 pods. Writes .cache/bench/result.json.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measure, startApiServer } from './child.ts';
import { BENCH_FOLDER, type BenchCluster, generateCluster } from './generate.ts';
import { markdownTable, mebibytes, median, milliseconds, type Row, seconds } from './table.ts';

interface Measured {
  readonly cluster: BenchCluster;
  readonly floorMs: number;
  readonly readFileMs: number;
  readonly graphMs: number;
  readonly buildMs: number;
  readonly peakMiB: number;
  readonly nodes: number;
  readonly edges: number;
  readonly reach: Record<string, number>;
}

const progress = (text: string): boolean => process.stderr.write(`bench: ${text}\n`);
const of = (samples: readonly Record<string, number>[], key: string): number => median(samples.map((sample) => sample[key] ?? Number.NaN));
const named = (pods: number): string => `${pods.toLocaleString('en')} pods`;

async function measureCluster(pods: number, rounds: number): Promise<Measured> {
  progress(`${named(pods)}: making the cluster if it is not there`);
  const cluster = await generateCluster(pods);
  const floors: Record<string, number>[] = [];
  const graphs: Record<string, number>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${named(pods)}: floor and graph, round ${round} of ${rounds}`);
    floors.push(await measure('floor.ts', [cluster.folder]));
    graphs.push(await measure('graph.ts', [cluster.folder]));
  }
  if (graphs.some((sample) => sample.pods !== pods || sample.gaps !== 0))
    throw new Error(`the graph does not hold the ${pods} pods without a gap`);
  progress(`${named(pods)}: reach`);
  const reach = await measure('reach.ts', [cluster.folder], ['--expose-gc']);
  return {
    cluster,
    floorMs: median(floors.map((sample) => (sample.decodeMs ?? 0) + (sample.parseMs ?? 0))),
    readFileMs: of(floors, 'readMs'),
    graphMs: of(graphs, 'totalMs'),
    buildMs: of(graphs, 'buildMs'),
    peakMiB: Math.max(...graphs.map((sample) => sample.peakMiB ?? Number.NaN)),
    nodes: of(graphs, 'nodes'),
    edges: of(graphs, 'edges'),
    reach,
  };
}

function clusterRows({ cluster, floorMs, graphMs, buildMs, peakMiB, nodes, edges, reach }: Measured): readonly Row[] {
  const size = named(cluster.pods);
  const number = (key: string): number => reach[key] ?? Number.NaN;
  const share = graphMs / floorMs;
  const p99 = number('reachP99') / number('bareP99');
  const limit = 1024;
  return [
    {
      what: `${size} (${(cluster.bytes / 1e6).toFixed(0)} MB): file to graph`,
      measured: seconds(graphMs),
      against: `JSON.parse ${seconds(floorMs)}`,
      ratio: share,
      target: { says: 'at most 1.5 ×', reached: share <= 1.5 },
    },
    {
      what: `${size}: of that, inventory to graph`,
      measured: seconds(buildMs),
      against: `${nodes.toLocaleString('en')} nodes, ${edges.toLocaleString('en')} edges`,
    },
    {
      what: `${size}: peak memory`,
      measured: mebibytes(peakMiB),
      against: '',
      ...(cluster.pods >= 100_000 ? { target: { says: 'under 1 GiB', reached: peakMiB < limit } } : {}),
    },
    {
      what: `${size}: reach p50`,
      measured: milliseconds(number('reachP50')),
      against: `bare BFS ${milliseconds(number('bareP50'))}`,
      ratio: number('reachP50') / number('bareP50'),
    },
    {
      what: `${size}: reach p99 (${number('reachedP99').toLocaleString('en')} nodes)`,
      measured: milliseconds(number('reachP99')),
      against: `bare BFS ${milliseconds(number('bareP99'))}`,
      ratio: p99,
      target: { says: 'under 5 ms, at most 3 ×', reached: number('reachP99') < 5 && p99 <= 3 },
    },
    {
      what: `${size}: summary of ${number('identities').toLocaleString('en')} identities`,
      measured: seconds(number('identitiesMs')),
      against: '',
      target: { says: 'under 2 s', reached: number('identitiesMs') < 2000 },
    },
  ];
}

async function liveRow(cluster: BenchCluster, rounds: number): Promise<Row> {
  progress(`${named(cluster.pods)}: live collection`);
  const server = await startApiServer(cluster.folder);
  try {
    const kubeconfig = path.join(BENCH_FOLDER, 'kubeconfig');
    writeFileSync(kubeconfig, server.kubeconfig, { mode: 0o600 });
    const bare: number[] = [];
    const live: number[] = [];
    // One round more than is counted: the first fills the server's caches.
    for (let round = 0; round <= rounds; round += 1) {
      const floor = await measure('bare-fetch.ts', [server.url]);
      const subject = await measure('live.ts', [kubeconfig]);
      if (subject.pods !== cluster.pods || subject.gaps !== 0)
        throw new Error(`live collection read ${subject.pods} pods with ${subject.gaps} gaps`);
      if (round === 0) continue;
      bare.push(floor.totalMs ?? Number.NaN);
      live.push(subject.totalMs ?? Number.NaN);
    }
    const ratio = median(live) / median(bare);
    return {
      what: `${named(cluster.pods)}: live to graph`,
      measured: seconds(median(live)),
      against: `bare paged fetch ${seconds(median(bare))}`,
      ratio,
      target: { says: 'at most 1.3 ×', reached: ratio <= 1.3 },
    };
  } finally {
    await server.close();
  }
}

/** The AWS evaluator over every pair of a service account and a role, as far as the measuring program counts. */
async function questionRows(cluster: BenchCluster, rounds: number): Promise<readonly Row[]> {
  progress(`${named(cluster.pods)}: questions to the AWS evaluator`);
  const samples: Record<string, number>[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await measure('questions.ts', [cluster.folder]));
  const wanted = 100_000;
  const row = (what: string, key: string): Row => {
    const rate = of(samples, key);
    return {
      what: `${named(cluster.pods)}: ${what}`,
      measured: `${Math.round(rate).toLocaleString('en')} a second`,
      against: `${of(samples, 'pairs').toLocaleString('en')} pairs of service account and role`,
      target: { says: 'at least 100,000 a second', reached: rate >= wanted },
    };
  };
  return [row('may the account assume the role', 'assumePerSecond'), row('may the role do it', 'accessPerSecond')];
}

/** Cuts between every namespace and cluster admin, the first of them with what is indexed once. */
async function cutRows(cluster: BenchCluster, rounds: number): Promise<readonly Row[]> {
  progress(`${named(cluster.pods)}: cuts`);
  const samples: Record<string, number>[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await measure('cuts.ts', [cluster.folder]));
  const row = (what: string, key: string): Row => {
    const ms = of(samples, key);
    return {
      what: `${named(cluster.pods)}: ${what}`,
      measured: milliseconds(ms),
      against: `${of(samples, 'namespaces').toLocaleString('en')} namespaces`,
      target: { says: 'under 1 s', reached: ms < 1000 },
    };
  };
  return [
    row('the first cut, namespace → cluster admin', 'firstMs'),
    row('the slowest cut after it', 'slowestMs'),
    row('cut of all pods → cluster admin', 'allMs'),
  ];
}

/** What one more binding would open: the first question, and what the next ones cost. No bound: it is told on the screen. */
async function whatIfRows(cluster: BenchCluster, rounds: number): Promise<readonly Row[]> {
  progress(`${named(cluster.pods)}: what if`);
  const samples: Record<string, number>[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await measure('what-if.ts', [cluster.folder]));
  const row = (what: string, key: string): Row => ({
    what: `${named(cluster.pods)}: ${what}`,
    measured: milliseconds(of(samples, key)),
    against: '',
  });
  return [row('what one more binding would open, asked first', 'firstMs'), row('asked again', 'nextMs')];
}

function growthRow(small: Measured, large: Measured): Row {
  const ratio = large.graphMs / small.graphMs;
  return {
    what: `${named(large.cluster.pods)} against ${named(small.cluster.pods)}: file to graph`,
    measured: seconds(large.graphMs),
    against: seconds(small.graphMs),
    ratio,
    target: { says: 'at most 5.5 ×', reached: ratio <= 5.5 },
  };
}

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const small = await measureCluster(2_000, 3);
const medium = await measureCluster(20_000, 3);
const live = await liveRow(medium.cluster, 3);
const questions = await questionRows(medium.cluster, 3);
const cut = await cutRows(medium.cluster, 3);
const whatIf = await whatIfRows(medium.cluster, 3);
const large = values.quick ? undefined : await measureCluster(100_000, 1);
const all = [small, medium, ...(large ? [large] : [])];
const rows = [...all.flatMap(clusterRows), live, ...questions, ...cut, ...whatIf, ...(large ? [growthRow(medium, large)] : [])];
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${process.platform}-${process.arch}`;
writeFileSync(path.join(BENCH_FOLDER, 'result.json'), `${JSON.stringify({ machine, rows, measured: all }, null, 2)}\n`);
console.log(
  `${markdownTable(rows)}\n\n${machine}. Floor: text of the bytes and JSON.parse, without reading the file. Median of ${values.quick ? 3 : '3 (1 at 100,000 pods)'}.`,
);
