import type { NodeKind } from '../graph/kinds.ts';
import type { Graph, NodeId } from '../graph/model.ts';
import { CLUSTER_ADMIN } from '../graph/node-id.ts';
import { jewelSeverity } from './crown-jewels.ts';
import { levelAt, type PairLevel, type PairLevels, pairLevels } from './pair-levels.ts';
import { GROUPS, SEVERITIES, type Severity } from './summary.ts';
import type { Walker } from './walk.ts';
import { wayFrom } from './way-from.ts';
import { podsByWorkload, type WorkloadRisk } from './workloads.ts';

/** One of two worlds that are compared. */
export interface World {
  readonly graph: Graph;
  readonly walker: Walker;
  readonly workloads: () => readonly WorkloadRisk[];
  /** Nodes of this graph that nobody should reach. */
  readonly jewels: readonly number[];
}

/** A jewel that a source reaches in one world otherwise than in the other. */
export interface JewelChange {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly before: PairLevel;
  readonly after: PairLevel;
  readonly severity: Severity;
}

/** What changes for one source: a workload, an account, a user, a group, or where traffic comes from. */
export interface SourceChange {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** How many jewels, and the worst of them first. */
  readonly total: number;
  readonly jewels: readonly JewelChange[];
  /** Of the worst. */
  readonly severity: Severity;
  /** The shortest way to the worst, in the world that has it; empty behind the first that are told, and where the source is the jewel. */
  readonly way: readonly number[];
}

export interface PairChanges {
  /** Pairs of a source and a jewel. */
  readonly pairs: number;
  /** How many of them are of workloads. */
  readonly workloadPairs: number;
  readonly sources: number;
  /** By severity, how many pairs. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Worst first, bounded. */
  readonly list: readonly SourceChange[];
}

/** Sources beside workloads, whom no workload's way may pass. */
const IDENTITIES: ReadonlySet<NodeKind> = new Set(['service-account', 'user', 'group', 'internet', 'node-network']);

/** So many sources are listed, and so many of them with their way; of each so many jewels. */
const LISTED = 100;
const WITH_WAY = 20;
const JEWELS = 10;

interface Source {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function sourcesIn(graph: Graph): ReadonlyMap<NodeId, { readonly kind: NodeKind; readonly starts: readonly number[] }> {
  const { nodes } = graph;
  const found = new Map<NodeId, { kind: NodeKind; starts: readonly number[] }>();
  for (const [node, pods] of podsByWorkload(graph))
    found.set(nodes.ids[node] as NodeId, { kind: nodes.kinds[node] as NodeKind, starts: pods });
  for (let node = 0; node < nodes.count; node += 1) {
    const kind = nodes.kinds[node] as NodeKind;
    if (IDENTITIES.has(kind)) found.set(nodes.ids[node] as NodeId, { kind, starts: [node] });
  }
  return found;
}

function sourcesOf(base: Graph, changed: Graph): readonly Source[] {
  const before = sourcesIn(base);
  const after = sourcesIn(changed);
  return [...new Set([...before.keys(), ...after.keys()])].map((id): Source => {
    const [was, is] = [before.get(id), after.get(id)];
    return { id, kind: (was ?? is)?.kind as NodeKind, before: was?.starts ?? [], after: is?.starts ?? [] };
  });
}

/** Both worlds asked the same: sources and jewels have the same places in both. */
interface Comparison {
  readonly sources: readonly Source[];
  /** `isNew` and `isGone`: only the one world has it. */
  readonly jewels: readonly { readonly id: NodeId; readonly kind: NodeKind; readonly isNew: boolean; readonly isGone: boolean }[];
  /** Place of cluster admin among the jewels, or -1. */
  readonly admin: number;
  readonly before: PairLevels;
  readonly after: PairLevels;
}

function compare(base: World, changed: World): Comparison {
  const jewels = new Map<NodeId, NodeKind>();
  for (const { graph, jewels: own } of [base, changed])
    for (const jewel of own) jewels.set(graph.nodes.ids[jewel] as NodeId, graph.nodes.kinds[jewel] as NodeKind);
  const sources = sourcesOf(base.graph, changed.graph);
  const levels = ({ graph }: World, groups: readonly (readonly number[])[]): PairLevels =>
    pairLevels(graph, { groups, targets: [...jewels.keys()].map((id) => graph.nodes.indexOf(id) ?? -1) });
  return {
    sources,
    jewels: [...jewels].map(([id, kind]) => ({
      id,
      kind,
      isNew: base.graph.nodes.indexOf(id) === undefined,
      isGone: changed.graph.nodes.indexOf(id) === undefined,
    })),
    admin: [...jewels.keys()].indexOf(CLUSTER_ADMIN as NodeId),
    before: levels(
      base,
      sources.map((source) => source.before),
    ),
    after: levels(
      changed,
      sources.map((source) => source.after),
    ),
  };
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A secret or a node that is added or taken away opens and closes nothing for those who are cluster admin in both worlds. */
function isOfAdmins({ jewels, admin, before, after }: Comparison, group: number, target: number): boolean {
  const { isNew, isGone } = jewels[target] as Comparison['jewels'][number];
  if (admin < 0 || (!isNew && !isGone)) return false;
  return levelAt(before, group, admin) > 0 && levelAt(after, group, admin) > 0;
}

/** Jewels of one source whose level rose (`opened`) or fell; of words that are the same nothing is looked at. */
function jewelChanges(comparison: Comparison, group: number): { opened: JewelChange[]; closed: JewelChange[] } {
  const { jewels, before, after } = comparison;
  const opened: JewelChange[] = [];
  const closed: JewelChange[] = [];
  for (let word = 0; word < before.words; word += 1) {
    const place = group * before.words + word;
    if (before.all[place] === after.all[place] && before.certain[place] === after.certain[place]) continue;
    for (let target = word * 32; target < Math.min(jewels.length, word * 32 + 32); target += 1) {
      const [was, is] = [levelAt(before, group, target), levelAt(after, group, target)];
      if (was === is || isOfAdmins(comparison, group, target)) continue;
      const { id, kind } = jewels[target] as Comparison['jewels'][number];
      const change = {
        id,
        kind,
        before: was,
        after: is,
        severity: jewelSeverity(kind, Math.max(was, is) === 2 ? 'certain' : 'conditional'),
      };
      (is > was ? opened : closed).push(change);
    }
  }
  return { opened, closed };
}

function severities(): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0, none: 0 };
}

