import { Skeleton } from '../ui/skeleton.tsx';

/** The panel before its answer is there. */
export function PanelSkeleton() {
  return (
    <div className="space-y-3 p-4">
      <output className="sr-only">Loading details</output>
      <Skeleton className="h-8 w-3/4" />
      <Skeleton className="h-14" />
      <Skeleton className="h-40" />
      <Skeleton className="h-9" />
      <Skeleton className="h-9" />
    </div>
  );
}
