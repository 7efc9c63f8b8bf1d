import type { Gap } from '../../lib/inventory/gap.ts';
import { Prose } from '../ui/prose.tsx';

const SHOWN = 3;

/** What could not be read and could change what stands here. */
export function GapNotes({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <div className="mx-4 mb-4 rounded-lg border border-line bg-medium-soft px-3 py-2 text-xs">
      <p className="font-semibold text-medium">This answer may be incomplete</p>
      <ul className="mt-1 space-y-1">
        {gaps.slice(0, SHOWN).map((gap) => (
          <li key={gap.id} className="break-words">
            <bdi>{gap.what}</bdi>: <Prose>{gap.why}</Prose>. <Prose>{gap.remedy}</Prose>
          </li>
        ))}
      </ul>
      {gaps.length > SHOWN && (
        <a href="/sources" className="mt-1 inline-block font-medium underline">
          All {gaps.length} gaps
        </a>
      )}
    </div>
  );
}
