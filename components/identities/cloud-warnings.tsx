import type { CloudWarning } from '../../lib/api/identities-contract.ts';
import { EvidenceList } from '../details/evidence-list.tsx';
import { Prose } from '../ui/prose.tsx';
import { PROVIDER_WORDS } from './link-states.ts';

const SHOWN = 50;

/** What widens who gets in, about whole clouds: folded, as the matrix is what people come for. */
export function CloudWarnings({ warnings }: { warnings: readonly CloudWarning[] }) {
  return (
    <details className="mb-3 rounded-lg border border-line bg-medium-soft px-3 py-2 text-sm">
      <summary className="min-h-6 cursor-pointer font-semibold text-medium">
        {warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`} about how the clouds are set up
      </summary>
      <ul className="mt-2 space-y-3">
        {warnings.slice(0, SHOWN).map((warning, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: warnings have no id, and the list never changes in place
          <li key={`${warning.code} ${index}`} className="text-xs">
            <p className="mb-1">
              <span className="font-medium">{PROVIDER_WORDS[warning.provider]}:</span> <Prose>{warning.says}</Prose>
            </p>
            {warning.evidence.length > 0 && <EvidenceList evidence={warning.evidence} />}
          </li>
        ))}
      </ul>
      {warnings.length > SHOWN && <p className="mt-2 text-muted text-xs">The first {SHOWN} are listed.</p>}
    </details>
  );
}
