import { useId } from 'react';

interface SectionProps {
  readonly title: string;
  /** A sentence below the title. */
  readonly hint?: React.ReactNode;
  /** Controls at the right of the title. */
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
  /** No padding round the content: for tables and lists that bring their own. */
  readonly flush?: boolean;
  readonly className?: string;
}

/** A titled part of a page: a region named by its `h2`. */
export function Section({ title, hint, actions, children, flush = false, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-xl border border-line bg-surface ${className ?? ''}`}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pb-2.5 pt-3">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="text-sm font-semibold">
            {title}
          </h2>
          {hint !== undefined && <p className="mt-0.5 text-xs text-muted">{hint}</p>}
        </div>
        {actions}
      </header>
      <div className={flush ? '' : 'px-4 pb-4'}>{children}</div>
    </section>
  );
}
