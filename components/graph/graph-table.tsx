'use client';
import { useMemo } from 'react';
import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { Name } from '../ui/name.tsx';
import { styleOf } from './style.ts';
import type { Drawing } from './use-drawing.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';
import { useTechniqueTitles } from './use-technique-titles.ts';

interface TableProps {
  readonly drawing: Drawing;
  readonly actions: ExplorerActions;
  readonly selected: readonly string[];
  readonly caption: string;
  readonly direction: 'forward' | 'reverse';
}

const HEAD = 'sticky top-0 z-[1] border-b border-line bg-surface px-3 py-2 text-left text-xs font-medium text-muted';
const CELL = 'border-b border-line px-3 py-1.5 align-middle';

/** The drawing as two tables: nodes, then edges. For screen readers, for the keyboard, and for whoever prefers rows. */
export function GraphTable({ drawing, actions, selected, caption, direction }: TableProps) {
  const nodes = useMemo(
    () => [...drawing.graph.nodes].sort((a, b) => (a.hops ?? 1e9) - (b.hops ?? 1e9) || a.column - b.column || compare(a.label, b.label)),
    [drawing.graph],
  );
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  return (
    <div className="size-full overflow-auto bg-surface">
      <table className="w-full text-sm">
        <caption className="px-3 pb-1 pt-3 text-left font-semibold">
          Nodes <span className="font-normal text-muted">({caption})</span>
        </caption>
        <Head names={['Name', 'Kind', 'Namespace', direction === 'forward' ? 'Hops away' : 'Hops before', 'Certainty']} right={3} />
        <tbody>
          {nodes.map((node) => (
            <NodeRow key={node.id} node={node} actions={actions} selected={selected.includes(node.id)} />
          ))}
        </tbody>
      </table>
      <EdgeTable edges={drawing.graph.edges} byId={byId} actions={actions} />
    </div>
  );
}

/** Headings of a table; the one at the place `right` is over numbers. */
function Head({ names, right }: { names: readonly string[]; right?: number }) {
  return (
    <thead>
      <tr>
        {names.map((name, place) => (
          <th key={name} scope="col" className={place === right ? `${HEAD} text-right` : HEAD}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function NodeRow({ node, actions, selected }: { node: CanvasNode; actions: ExplorerActions; selected: boolean }) {
  return (
    <tr className={selected ? 'bg-accent-soft' : 'hover:bg-sunken'}>
      <th scope="row" className={`${CELL} max-w-80 font-normal`}>
        <button
          type="button"
          aria-pressed={selected}
          onClick={() => actions.select(node.id)}
          className="flex min-h-6 min-w-0 max-w-full items-center gap-2 text-left text-accent hover:underline"
        >
          <KindIcon kind={node.kind} size={20} />
          <Name>{node.label}</Name>
        </button>
      </th>
      <td className={CELL}>{styleOf(node.kind).caption}</td>
      <td className={`${CELL} max-w-48 truncate`}>{node.namespace !== undefined && <Name>{node.namespace}</Name>}</td>
      <td className={`${CELL} text-right tabular-nums`}>{node.hops}</td>
      <td className={CELL}>{node.certainty && <CertaintyBadge certainty={node.certainty} />}</td>
    </tr>
  );
}

function EdgeTable({
  edges,
  byId,
  actions,
}: {
  edges: readonly CanvasEdge[];
  byId: ReadonlyMap<string, CanvasNode>;
  actions: ExplorerActions;
}) {
  const titles = useTechniqueTitles();
  return (
    <table className="mt-6 w-full text-sm">
      <caption className="px-3 pb-1 text-left font-semibold">Edges</caption>
      <Head names={['From', 'How', 'To', 'Certainty']} />
      <tbody>
        {edges.map((edge) => (
          <tr key={edge.id} className="hover:bg-sunken">
            <td className={`${CELL} max-w-64 truncate`}>
              <Name>{byId.get(edge.from)?.label ?? edge.from}</Name>
            </td>
            <td className={CELL}>
              <ul>
                {edge.techniques.map((technique) => (
                  <li key={technique}>
                    {edge.id.startsWith('stack:') ? (
                      (titles.get(technique) ?? technique)
                    ) : (
                      <button
                        type="button"
                        className="min-h-6 text-left text-accent hover:underline"
                        onClick={() => actions.openEdge({ from: edge.from, to: edge.to, technique })}
                      >
                        {titles.get(technique) ?? technique}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            </td>
            <td className={`${CELL} max-w-64 truncate`}>
              <Name>{byId.get(edge.to)?.label ?? edge.to}</Name>
            </td>
            <td className={CELL}>
              <CertaintyBadge certainty={edge.certainty} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
