interface PageProps {
  readonly title: string;
  /** Beside the title, small. */
  readonly meta?: React.ReactNode;
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** The frame of a page that scrolls: its `h1`, its actions, its content in a readable width. */
export function Page({ title, meta, actions, children }: PageProps) {
  return (
    <div className="mx-auto w-full max-w-[88rem] px-4 py-5 md:px-7 md:py-6 print:max-w-none print:p-0">
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2 print:mb-2">
        <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
        {meta !== undefined && <div className="text-muted text-sm">{meta}</div>}
        <div className="flex-1" />
        {actions !== undefined && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
