import { LinkButton } from '../components/ui/button.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';

export default function NotFound() {
  return (
    <div className="pt-[12vh]">
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        title="There is no such page"
        actions={
          <LinkButton href="/" look="solid">
            Open the Overview
          </LinkButton>
        }
      >
        The address may be mistyped, or from another version. Search with / finds anything by name.
      </EmptyState>
    </div>
  );
}
