import type { NodeDetail } from '../../lib/api/contract.ts';
import { Badge } from '../ui/badge.tsx';

/** Statements of the policies of an AWS role, as they stand. */
export function StatementsTable({ statements }: { statements: NodeDetail['statements'] }) {
  return (
    <ul aria-label="AWS statements" className="space-y-2">
      {statements.map((statement, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a policy may hold the same statement twice, and the list never changes in place
        <li key={`${statement.policy} ${index}`} className="rounded-lg border border-line px-3 py-2 text-xs">
          <p className="flex items-center gap-2">
            <Badge tone={statement.effect === 'Deny' ? 'good' : 'neutral'}>{statement.effect}</Badge>
            <bdi className="min-w-0 truncate font-mono" title={statement.policy}>
              {statement.policy}
            </bdi>
            {statement.sid !== undefined && <bdi className="truncate text-muted">{statement.sid}</bdi>}
          </p>
          <Lines label="Actions" lines={statement.actions} />
          <Lines label="Resources" lines={statement.resources} />
          <Lines label="Conditions" lines={statement.conditions} />
        </li>
      ))}
    </ul>
  );
}

const SHOWN = 12;

function Lines({ label, lines }: { label: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="mt-1.5">
      <p className="text-muted">{label}</p>
      <ul className="font-mono leading-5">
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line} className={`break-all ${line === '*' ? 'font-semibold text-critical' : ''}`}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
      {lines.length > SHOWN && (
        <details>
          <summary className="min-h-6 cursor-pointer text-muted">{lines.length - SHOWN} more</summary>
          <p className="break-all font-mono leading-5">{lines.slice(SHOWN).join(', ')}</p>
        </details>
      )}
    </div>
  );
}
