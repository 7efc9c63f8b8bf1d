import type { EdgeDetail, Fix } from '../../lib/api/contract.ts';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { Command } from '../ui/command.tsx';
import { EvidenceList } from './evidence-list.tsx';

/** What an edge is: the attacker's move, what it hangs on, what proves it, how to close it. */
export function EdgeBody({ edge }: { edge: EdgeDetail }) {
  return (
    <div className="space-y-3 text-sm">
      <p className="leading-snug">
        <bdi>{edge.action}</bdi>
      </p>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <CertaintyBadge certainty={edge.certainty} />
        {edge.hangsOn !== undefined && (
          <span className="text-xs text-muted">
            <bdi>{edge.hangsOn}</bdi>
          </span>
        )}
      </div>
      <div>
        <h4 className="mb-1 text-xs font-semibold text-muted">Evidence</h4>
        {edge.evidence.length === 0 ? (
          <p className="text-xs text-muted">
            It holds by how Kubernetes works: <bdi>{edge.precondition}</bdi>
          </p>
        ) : (
          <EvidenceList evidence={edge.evidence} />
        )}
      </div>
      <FixBlock fix={edge.fix} />
    </div>
  );
}

function FixBlock({ fix }: { fix: Fix }) {
  return (
    <div>
      <h4 className="mb-1 text-xs font-semibold text-muted">How to close it</h4>
      <p className="mb-1.5">
        <bdi>{fix.says}</bdi>
      </p>
      {fix.command !== undefined && <Command text={fix.command} />}
      {fix.sideEffect !== undefined && (
        <p className="mt-1.5 text-xs text-muted">
          <span className="font-medium text-medium">Side effect:</span> <bdi>{fix.sideEffect}</bdi>
        </p>
      )}
    </div>
  );
}
