'use client';
import type { FindingRow } from '../../lib/api/findings-contract.ts';
import { EvidenceList } from '../details/evidence-list.tsx';
import { LinkButton } from '../ui/button.tsx';
import { Command } from '../ui/command.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { Prose } from '../ui/prose.tsx';
import { YamlPart } from './yaml-part.tsx';

/** One place where a finding holds: what proves it, how to mend it. */
export function FindingRowDetail({ row }: { readonly row: FindingRow }) {
  const { evidence, moreEvidence, fix, subject, identity } = row;
  const { patch } = fix;
  const patched =
    patch && `${patch.target.kind} ${patch.target.namespace === undefined ? '' : `${patch.target.namespace}/`}${patch.target.name}`;
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
        <p className="break-words text-sm first-letter:uppercase">
          <Prose>{fix.says}</Prose>
        </p>
        {fix.command !== undefined && <Command text={fix.command} />}
        {patch && <YamlPart says={`The same as a ${patch.type} patch of ${patched}`} yaml={patch.yaml} file={`${identity}.yaml`} />}
        <p className="break-all text-faint text-xs">
          Identity <code className="font-mono">{identity}</code>
        </p>
      </div>
    </div>
  );
}
