import type { CanvasNode } from '../../lib/api/contract.ts';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import type { Point } from './card.ts';
import type { SceneLine } from './scene.ts';
import { styleOf } from './style.ts';
import { useTechniqueTitles } from './use-technique-titles.ts';

export interface Hovered {
  readonly card?: string;
  readonly line?: SceneLine;
  readonly at: Point;
}

/** Names what is under the pointer: the whole name of a card, or the techniques of an edge. */
export function HoverNote({ hovered, nodes }: { hovered: Hovered | undefined; nodes: ReadonlyMap<string, CanvasNode> }) {
  const titles = useTechniqueTitles();
  if (!hovered) return null;
  const node = hovered.card === undefined ? undefined : nodes.get(hovered.card);
  const edge = hovered.line?.edge;
  if (!node && !edge) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-10 max-w-80 rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs shadow-float"
      style={{ left: hovered.at.x, top: hovered.at.y, transform: 'translate(-50%, calc(-100% - 14px))' }}
    >
      {node && (
        <>
          <p className="text-muted">
            {styleOf(node.kind).caption}
            {node.namespace !== undefined && (
              <>
                {' in '}
                <bdi>{node.namespace}</bdi>
              </>
            )}
          </p>
          <p className="line-clamp-4 break-all font-mono">
            <bdi>{node.label}</bdi>
          </p>
        </>
      )}
      {edge && (
        <>
          <p className="font-medium">{edge.techniques.map((id) => titles.get(id) ?? id).join(', ')}</p>
          <p className="mt-0.5 flex items-center gap-2 text-muted">
            <CertaintyBadge certainty={edge.certainty} />
          </p>
        </>
      )}
    </div>
  );
}
