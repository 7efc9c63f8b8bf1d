import type { CanvasNode } from '../../lib/api/contract.ts';
import { styleOf } from './style.ts';

/** What a card says in two parts; the whole name is in the tooltip and in the panel. */
export interface CardText {
  readonly name: string;
  readonly caption: string;
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; the resource may hold colons. */
const ARN = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):(.*)$/s;

/**
 * Short enough for a card: of an ARN the last part over its account; `*` is the whole cluster; what stands for everything of a kind
 * is named after the kind; else the name over its namespace, or over its kind where it has none or is named after it.
 */
export function cardText(node: Pick<CanvasNode, 'kind' | 'label' | 'namespace' | 'count'>): CardText {
  const { caption } = styleOf(node.kind);
  const { label, namespace } = node;
  if (label === '*') return { name: caption, caption: 'Whole cluster' };
  if (node.kind.startsWith('all-') && node.count === 1) return { name: caption, caption: label };
  const arn = ARN.exec(label);
  if (arn) return { name: arn[2]?.split('/').at(-1) || label, caption: arn[1] ? `${caption} · ${arn[1]}` : caption };
  return { name: label, caption: namespace === undefined || namespace === label ? caption : namespace };
}
