import { crownJewels } from '../../analysis/crown-jewels.ts';
import { diffWorlds } from '../../analysis/diff-worlds.ts';
import { type FindingChange, findingChanges } from '../../analysis/finding-changes.ts';
import type { JewelChange, PairChanges, SourceChange, World } from '../../analysis/pair-changes.ts';
import type { PairLevel } from '../../analysis/pair-levels.ts';
import type { Summary } from '../../analysis/summary.ts';
import { hypotheticalWorld } from '../../analysis/what-if.ts';
import type { NodeSummary, Surety } from '../../api/contract.ts';
import type * as wire from '../../api/what-if-contract.ts';
import type { Graph } from '../../graph/model.ts';
import { techniqueAt } from '../../graph/read.ts';
import { techniques } from '../../graph/techniques/index.ts';
import type { Change } from '../../inventory/changes/change.ts';
import { type Dataset, datasetOf } from '../dataset.ts';
import { markedJewels, tellingNotFound } from './marked-jewels.ts';
import { edgeDetail, edgeSummary, first, nodeSummary } from './parts.ts';

const EDGES = 50;
const NOTES = 200;
const SUBJECTS = 5;
const KINDS = 100;

/** A node of either world: what is new is only in the one, what is gone only in the other. */
type Summaries = (id: string) => NodeSummary;

const sureties = ['none', 'conditional', 'certain'] as const satisfies readonly (Surety | 'none')[];

function surety(level: PairLevel): Surety | undefined {
  const word = sureties[level];
  return word === 'none' ? undefined : word;
}

function jewelAnswer({ id, before, after, severity }: JewelChange, summary: Summaries): wire.JewelChange {
  const [was, is] = [surety(before), surety(after)];
  return { jewel: summary(id), ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }), severity };
}

const sourceAnswer =
  (graph: Graph, summary: Summaries) =>
  ({ id, total, severity, jewels, way }: SourceChange): wire.SourceChange => ({
    source: summary(id),
    total,
    severity,
    jewels: jewels.map((jewel) => jewelAnswer(jewel, summary)),
    way: way.map((edge) => edgeDetail(graph, edge)),
  });

const pairsAnswer = ({ list, ...counts }: PairChanges, graph: Graph, summary: Summaries): wire.PairChanges => ({
  ...counts,
  list: list.map(sourceAnswer(graph, summary)),
});

const verdictOf = ({ severity, verdict }: Summary): { severity: wire.Severity; verdict: string } => ({ severity, verdict });

const findingAnswer = ({ finding, title, severity, rows }: FindingChange): wire.FindingChange => ({
  finding,
  title,
  severity,
  rows: rows.length,
  subjects: first(rows, SUBJECTS).map(
    ({ subject: { kind, namespace, name } }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
  ),
});

/** Edges that are a way to move come before those that only say how things are; within each in the order of the registry. */
function tellingEdges(graph: Graph, edges: readonly number[]): readonly number[] {
  const isStructure = (edge: number): boolean => techniques[techniqueAt(graph, edge)].class === 'structure';
  return [...edges.filter((edge) => !isStructure(edge)), ...edges.filter(isStructure)].slice(0, EDGES);
}

const worldOf = ({ graph, walker, workloads }: Dataset, marked: readonly string[]): World => ({
  graph,
  walker,
  workloads,
  jewels: crownJewels(graph, markedJewels(graph, marked).nodes),
});

/**
 * What changes to a dataset would open and close; the dataset stays as it is. Throws ChangeError where a change cannot be made. The changed world is
 * built of what both share, so that it costs about what building the graph does.
 */
export function whatIfAnswer(data: Dataset, changes: readonly Change[], jewels: readonly string[]): wire.WhatIfAnswer {
  const { inventory, graph, notes, notJudged } = hypotheticalWorld(data, changes);
  const changed = datasetOf(inventory, graph);
  const diff = diffWorlds(worldOf(data, jewels), worldOf(changed, jewels));
  const findings = findingChanges(data, changed);
  const summary: Summaries = (id) => {
    const after = graph.nodes.indexOf(id);
    return after === undefined ? nodeSummary(data.graph, data.graph.nodes.indexOf(id) as number) : nodeSummary(graph, after);
  };
  return {
    changes: changes.reduce((sum, change) => sum + (change.change === 'keys' ? change.keys.length : 1), 0),
    notes: { total: notes.length, list: first(notes, NOTES).map(({ at, says }) => ({ change: at, says })) },
    notJudged: first(notJudged, KINDS),
    // A jewel may be in one of the two worlds alone.
    ...tellingNotFound(markedJewels(graph, markedJewels(data.graph, jewels).notFound).notFound),
    opened: pairsAnswer(diff.opened, graph, summary),
    closed: pairsAnswer(diff.closed, data.graph, summary),
    workloads: {
      ...diff.workloads,
      list: diff.workloads.list.map(({ id, before, after }) => ({
        workload: summary(id),
        ...(before === undefined ? {} : { before: verdictOf(before) }),
        ...(after === undefined ? {} : { after: verdictOf(after) }),
      })),
    },
    edges: {
      opened: diff.edges.opened.length,
      closed: diff.edges.closed.length,
      firstOpened: tellingEdges(graph, diff.edges.opened).map((edge) => edgeSummary(graph, edge)),
      firstClosed: tellingEdges(data.graph, diff.edges.closed).map((edge) => edgeSummary(data.graph, edge)),
    },
    findings: { opened: findings.opened.map(findingAnswer), fixed: findings.fixed.map(findingAnswer) },
    gaps: graph.gaps,
  };
}
