'use client';
import { ToggleGroup } from 'radix-ui';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: React.ReactNode;
  /** Accessible name where the label is an icon. */
  readonly name?: string;
}

/** One of a few, all in sight; a radio group to a screen reader, arrow keys move. */
export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
}: {
  label: string;
  value: Value;
  segments: readonly Segment<Value>[];
  onChange: (value: Value) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== '' && onChange(next as Value)}
      className="inline-flex h-8 items-center rounded-md border border-line-strong bg-surface p-0.5"
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          aria-label={segment.name}
          title={segment.name}
          className="inline-flex h-[26px] items-center gap-1.5 whitespace-nowrap rounded-[5px] px-2.5 text-sm text-muted transition-colors hover:text-text data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent"
        >
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
