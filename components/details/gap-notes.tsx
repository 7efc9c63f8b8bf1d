import type { Gap } from '../../lib/inventory/gap.ts';
import { CoverageBadge } from '../ui/coverage-badge.tsx';

/** That something could not be read that could change what stands here; the badge opens what, why and what to do. */
export function GapNotes({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <div className="flex items-center justify-between gap-2 rounded-lg border border-line py-1.5 pr-1.5 pl-3 text-xs">
      <p className="font-semibold text-medium">This answer may be incomplete</p>
      <CoverageBadge gaps={gaps} />
    </div>
  );
}
