'use client';
import type { FindingRow } from '../../lib/api/findings-contract.ts';
import { EvidenceList } from '../details/evidence-list.tsx';
import { LinkButton } from '../ui/button.tsx';
import { FixBody, FixSays } from '../ui/fix-body.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { YamlPart } from './yaml-part.tsx';

/** One place where a finding holds: what proves it, how to mend it. */
export function FindingRowDetail({ row }: { readonly row: FindingRow }) {
  const { evidence, moreEvidence, fix, subject, identity } = row;
  return (
    <div className="grid gap-4 py-1 xl:grid-cols-2">
      <div className="min-w-0 space-y-2">
        <h3 className="font-semibold text-xs">Evidence</h3>
        <EvidenceList evidence={evidence} />
        {moreEvidence > 0 && <p className="text-muted text-xs">and {moreEvidence} more</p>}
        {subject.node && (
          <LinkButton prefetch={false} size="small" icon="explorer" href={explorerHref(subject.node.id)}>
            Open in the Explorer
          </LinkButton>
        )}
      </div>
      <div className="min-w-0 space-y-2">
        <h3 className="font-semibold text-xs">Fix</h3>
        <div className="text-sm">
          <FixBody fix={fix} />
        </div>
        {fix.patches?.map(({ says, type, text }, place) => {
          const file = `${identity}${place === 0 ? '' : `-${place + 1}`}`;
          return <YamlPart key={says} says={says} yaml={text} file={`${file}.${type === 'document' ? 'json' : 'yaml'}`} />;
        })}
        {fix.lacks !== undefined && (
          <p className="break-words text-muted text-xs">
            <FixSays says={fix.lacks} />
          </p>
        )}
        <p className="break-all text-faint text-xs">
          Identity <code className="font-mono">{identity}</code>
        </p>
      </div>
    </div>
  );
}
