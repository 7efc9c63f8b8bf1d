import type { IdentityDetail } from '../../lib/api/identities-contract.ts';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { Prose } from '../ui/prose.tsx';

/** What a reader has to know first about an identity. */
export function IdentityWarnings({ warnings }: { warnings: IdentityDetail['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Warnings" className="space-y-2">
      {warnings.map(({ code, says }) => (
        <li key={`${code} ${says}`} className="flex gap-2 rounded-lg bg-high-soft px-3 py-2 text-xs leading-5">
          <Icon name="warning" size={15} className="mt-0.5 text-high" />
          <span className="min-w-0 break-words">
            <Prose>{says}</Prose> <span className="text-muted">({code})</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
