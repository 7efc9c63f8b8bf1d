import type { Evidence } from '../../lib/api/contract.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Prose } from '../ui/prose.tsx';

/** What proves an edge: the object, the place in it, and what it says. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <ul aria-label="Evidence" className="space-y-1.5">
      {evidence.map((one, index) => {
        const object = `${one.kind} ${one.namespace === undefined ? '' : `${one.namespace}/`}${one.name}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no id, and the list never changes in place
          <li key={`${object} ${one.pointer} ${index}`} className="rounded-md border border-line bg-sunken py-1.5 pl-2.5 pr-1 text-xs">
            <div className="flex items-start gap-1">
              <p className="min-w-0 flex-1 break-all font-mono">
                <bdi>{object}</bdi> <bdi className="text-muted">{one.pointer}</bdi>
              </p>
              <CopyButton text={`${object} ${one.pointer}`} label={`Copy ${object}`} />
            </div>
            <p className="mt-0.5 break-words pr-2">
              <Prose>{one.says}</Prose>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
