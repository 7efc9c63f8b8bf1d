'use client';
import { useEffect, useRef } from 'react';
import type { FindingAnswer } from '../../lib/api/findings-contract.ts';
import { Fold } from '../details/fold.tsx';
import { Prose } from '../ui/prose.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { countOf } from './finding-list.tsx';
import { FindingRows } from './finding-rows.tsx';
import { YamlPart } from './yaml-part.tsx';

const KINDS = { ValidatingAdmissionPolicy: 'a ValidatingAdmissionPolicy', ClusterPolicy: 'a Kyverno ClusterPolicy' } as const;

/** What would have stopped it: an admission policy to take away, or why there is none. */
function Prevention({ finding: { id, prevention } }: { readonly finding: FindingAnswer }) {
  if (prevention.kind === 'none' || prevention.yaml === undefined)
    return (
      <p className="text-muted text-sm">
        No admission policy: <Prose>{prevention.says}</Prose>.
      </p>
    );
  return <YamlPart says={`${KINDS[prevention.kind]} that ${prevention.says}`} yaml={prevention.yaml} file={`policy-${id}.yaml`} />;
}

function References({ references }: { readonly references: readonly string[] }) {
  return (
    <ul className="space-y-1 text-sm">
      {references.map((reference) => (
        <li key={reference}>
          <a href={reference} target="_blank" rel="noreferrer" className="break-all text-accent hover:underline">
            {reference}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface FindingDetailProps {
  readonly finding: FindingAnswer;
  readonly open: string | null;
  readonly onOpen: (identity: string | null) => void;
  /** The finding whose title takes the focus as soon as it is shown, and who hears that it has. */
  readonly wanted: string | undefined;
  readonly onFocused: () => void;
}

/** One finding: why it matters, where it holds, what would have stopped it. */
export function FindingDetail({ finding, open, onOpen, wanted, onFocused }: FindingDetailProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted !== finding.id) return;
    title.current?.focus();
    onFocused();
  }, [wanted, finding.id, onFocused]);
  return (
    <article aria-labelledby="finding-title" className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface">
      <header className="px-4 pt-3 pb-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SeverityBadge severity={finding.severity} />
          <span className="text-muted text-xs">{countOf(finding)}</span>
        </div>
        <h2 ref={title} id="finding-title" tabIndex={-1} className="mt-1.5 break-words rounded-sm font-semibold text-base">
          {finding.title}
        </h2>
        <p className="mt-2 max-w-prose break-words text-sm">
          <Prose>{finding.why}</Prose>
        </p>
        <p className="mt-2 max-w-prose break-words text-sm">
          <span className="font-medium">What to do: </span>
          <Prose>{finding.remediation}</Prose>
        </p>
        {finding.misses !== undefined && (
          <p className="mt-2 max-w-prose break-words text-muted text-xs">
            <span className="font-medium">Not seen: </span>
            <Prose>{finding.misses}</Prose>.
          </p>
        )}
      </header>
      <div className="border-line border-t">
        <FindingRows finding={finding} open={open} onOpen={onOpen} />
      </div>
      <Fold title="What would have stopped it">
        <Prevention finding={finding} />
      </Fold>
      <Fold title="References" count={finding.references.length}>
        <References references={finding.references} />
      </Fold>
    </article>
  );
}
