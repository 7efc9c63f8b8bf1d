'use client';
import { Button } from '../components/ui/button.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';

/** A fault of ours in a page: says so, and offers to draw the page again. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="pt-[12vh]">
      <h1 className="sr-only">Something went wrong</h1>
      <EmptyState
        icon="warning"
        title="This page failed"
        actions={
          <>
            <Button look="solid" onClick={reset}>
              Try again
            </Button>
            <Button onClick={() => location.assign('/')}>Open the Overview</Button>
          </>
        }
      >
        <p>This is a fault in Podreach, not in your cluster. Please report it with the text below.</p>
        <code className="mt-2 block break-words font-mono text-xs">
          {error.message}
          {error.digest !== undefined && ` (${error.digest})`}
        </code>
      </EmptyState>
    </div>
  );
}
