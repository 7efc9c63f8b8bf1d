import type { EdgeDetail } from '../../lib/api/contract.ts';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { FixBody } from '../ui/fix-body.tsx';
import { Prose } from '../ui/prose.tsx';
import { sentenceCase } from '../ui/sentence-case.ts';
import { EvidenceList } from './evidence-list.tsx';

/** What an edge is: the attacker's move, what it hangs on, what proves it, how to close it. */
export function EdgeBody({ edge }: { edge: EdgeDetail }) {
  return (
    <div className="space-y-3 text-sm">
      <p className="leading-snug">
        <Prose>{sentenceCase(edge.action)}</Prose>
      </p>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <CertaintyBadge certainty={edge.certainty} />
        {edge.hangsOn !== undefined && (
          <span className="text-xs text-muted">
            <Prose>{edge.hangsOn}</Prose>
          </span>
        )}
      </div>
      <div>
        <h4 className="mb-1 text-xs font-semibold text-muted">Evidence</h4>
        {edge.evidence.length === 0 ? (
          <p className="text-xs text-muted">
            It holds by how Kubernetes works: <Prose>{edge.precondition}</Prose>
          </p>
        ) : (
          <EvidenceList evidence={edge.evidence} />
        )}
      </div>
      <div>
        <h4 className="mb-1 text-xs font-semibold text-muted">How to close it</h4>
        <FixBody fix={edge.fix} />
      </div>
    </div>
  );
}
