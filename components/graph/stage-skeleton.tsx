import { Skeleton } from '../ui/skeleton.tsx';

const COLUMNS = [3, 4, 3, 5, 2];

/** Cards that are not there yet, in columns; nothing when the answer failed and there is no older one. */
export function StageSkeleton({ failed }: { failed: boolean }) {
  if (failed) return <div className="flex-1" />;
  return (
    <div className="relative flex min-w-0 flex-1 items-center justify-center gap-12 overflow-hidden p-10 max-md:h-[62dvh] max-md:flex-none">
      <output className="sr-only">Loading the graph</output>
      {COLUMNS.map((cards, column) => (
        <div key={`column ${String(column)}`} className="flex flex-col gap-4">
          {Array.from({ length: cards }, (_, card) => (
            <Skeleton key={`card ${String(card)}`} className="h-11 w-32" />
          ))}
        </div>
      ))}
    </div>
  );
}
