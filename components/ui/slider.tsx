'use client';
import { Slider as Radix } from 'radix-ui';

/** A whole number between two ends; arrow keys move it. `text` says the value in words. */
export function Slider({
  label,
  value,
  min,
  max,
  onChange,
  text,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  text?: string;
}) {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={1}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      className="relative flex h-6 w-28 touch-none select-none items-center"
    >
      <Radix.Track className="relative h-1 flex-1 rounded-full bg-line-strong">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb aria-label={label} aria-valuetext={text} className="block size-4 rounded-full border-2 border-accent bg-surface" />
    </Radix.Root>
  );
}
