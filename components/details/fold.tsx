'use client';
import { Icon } from '../ui/icons/interface-icons.tsx';

/** A part of the panel that opens and closes, with a count beside its title. */
export function Fold({
  title,
  count,
  open = false,
  children,
}: {
  title: string;
  count?: number | undefined;
  open?: boolean;
  children: React.ReactNode;
}) {
  return (
    <details open={open} className="group border-t border-line">
      <summary className="flex h-10 cursor-pointer list-none items-center gap-2 px-4 text-sm font-semibold hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <Icon name="chevron-right" size={14} className="text-faint transition-transform group-open:rotate-90" />
        <h3>{title}</h3>
        {count !== undefined && <span className="ml-auto text-xs font-normal tabular-nums text-muted">{count}</span>}
      </summary>
      <div className="px-4 pb-4">{children}</div>
    </details>
  );
}
