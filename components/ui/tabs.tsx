'use client';
import { Tabs as Radix } from 'radix-ui';

export interface Tab {
  readonly id: string;
  readonly label: React.ReactNode;
  readonly content: React.ReactNode;
}

/** Tabs over panels; steered from outside with `value` and `onChange`, or on its own. */
export function Tabs({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onChange?: (id: string) => void;
}) {
  const first = tabs[0]?.id ?? '';
  return (
    <Radix.Root {...(value === undefined ? { defaultValue: first } : { value })} {...(onChange && { onValueChange: onChange })}>
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px h-9 whitespace-nowrap border-b-2 border-transparent px-2.5 text-sm text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="pt-3">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
