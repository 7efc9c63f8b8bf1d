import { EmptyState } from './empty-state.tsx';
import { OpenSources } from './open-sources.tsx';

/** In the place of an answer about workloads where no pod is in the data: nothing bad was found because nothing was looked at. */
export function NoPods() {
  return (
    <EmptyState icon="sources" title="No running pods in what was read" actions={<OpenSources />}>
      So nothing can be said about workloads. Check in Sources that pods could be read, or upload a snapshot that has them.
    </EmptyState>
  );
}
