'use client';
import type { Gap } from '../../lib/inventory/gap.ts';
import { Dialog } from './dialog.tsx';
import { GapList } from './gap-list.tsx';
import { Icon } from './icons/interface-icons.tsx';
import { counted } from './numbers.ts';

/** "Full coverage", or "3 gaps" as a button that opens the list of them. */
export function CoverageBadge({ gaps }: { gaps: readonly Gap[] }) {
  if (gaps.length === 0) {
    return (
      <span className="inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md bg-good-soft px-2 font-medium text-good text-xs">
        <Icon name="check" size={13} />
        Full coverage
      </span>
    );
  }
  return (
    <Dialog
      wide
      title={`Coverage: ${counted(gaps.length, 'gap')}`}
      description="What could not be read. Answers may be missing ways that run through these."
      trigger={
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md bg-medium-soft px-2 font-medium text-medium text-xs hover:underline"
        >
          <Icon name="warning" size={13} />
          {counted(gaps.length, 'gap')}
        </button>
      }
    >
      <GapList gaps={gaps} />
    </Dialog>
  );
}
