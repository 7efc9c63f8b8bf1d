'use client';
import type { GraphAnswer } from '../../lib/api/contract.ts';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { Popover } from '../ui/popover.tsx';
import { styleOf } from './style.ts';
import type { Drawing } from './use-drawing.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';
import type { ExplorerState } from './use-explorer-state.ts';

interface OmittedProps {
  readonly omitted: GraphAnswer['omitted'];
  readonly drawing: Drawing;
  readonly state: ExplorerState;
  readonly actions: ExplorerActions;
}

/** Says what is not drawn, and opens it: as a list, or on the canvas. */
export function OmittedNote({ omitted, drawing, state, actions }: OmittedProps) {
  const hidden = state.hide.length;
  const left = omitted.reduce((sum, { count }) => sum + count, 0);
  const stacked = [...drawing.stacks.values()].reduce((sum: number, members) => sum + (members as readonly unknown[]).length, 0);
  if (left === 0 && hidden === 0 && stacked === 0) return null;
  const says = [left > 0 && `${left} not drawn`, stacked > 0 && `${stacked} in stacks`, hidden > 0 && `${hidden} hidden`]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className="absolute right-2 top-11 z-10">
      <Popover
        label="What is not drawn"
        align="end"
        trigger={
          <button
            type="button"
            className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-surface px-2 text-xs text-muted shadow-sm hover:text-text"
          >
            <Icon name="eye-off" size={13} />
            {says}
          </button>
        }
      >
        <ul className="space-y-2.5">
          {omitted.map((part) => (
            <li key={`${part.kind} ${part.why}`}>
              <p className="font-medium">
                {part.count} {styleOf(part.kind).plural.toLowerCase()} not drawn
              </p>
              <p className="text-xs text-muted">{part.why}</p>
              {state.select.length > 0 && (
                <a className="text-xs font-medium text-accent hover:underline" href={listHref(state, part.kind)}>
                  List them
                </a>
              )}
            </li>
          ))}
          {stacked > 0 && (
            <li className="text-xs text-muted">
              {stacked} nodes that nothing here tells apart are drawn as {drawing.stacks.size} stacks. Click a stack to see them one by one.
            </li>
          )}
          {hidden > 0 && (
            <li>
              <button type="button" className="text-xs font-medium text-accent hover:underline" onClick={actions.unhide}>
                Show {hidden} hidden {hidden === 1 ? 'node' : 'nodes'} again
              </button>
            </li>
          )}
        </ul>
      </Popover>
    </div>
  );
}

/** The list of everything of a kind that the selection reaches, in Respond. */
function listHref(state: ExplorerState, kind: string): string {
  const search = new URLSearchParams();
  for (const id of state.select) search.append('from', id);
  if (state.direction === 'reverse') search.set('direction', 'reverse');
  search.set('kind', kind);
  return `/respond?${search.toString()}`;
}
