import type { Gap } from '../../lib/inventory/gap.ts';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icons/interface-icons.tsx';
import { Prose } from './prose.tsx';

/** `cluster.json, line 12, column 4` where a gap comes from a file. */
function placeInFile(gap: Gap): string | undefined {
  if (gap.file === undefined) return undefined;
  const parts = [gap.file];
  if (gap.line !== undefined) parts.push(`line ${gap.line}`);
  if (gap.column !== undefined) parts.push(`column ${gap.column}`);
  if (gap.line === undefined && gap.offset !== undefined) parts.push(`byte ${gap.offset}`);
  if (gap.pointer !== undefined) parts.push(gap.pointer);
  return parts.join(', ');
}

function GapItem({ gap }: { gap: Gap }) {
  const place = placeInFile(gap);
  return (
    <li className="flex gap-3 border-line border-t py-3 first:border-t-0 first:pt-0">
      <Icon name="warning" className="mt-0.5 text-medium" />
      <div className="min-w-0 flex-1 space-y-1 break-words">
        <p className="font-medium">
          <bdi>{gap.what}</bdi>
          {gap.where !== undefined && (
            <span className="font-normal text-muted">
              {' in '}
              <bdi className="font-mono text-[0.8125rem]">{gap.where}</bdi>
            </span>
          )}
        </p>
        <p className="text-muted">
          <Prose>{gap.why}</Prose>
        </p>
        <p className="flex items-start gap-1">
          <span>
            <span className="font-medium">What to do: </span>
            <Prose>{gap.remedy}</Prose>
          </span>
          <CopyButton
            text={gap.command ?? gap.remedy}
            label={gap.command === undefined ? 'Copy remedy' : 'Copy command'}
            className="-my-0.5"
          />
        </p>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
          {gap.permission !== undefined && (
            <span className="min-w-0">
              Missing permission: <code className="break-all font-mono text-text">{gap.permission}</code>
              <CopyButton text={gap.permission} label="Copy permission" className="-my-1.5 align-middle" />
            </span>
          )}
          {place !== undefined && <bdi className="break-all font-mono">{place}</bdi>}
          <span>Source: {gap.source}</span>
        </p>
      </div>
    </li>
  );
}

/** What could not be read: what, where, why, what to do, and the permission that is missing. At most `limit` of them. */
export function GapList({ gaps, limit = 200 }: { gaps: readonly Gap[]; limit?: number }) {
  const shown = gaps.slice(0, limit);
  return (
    <>
      <ul aria-label="Gaps" className="text-sm">
        {shown.map((gap) => (
          <GapItem key={gap.id} gap={gap} />
        ))}
      </ul>
      {shown.length < gaps.length && (
        <p className="border-line border-t pt-2 text-muted text-xs">{gaps.length - shown.length} more are not shown.</p>
      )}
    </>
  );
}
