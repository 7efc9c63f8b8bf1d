'use client';
import { useId } from 'react';

/** One past the deepest limit stands for no limit. */
const DEEPEST = 9;

/** How many hops count; the right end is all of them. */
export function DepthSlider({ depth, onChange }: { depth: number | null; onChange: (depth: number | null) => void }) {
  const id = useId();
  const value = depth === null ? DEEPEST : Math.min(DEEPEST - 1, Math.max(1, depth));
  const says = depth === null ? 'all hops' : `${value} ${value === 1 ? 'hop' : 'hops'}`;
  return (
    <span className="inline-flex h-8 items-center gap-2 rounded-md border border-line-strong px-2.5 text-sm">
      <label htmlFor={id} className="text-muted">
        Depth
      </label>
      <input
        id={id}
        type="range"
        min={1}
        max={DEEPEST}
        step={1}
        value={value}
        aria-valuetext={says}
        onChange={(event) => onChange(Number(event.target.value) === DEEPEST ? null : Number(event.target.value))}
        className="h-6 w-24 accent-(--accent)"
      />
      <output htmlFor={id} className="w-14 text-xs tabular-nums">
        {says}
      </output>
    </span>
  );
}
