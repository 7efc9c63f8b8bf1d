import type { Status } from '../../lib/api/contract.ts';
import { whole } from '../ui/numbers.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';

/** `12,400 of about 20,000`, `12,400`, `done: 12,400`. */
function amount({ count, total, done }: Status['progress'][number]): string {
  if (done) return whole(count);
  return total === undefined ? whole(count) : `${whole(count)} of about ${whole(total)}`;
}

/** What is being read, line by line, with counts. */
export function LoadingProgress({ progress }: { progress: Status['progress'] }) {
  return (
    <ul aria-label="Progress" className="grid gap-x-8 gap-y-2.5 sm:grid-cols-2">
      {progress.map((part) => (
        <li key={part.what} className="text-sm">
          <div className="mb-1 flex justify-between gap-3">
            <bdi className="truncate">{part.what}</bdi>
            <span className="whitespace-nowrap text-muted tabular-nums">{amount(part)}</span>
          </div>
          <ProgressBar label={part.what} value={part.done ? 1 : part.count} total={part.done ? 1 : part.total} />
        </li>
      ))}
    </ul>
  );
}
