'use client';
import { useState } from 'react';
import type { CanvasHandle } from './canvas-handle.ts';
import type { Point } from './card.ts';
import { type Direction, firstCard, moveFocus } from './move-focus.ts';
import type { Drawing } from './use-drawing.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';
import type { ExplorerState } from './use-explorer-state.ts';

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const ZOOM_STEP = 1.25;

interface KeysOptions {
  readonly drawing: Drawing;
  readonly state: ExplorerState;
  readonly actions: ExplorerActions;
  readonly canvas: React.RefObject<CanvasHandle | null>;
  readonly openMenu: (id: string, at: Point) => void;
}

/** The canvas from the keyboard: which card has the focus, and what every key does. */
export function useCanvasKeys({ drawing, state, actions, canvas, openMenu }: KeysOptions) {
  const [wanted, setFocus] = useState<string>();
  const { positions } = drawing.layout;
  const focus = wanted !== undefined && positions.has(wanted) ? wanted : undefined;
  const move = (direction: Direction) => {
    const start = focus ?? state.select.find((id) => positions.has(id));
    const next = focus === undefined ? (start ?? firstCard(positions)) : moveFocus(drawing.graph, positions, focus, direction);
    setFocus(next);
    if (next !== undefined) canvas.current?.reveal(next);
  };
  const showMenu = () => {
    const at = focus === undefined ? undefined : canvas.current?.placeOf(focus);
    if (focus !== undefined && at) openMenu(focus, at);
  };
  const keys = new Map<string, (event: React.KeyboardEvent) => void>([
    ['Enter', (event) => focus !== undefined && actions.select(focus, event.shiftKey || event.ctrlKey || event.metaKey)],
    [' ', (event) => focus !== undefined && actions.select(focus, event.shiftKey)],
    [
      'Escape',
      () => {
        setFocus(undefined);
        actions.clear();
      },
    ],
    ['+', () => canvas.current?.zoomBy(ZOOM_STEP)],
    ['=', () => canvas.current?.zoomBy(ZOOM_STEP)],
    ['-', () => canvas.current?.zoomBy(1 / ZOOM_STEP)],
    ['0', () => canvas.current?.fit()],
    ['ContextMenu', showMenu],
  ]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const act =
      arrow && plain
        ? () => move(arrow)
        : event.key === 'F10' && event.shiftKey
          ? showMenu
          : plain || event.key === 'Enter'
            ? keys.get(event.key)
            : undefined;
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  return { focus, setFocus, onKeyDown };
}
