/** Grey lines where text will be. The live region that says "loading" belongs to the page. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden="true" className={`animate-pulse rounded-md bg-sunken motion-reduce:animate-none ${className ?? 'h-4 w-full'}`} />
  );
}