interface Listed {
  readonly source: Source;
  readonly changes: readonly JewelChange[];
}

/** Cluster admin is told before the rest, as people know what it is. */
const RANKS = new Map<NodeKind, number>(GROUPS.flatMap(({ kinds }, place) => kinds.map((kind): [NodeKind, number] => [kind, place])));
const kindRank = ({ kind }: JewelChange): number => RANKS.get(kind) ?? GROUPS.length;

/** Gathers what changes in one direction. */
class Changes {
  readonly #world: World;
  readonly #startsOf: (source: Source) => readonly number[];
  readonly #list: Listed[] = [];

  constructor(world: World, startsOf: (source: Source) => readonly number[]) {
    this.#world = world;
    this.#startsOf = startsOf;
  }

  add(source: Source, changes: readonly JewelChange[]): void {
    if (changes.length > 0)
      this.#list.push({
        source,
        changes: [...changes].sort((a, b) => rank(a.severity) - rank(b.severity) || kindRank(a) - kindRank(b) || byText(a.id, b.id)),
      });
  }

  finish(): PairChanges {
    const bySeverity = severities();
    let pairs = 0;
    let workloadPairs = 0;
    for (const { source, changes } of this.#list) {
      pairs += changes.length;
      if (!IDENTITIES.has(source.kind)) workloadPairs += changes.length;
      for (const { severity } of changes) bySeverity[severity] += 1;
    }
    const worst = (one: Listed): number => rank((one.changes[0] as JewelChange).severity);
    const isIdentity = ({ source }: Listed): number => (IDENTITIES.has(source.kind) ? 1 : 0);
    const list = this.#list
      .sort(
        (a, b) =>
          worst(a) - worst(b) || isIdentity(a) - isIdentity(b) || b.changes.length - a.changes.length || byText(a.source.id, b.source.id),
      )
      .slice(0, LISTED)
      .map(({ source, changes }, place): SourceChange => {
        const [first] = changes as readonly [JewelChange, ...JewelChange[]];
        return {
          id: source.id,
          kind: source.kind,
          total: changes.length,
          jewels: changes.slice(0, JEWELS),
          severity: first.severity,
          way: place < WITH_WAY ? this.#way(source, first) : [],
        };
      });
    return { pairs, workloadPairs, sources: this.#list.length, bySeverity, list };
  }

  #way(source: Source, { id, before, after }: JewelChange): readonly number[] {
    const { graph, walker } = this.#world;
    const to = graph.nodes.indexOf(id);
    if (to === undefined) return [];
    const certainty = Math.max(before, after) === 2 ? 'certain' : 'all';
    return wayFrom(graph, walker, { from: this.#startsOf(source), to, certainty }) ?? [];
  }
}

/** Ways to crown jewels that open and close between two worlds; sources and jewels are told by their ids. */
export function pairChanges(base: World, changed: World): { readonly opened: PairChanges; readonly closed: PairChanges } {
  const comparison = compare(base, changed);
  const opened = new Changes(changed, ({ after }) => after);
  const closed = new Changes(base, ({ before }) => before);
  for (const [group, source] of comparison.sources.entries()) {
    const changes = jewelChanges(comparison, group);
    opened.add(source, changes.opened);
    closed.add(source, changes.closed);
  }
  return { opened: opened.finish(), closed: closed.finish() };
}
