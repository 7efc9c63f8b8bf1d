'use client';
import { ApiProblem } from '../api/api-problem.ts';
import { Button } from './button.tsx';
import { Icon } from './icons/interface-icons.tsx';
import { Prose } from './prose.tsx';

/** What failed, why, and what to do. `kept`: the last good data is still on screen below. */
export function ErrorState({ error, onRetry, kept = false }: { error: Error; onRetry?: () => void; kept?: boolean }) {
  const title = error instanceof ApiProblem ? error.title : 'Something went wrong';
  return (
    <div role="alert" className="flex items-start gap-3 rounded-lg border border-critical/40 bg-critical-soft px-4 py-3 text-sm">
      <Icon name="warning" className="mt-0.5 text-critical" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold text-critical">{title}</p>
        <p className="mt-0.5 break-words text-text">
          <Prose>{error.message}</Prose>
          {kept && ' (what is shown is the last good answer)'}
        </p>
      </div>
      {onRetry && (
        <Button size="small" icon="reload" onClick={() => onRetry()}>
          Try again
        </Button>
      )}
    </div>
  );
}
