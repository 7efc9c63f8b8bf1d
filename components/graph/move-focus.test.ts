import { describe, expect, it } from 'vitest';
import { type Direction, firstCard, moveFocus } from './move-focus.ts';
import { canvasEdge, canvasNode } from './testing/canvas-graph.ts';

const positions = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 0, y: 60 }],
  ['near', { x: 200, y: 0 }],
  ['tied', { x: 200, y: 300 }],
  ['far', { x: 400, y: 0 }],
]);
const graph = { nodes: [...positions.keys()].map((id) => canvasNode(id, 0)), edges: [canvasEdge('a', 'tied'), canvasEdge('far', 'near')] };

describe('moveFocus', () => {
  const rows: { name: string; from: string; direction: Direction; to: string }[] = [
    { name: 'right follows an edge before what is nearer', from: 'a', direction: 'right', to: 'tied' },
    { name: 'right without an edge goes to the next column', from: 'b', direction: 'right', to: 'near' },
    { name: 'left follows an edge backwards', from: 'tied', direction: 'left', to: 'a' },
    { name: 'right follows an incoming edge too', from: 'near', direction: 'right', to: 'far' },
    { name: 'down stays in the column', from: 'a', direction: 'down', to: 'b' },
    { name: 'up stays in the column', from: 'tied', direction: 'up', to: 'near' },
    { name: 'nothing above', from: 'a', direction: 'up', to: 'a' },
    { name: 'nothing to the left', from: 'b', direction: 'left', to: 'b' },
    { name: 'from what is gone, begins anew', from: 'gone', direction: 'down', to: 'a' },
  ];
  it.each(rows)('$name', ({ from, direction, to }) => expect(moveFocus(graph, positions, from, direction)).toBe(to));

  it('begins at the top of the first column', () => expect(firstCard(positions)).toBe('a'));
  it('begins nowhere when nothing is drawn', () => expect(firstCard(new Map())).toBeUndefined());
});
