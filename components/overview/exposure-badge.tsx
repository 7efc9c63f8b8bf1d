import type { NodeSummary } from '../../lib/api/contract.ts';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { qualifiedName } from '../ui/node-name.ts';

const WORDS = { internet: 'Internet', network: 'Node network' } as const;

/** From where a workload is reached, and what leads to it in the hint. */
export function ExposureBadge({ from, by = [] }: { from: keyof typeof WORDS; by?: readonly NodeSummary[] | undefined }) {
  const outside = from === 'internet' ? 'the internet' : 'the network of the nodes';
  const way =
    by.length === 0 ? 'by a port of its node' : `by ${by.map((one) => `${KIND_LABELS[one.kind].one} ${qualifiedName(one)}`).join(', ')}`;
  return (
    <span
      title={`Reached from ${outside} ${way}`}
      className={`shrink-0 whitespace-nowrap rounded-md border border-line px-1.5 py-0.5 text-xs ${from === 'internet' ? 'text-high' : 'text-muted'}`}
    >
      <span className="sr-only">Reached from </span>
      {WORDS[from]}
    </span>
  );
}
