import type { Status } from '../../lib/api/contract.ts';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { counted, whole } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';

/** How much of what the graph holds. */
export function KindCounts({ counts }: { counts: Status['counts'] }) {
  return (
    <Section title="What it holds" hint={`${counted(counts.nodes, 'node')} and ${counted(counts.edges, 'edge')} in the graph`}>
      <ul aria-label="Counts by kind" className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-6 text-sm">
        {counts.byKind.map(({ kind, count }) => (
          <li key={kind} className="flex h-8 items-center gap-2 border-line border-t">
            <KindIcon kind={kind} size={18} />
            <span className="flex-1 truncate">{KIND_LABELS[kind].many}</span>
            <span className="font-medium tabular-nums">{whole(count)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
