'use client';
import { Popover as Radix } from 'radix-ui';

interface PopoverProps {
  /** The control that opens it. */
  readonly trigger: React.ReactNode;
  /** Accessible name of what opens. */
  readonly label: string;
  readonly children: React.ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly className?: string;
}

/** A small panel beside its trigger. */
export function Popover({ trigger, label, children, align = 'start', className }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={`z-40 max-h-[min(36rem,var(--radix-popover-content-available-height))] w-80 max-w-[calc(100vw-1rem)] overflow-auto rounded-lg border border-line bg-surface p-3 text-sm shadow-float ${className ?? ''}`}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
