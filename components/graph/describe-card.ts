import type { CanvasNode } from '../../lib/api/contract.ts';
import { oneLine } from './label.ts';
import { styleOf } from './style.ts';

/** What a screen reader says of a card: `Pod api, namespace shop, 2 hops away, conditional`. */
export function describeCard(node: CanvasNode, direction: 'forward' | 'reverse'): string {
  const parts = [`${styleOf(node.kind).caption} ${oneLine(node.label)}`];
  if (node.namespace !== undefined) parts.push(`namespace ${oneLine(node.namespace)}`);
  if (node.count > 1) parts.push(`stands for ${node.count}`);
  if (node.hops === 0) parts.push('start');
  else if (node.hops !== undefined)
    parts.push(`${node.hops} ${node.hops === 1 ? 'hop' : 'hops'} ${direction === 'forward' ? 'away' : 'before'}`);
  if (node.certainty === 'conditional') parts.push('conditional');
  return parts.join(', ');
}
